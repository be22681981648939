#include "engine/signal/relate.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "engine/signal/location.hpp"
#include "engine/signal/order.hpp"
#include "engine/signal/periodic.hpp"
#include "engine/signal/samples.hpp"
#include "engine/signal/trend.hpp"

namespace fmx::engine::signal {
namespace {

constexpr std::size_t most_for_lags = 1024;

/// Values less their least-squares line over steps. Empty where nothing but rounding is left.
std::vector<double> less_line(Window x) {
  const double slope = least_squares(x), middle = mean(x.steps), level = mean(x.values);
  std::vector<double> rest(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    rest[i] = (x.values[i] - level) - slope * (x.steps[i] - middle);
  }
  if (magnitude(rest) <= 4 * resolution(x.values)) rest.clear();
  return rest;
}

}  // namespace

Number spearman(std::span<const double> x, std::span<const double> y) {
  std::vector<double> a = ranks(x), b = ranks(y);
  const double middle = static_cast<double>(x.size() + 1) / 2;
  double both = 0, square_a = 0, square_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    both += (a[i] - middle) * (b[i] - middle);
    square_a += (a[i] - middle) * (a[i] - middle);
    square_b += (b[i] - middle) * (b[i] - middle);
  }
  if (square_a == 0 || square_b == 0) return Unknown::undefined;
  return std::clamp(both / std::sqrt(square_a) / std::sqrt(square_b), -1.0, 1.0);
}

Number lag(const Aligned& both) {
  const Column x = condense({both.steps, both.x}, most_for_lags);
  const Column y = condense({both.steps, both.y}, most_for_lags);
  const std::vector<double> a = less_line(x.window()), b = less_line(y.window());
  if (a.empty() || b.empty()) return Unknown::undefined;

  const auto furthest = static_cast<std::ptrdiff_t>(a.size() / 4);
  std::ptrdiff_t best = 0;
  double strongest = std::abs(correlation_at(a, b, 0));
  for (std::ptrdiff_t k = 1; k <= furthest; ++k) {
    for (const std::ptrdiff_t shift : {k, -k}) {
      const double strength = std::abs(correlation_at(a, b, shift));
      if (strength <= strongest * (1 + 1e-12))
        continue;  // rounding does not make a longer shift better
      strongest = strength;
      best = shift;
    }
  }
  const double spacing =
      (x.steps.back() - x.steps.front()) / static_cast<double>(x.steps.size() - 1);
  return static_cast<double>(best) * spacing;
}

}  // namespace fmx::engine::signal
