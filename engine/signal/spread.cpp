#include "engine/signal/spread.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "engine/signal/location.hpp"
#include "engine/signal/order.hpp"

namespace fmx::engine::signal {

double deviation(std::span<const double> values) {
  const double centre = mean(values);
  double squares[2] = {0, 0};
  for (std::size_t i = 0; i < values.size(); ++i) {
    squares[i % 2] += (values[i] - centre) * (values[i] - centre);
  }
  return std::sqrt((squares[0] + squares[1]) / static_cast<double>(values.size() - 1));
}

std::vector<double> differences(std::span<const double> values) {
  std::vector<double> result(values.empty() ? 0 : values.size() - 1);
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = values[i + 1] - values[i];
  return result;
}

double noise(std::span<const double> values) {
  std::vector<double> steps = differences(values);
  return median_deviation(steps) / std::numbers::sqrt2;
}

Number variation(std::span<const double> values) {
  const double centre = median_of(values);
  if (centre == 0) return Unknown::undefined;
  return noise(values) / std::abs(centre);
}

double roughness(std::span<const double> values) {
  std::size_t turns = 0;
  bool rose = false, moved = false;
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i] == values[i - 1]) continue;
    const bool rises = values[i] > values[i - 1];
    turns += (moved && rises != rose) ? 1 : 0;
    rose = rises;
    moved = true;
  }
  return static_cast<double>(turns) / static_cast<double>(values.size() - 2);
}

double distinct(std::span<const double> values) {
  const auto order = ascending(values);
  std::size_t count = values.empty() ? 0 : 1;
  for (std::size_t i = 1; i < order.size(); ++i) {
    count += values[order[i]] != values[order[i - 1]] ? 1 : 0;
  }
  return static_cast<double>(count);
}

double longest_repeat(std::span<const double> values) {
  std::size_t longest = 1, run = 1;
  for (std::size_t i = 1; i < values.size(); ++i) {
    run = values[i] == values[i - 1] ? run + 1 : 1;
    longest = std::max(longest, run);
  }
  return static_cast<double>(longest) / static_cast<double>(values.size());
}

}  // namespace fmx::engine::signal
