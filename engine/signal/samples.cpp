#include "engine/signal/samples.hpp"

#include <algorithm>
#include <cmath>

namespace fmx::engine::signal {
namespace {

constexpr int most_exponent = 480;    // squares of a million such values add up to less than 2^1024
constexpr int least_exponent = -400;  // squares of their rounding errors are still normal numbers

}  // namespace

std::size_t count_finite(std::span<const double> values) {
  std::size_t count = 0;
  for (const double value : values) count += std::isfinite(value) ? 1 : 0;
  return count;
}

double magnitude(std::span<const double> values) {
  double a = 0, b = 0;  // two chains, so that one comparison need not wait for the other
  std::size_t i = 0;
  for (; i + 1 < values.size(); i += 2) {
    a = std::max(a, std::abs(values[i]));
    b = std::max(b, std::abs(values[i + 1]));
  }
  if (i < values.size()) a = std::max(a, std::abs(values[i]));
  return std::max(a, b);
}

double resolution(std::span<const double> values) { return std::ldexp(magnitude(values), -50); }

Samples::Samples(Window window) : steps_(window.steps), values_(window.values) {
  const std::size_t finite = count_finite(values_);
  if (finite != values_.size()) {
    own_steps_.reserve(finite);
    own_values_.reserve(finite);
    for (std::size_t i = 0; i < window.size(); ++i) {
      if (!std::isfinite(window.values[i])) continue;
      own_steps_.push_back(window.steps[i]);
      own_values_.push_back(window.values[i]);
    }
    steps_ = own_steps_;
    values_ = own_values_;
  }

  int exponent = 0;
  const double most = magnitude(values_);
  if (most > 0) std::frexp(most, &exponent);
  if (exponent <= most_exponent && exponent >= least_exponent) return;
  unit_ = std::ldexp(1.0, std::clamp(exponent, -1020, 1020));  // both it and its inverse are normal
  if (own_values_.empty()) own_values_.assign(values_.begin(), values_.end());
  for (double& value : own_values_) value /= unit_;
  values_ = own_values_;
}

}  // namespace fmx::engine::signal
