#include "engine/signal/location.hpp"

#include <algorithm>
#include <cstddef>

namespace fmx::engine::signal {
namespace {

/// One sample in `every`, rounded up; at least 3; at most half, so that head and tail never
/// overlap.
std::size_t part(std::size_t n, std::size_t every) {
  const std::size_t wanted = std::max<std::size_t>(3, (n + every - 1) / every);
  return std::max<std::size_t>(1, std::min(wanted, n / 2));
}

/// sum(value - offset), in four chains that need not wait for one another.
double sum_above(std::span<const double> values, double offset) {
  double sums[4] = {0, 0, 0, 0};
  std::size_t i = 0;
  for (; i + 4 <= values.size(); i += 4) {
    for (std::size_t k = 0; k < 4; ++k) sums[k] += values[i + k] - offset;
  }
  for (; i < values.size(); ++i) sums[0] += values[i] - offset;
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace

double sum(std::span<const double> values) { return sum_above(values, 0); }

double mean(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double rough = sum(values) / n;
  return rough +
         sum_above(values, rough) / n;  // the second pass takes out what the first rounded off
}

std::span<const double> head(std::span<const double> values) {
  return values.first(part(values.size(), 20));
}

std::span<const double> tail(std::span<const double> values) {
  return values.last(part(values.size(), 10));
}

}  // namespace fmx::engine::signal
