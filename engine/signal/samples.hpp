#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/signal/signal.hpp"

namespace fmx::engine::signal {

/// The finite samples of a window, of a magnitude whose squares and sums can be computed.
///
/// Looks at the window where all its samples are finite, and copies them only where some are not.
/// Values beyond 2^480 or all below 2^-400 are divided by a power of two, `unit`, which loses
/// nothing: every function of the language is homogeneous in the values, so that what it gives in
/// units of x is multiplied by `unit` again.
class Samples {
 public:
  explicit Samples(Window window);
  Samples(const Samples&) = delete;
  Samples& operator=(const Samples&) = delete;

  std::span<const double> steps() const { return steps_; }
  std::span<const double> values() const { return values_; }
  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }
  double unit() const { return unit_; }

 private:
  std::span<const double> steps_, values_;
  std::vector<double> own_steps_, own_values_;
  double unit_ = 1;
};

/// Number of samples that are neither NaN nor infinite.
std::size_t count_finite(std::span<const double> values);

/// Largest |value|; 0 of none. Pre: all finite.
double magnitude(std::span<const double> values);

/// The least difference that means anything beside numbers as large as these: 2^-50 of their
/// magnitude. Scatter below it is rounding.
double resolution(std::span<const double> values);

}  // namespace fmx::engine::signal
