#include "engine/signal/change_point.hpp"

#include <cmath>

#include "engine/signal/location.hpp"
#include "engine/signal/samples.hpp"
#include "engine/signal/scale.hpp"

namespace fmx::engine::signal {
namespace {

constexpr std::size_t shortest_piece = 3;

}  // namespace

std::optional<LevelShift> level_shift(std::span<const double> values) {
  const std::size_t n = values.size();
  const double centre = mean(values);
  double sum = 0, best = 0;
  std::optional<LevelShift> found;
  for (std::size_t k = 1; k + shortest_piece <= n; ++k) {
    sum += values[k - 1] - centre;
    if (k < shortest_piece) continue;
    const double before = sum / static_cast<double>(k);  // means, less the overall one
    const double after = -sum / static_cast<double>(n - k);
    const double gain = -before * after;
    if (gain <= best) continue;
    best = gain;
    found = LevelShift{k, after - before};
  }
  if (found && std::abs(found->height) <= resolution(values)) return std::nullopt;
  return found;
}

double shift(std::span<const double> values) {
  const auto found = level_shift(values);
  if (!found) return 0;
  return std::abs(found->height) / scatter(values);
}

}  // namespace fmx::engine::signal
