#include "engine/signal/counter.hpp"

#include <cstddef>

#include "engine/signal/location.hpp"
#include "engine/signal/trend.hpp"

namespace fmx::engine::signal {
namespace {

double rise(double before, double after) { return after < before ? after : after - before; }

}  // namespace

double increase(std::span<const double> values) {
  double sum = 0;
  for (std::size_t i = 1; i < values.size(); ++i) sum += rise(values[i - 1], values[i]);
  return sum;
}

double last_rate(Window x) {
  const std::size_t n = x.size();
  return rise(x.values[n - 2], x.values[n - 1]) / (x.steps[n - 1] - x.steps[n - 2]);
}

double predict_linear(Window x, double ahead) {
  return mean(x.values) + least_squares(x) * (x.steps.back() + ahead - mean(x.steps));
}

Number holt(std::span<const double> values, double a, double b) {
  if (!(a > 0 && a < 1 && b > 0 && b < 1)) return Unknown::undefined;
  double level = values[0], trend = values[1] - values[0];
  for (std::size_t i = 1; i < values.size(); ++i) {
    const double next = a * values[i] + (1 - a) * (level + trend);
    if (i > 1) trend = b * (next - level) + (1 - b) * trend;
    level = next;
  }
  return level;
}

double changes(std::span<const double> values) {
  double count = 0;
  for (std::size_t i = 1; i < values.size(); ++i) count += values[i] != values[i - 1] ? 1 : 0;
  return count;
}

double resets(std::span<const double> values) {
  double count = 0;
  for (std::size_t i = 1; i < values.size(); ++i) count += values[i] < values[i - 1] ? 1 : 0;
  return count;
}

double population_variance(std::span<const double> values) {
  const double centre = mean(values);
  double sum = 0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return sum / static_cast<double>(values.size());
}

}  // namespace fmx::engine::signal
