#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "engine/signal/signal.hpp"

// Made-up series for the tests of engine/signal.

namespace made_up {

using fmx::engine::Column;

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinite = std::numeric_limits<double>::infinity();
inline constexpr double pi = 3.14159265358979323846;

/// These values at steps 0, 1, 2, ...
inline Column series(std::vector<double> values) {
  Column made{{}, std::move(values)};
  for (std::size_t i = 0; i < made.values.size(); ++i) {
    made.steps.push_back(static_cast<double>(i));
  }
  return made;
}

/// shape(i) at steps 0 .. n - 1.
template <class Shape>
Column curve(std::size_t n, Shape shape) {
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = shape(static_cast<double>(i));
  return series(std::move(values));
}

/// The same numbers on every platform: a standard distribution is not, its engine is.
class Noise {
 public:
  explicit Noise(std::uint32_t seed) : engine_(seed) {}

  double uniform() { return (static_cast<double>(engine_()) + 0.5) / 4294967296.0; }
  /// Standard normal (Box & Muller 1958).
  double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * pi * uniform()); }
  std::size_t below(std::size_t n) { return engine_() % n; }

 private:
  std::mt19937 engine_;
};

inline Column white_noise(std::size_t n, std::uint32_t seed) {
  Noise noise(seed);
  return curve(n, [&](double) { return noise.normal(); });
}

/// A loss as they are: falls, flattens, scatters.
inline Column loss_curve(std::size_t n, std::uint32_t seed) {
  Noise noise(seed);
  return curve(n, [&](double i) {
    return (0.5 + 4 * std::exp(-i / (0.15 * static_cast<double>(n)))) * (1 + 0.03 * noise.normal());
  });
}

}  // namespace made_up
