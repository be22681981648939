#include "src/reports/curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace fmx::reports {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double logarithmic_from = 100;  // highest / lowest

struct Point {
  double step = 0, value = 0;
};

/// An equal share of a series' steps.
struct Stretch {
  std::vector<Point> finite;
  bool logged = false;  ///< it holds a sample, finite or not
};

std::vector<Stretch> stretches(engine::Window series, std::size_t count) {
  std::vector<Stretch> split(count);
  const double first = series.steps.front();
  const double extent = series.steps.back() - first;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const double share = extent > 0 ? (series.steps[i] - first) / extent : 0;
    const auto at =
        std::min(static_cast<std::size_t>(share * static_cast<double>(count)), count - 1);
    split[at].logged = true;
    if (std::isfinite(series.values[i]))
      split[at].finite.push_back({series.steps[i], series.values[i]});
  }
  return split;
}

Point mean(const std::vector<Point>& points) {
  Point sum;
  for (const Point& p : points) {
    sum.step += p.step;
    sum.value += p.value;
  }
  const auto n = static_cast<double>(points.size());
  return {sum.step / n, sum.value / n};
}

/// Twice the area of the triangle a, b, c.
double area(Point a, Point b, Point c) {
  return std::abs((a.step - c.step) * (b.value - a.value) -
                  (a.step - b.step) * (c.value - a.value));
}

}  // namespace

Curve curve(engine::Window series, std::optional<double> began, std::size_t points) {
  Curve thin;
  if (series.empty() || points == 0) return thin;
  const std::size_t count = std::min(points, series.size());
  const std::vector<Stretch> split = stretches(series, count);

  std::optional<Point> before;
  thin.values.assign(count, nothing);
  thin.lowest = std::numeric_limits<double>::infinity();
  thin.highest = -thin.lowest;
  for (std::size_t i = 0; i < count; ++i) {
    if (split[i].finite.empty()) {
      if (!split[i].logged && i > 0) thin.values[i] = thin.values[i - 1];  // it stands as it was
      continue;
    }
    const auto next = std::find_if(split.begin() + static_cast<std::ptrdiff_t>(i) + 1, split.end(),
                                   [](const Stretch& s) { return !s.finite.empty(); });
    const Point after = next == split.end() ? split[i].finite.back() : mean(next->finite);
    const Point start = before.value_or(split[i].finite.front());
    const Point kept = *std::ranges::max_element(
        split[i].finite, {}, [&](const Point& p) { return area(start, p, after); });
    thin.values[i] = kept.value;
    before = kept;
    for (const Point& p : split[i].finite) {
      thin.lowest = std::min(thin.lowest, p.value);
      thin.highest = std::max(thin.highest, p.value);
    }
  }
  if (!before) return {};

  const double extent = series.steps.back() - series.steps.front();
  if (began && *began >= series.steps.front() && *began <= series.steps.back() && extent > 0) {
    const double share = (*began - series.steps.front()) / extent;
    thin.mark = std::min(static_cast<std::size_t>(share * static_cast<double>(count)), count - 1);
  }
  return thin;
}

std::string blocks(const Curve& curve) {
  constexpr std::array<std::string_view, 8> heights = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
  for (const double value : curve.values) {
    if (std::isnan(value)) continue;
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
  }
  const bool logarithmic = lowest > 0 && highest / lowest >= logarithmic_from;
  const auto scale = [&](double value) { return logarithmic ? std::log(value) : value; };
  const double bottom = scale(lowest);
  const double extent = scale(highest) - bottom;

  std::string drawn;
  for (const double value : curve.values) {
    if (std::isnan(value)) {
      drawn += "×";
      continue;
    }
    const double share = extent > 0 ? (scale(value) - bottom) / extent : 0.5;
    drawn += heights[static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * 7))];
  }
  return drawn;
}

}  // namespace fmx::reports
