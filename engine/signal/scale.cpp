#include "engine/signal/scale.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "engine/signal/order.hpp"
#include "engine/signal/samples.hpp"
#include "engine/signal/spread.hpp"

namespace fmx::engine::signal {

double robust_scale(std::span<const double> deviations, std::span<const double> values) {
  std::vector<double> sizes(deviations.size());
  double sum = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) sum += sizes[i] = std::abs(deviations[i]);
  const double least = resolution(values);
  const double scale = 1.4826 * median(sizes);
  if (scale > least) return scale;
  const double by_mean = 1.2533 * sum / static_cast<double>(sizes.size());
  return std::max({by_mean, rounding_step(values) / 2, least});
}

double scatter(std::span<const double> values) {
  std::vector<double> steps = differences(values);
  const double middle = median_of(steps);
  for (double& step : steps) step = (step - middle) / std::numbers::sqrt2;
  return robust_scale(steps, values);
}

double rounding_step(std::span<const double> values) {
  const auto order = ascending(values);
  const double least = resolution(values);
  double smallest = 0, second = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const double gap = values[order[i]] - values[order[i - 1]];
    if (gap <= least) continue;
    if (smallest == 0 || gap < smallest) {
      second = smallest;
      smallest = gap;
    } else if (second == 0 || gap < second) {
      second = gap;
    }
  }
  return second > 0 && second < 1.01 * smallest ? smallest : 0;  // single precision blurs a gap
}

}  // namespace fmx::engine::signal
