#include "engine/signal/trend.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "engine/signal/location.hpp"
#include "engine/signal/order.hpp"
#include "engine/signal/smooth.hpp"

namespace fmx::engine::signal {
namespace {

constexpr std::size_t most_for_pairs = 300;

/// At most 300 samples, evenly spaced by index, first and last among them.
Column for_pairs(Window x) {
  const std::size_t n = std::min(x.size(), most_for_pairs);
  Column subset{std::vector<double>(n), std::vector<double>(n)};
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t at = n < 2 ? 0 : i * (x.size() - 1) / (n - 1);
    subset.steps[i] = x.steps[at];
    subset.values[i] = x.values[at];
  }
  return subset;
}

}  // namespace

double theil_sen(Window x) {
  const Column subset = for_pairs(x);
  const std::size_t n = subset.steps.size();
  std::vector<double> slopes;
  slopes.reserve(n * (n - 1) / 2);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      slopes.push_back((subset.values[j] - subset.values[i]) / (subset.steps[j] - subset.steps[i]));
    }
  }
  return median(slopes);
}

double least_squares(Window x) {
  const double mean_step = mean(x.steps), mean_value = mean(x.values);
  double covariance = 0, variance = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double step = x.steps[i] - mean_step;
    covariance += step * (x.values[i] - mean_value);
    variance += step * step;
  }
  return covariance / variance;
}

double kendall(Window x) {
  const std::vector<double> values = for_pairs(x).values;
  long balance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      balance += (values[j] > values[i] ? 1 : 0) - (values[j] < values[i] ? 1 : 0);
    }
  }
  const auto n = static_cast<double>(values.size());
  return static_cast<double>(balance) / (n * (n - 1) / 2);
}

double change(std::span<const double> values) {
  return median_of(tail(values)) - median_of(head(values));
}

Number relative_change(std::span<const double> values) {
  const double before = median_of(head(values));
  if (before == 0) return Unknown::undefined;
  return (median_of(tail(values)) - before) / std::abs(before);
}

double plateau(Window x, double tolerance) {
  const auto [lowest, highest] = std::minmax_element(x.values.begin(), x.values.end());
  const double allowed = tolerance * (*highest - *lowest);
  const std::vector<double> smooth = running_mean(x.values, half_width(x.size(), 0.05));
  std::size_t begin = x.size() - 1;
  while (begin > 0 && std::abs(smooth[begin - 1] - smooth.back()) <= allowed) --begin;
  return (x.steps.back() - x.steps[begin]) / (x.steps.back() - x.steps.front());
}

}  // namespace fmx::engine::signal
