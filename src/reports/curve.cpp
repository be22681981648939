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

/// The finite samples of each of `count` equal stretches of steps.
std::vector<std::vector<Point>> stretches(engine::Window series, std::size_t count) {
  std::vector<std::vector<Point>> split(count);
  const double first = series.steps.front();
  const double extent = series.steps.back() - first;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (!std::isfinite(series.values[i])) continue;
    const double share = extent > 0 ? (series.steps[i] - first) / extent : 0;
    const auto at =
        std::min(static_cast<std::size_t>(share * static_cast<double>(count)), count - 1);
    split[at].push_back({series.steps[i], series.values[i]});
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
  const std::vector<std::vector<Point>> split = stretches(series, count);

  std::optional<Point> before;
  thin.values.assign(count, nothing);
  thin.lowest = std::numeric_limits<double>::infinity();
  thin.highest = -thin.lowest;
  for (std::size_t i = 0; i < count; ++i) {
    if (split[i].empty()) continue;
    const auto next = std::find_if(split.begin() + static_cast<std::ptrdiff_t>(i) + 1, split.end(),
                                   [](const auto& points_of) { return !points_of.empty(); });
    const Point after = next == split.end() ? split[i].back() : mean(*next);
    const Point start = before.value_or(split[i].front());
    const Point kept = *std::ranges::max_element(
        split[i], {}, [&](const Point& p) { return area(start, p, after); });
    thin.values[i] = kept.value;
    before = kept;
    for (const Point& p : split[i]) {
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
