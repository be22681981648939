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

/// The samples of an equal share of a series' steps.
struct Stretch {
  std::size_t begin = 0, end = 0;
  std::optional<Point> mean;  ///< of those that are finite
};

template <class Take>
void each_finite(engine::Window series, const Stretch& stretch, const Take& take) {
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    if (std::isfinite(series.values[i])) take(Point{series.steps[i], series.values[i]});
  }
}

std::optional<Point> mean(engine::Window series, const Stretch& stretch) {
  Point sum;
  double n = 0;
  each_finite(series, stretch, [&](Point p) {
    sum.step += p.step;
    sum.value += p.value;
    ++n;
  });
  if (n == 0) return std::nullopt;
  return Point{sum.step / n, sum.value / n};
}

/// Pre: steps increase.
std::vector<Stretch> stretches(engine::Window series, std::size_t count) {
  std::vector<Stretch> split(count);
  const double first = series.steps.front();
  const double extent = series.steps.back() - first;
  const auto place = [&](double step) {
    const double share = extent > 0 ? (step - first) / extent : 0;
    return std::min(static_cast<std::size_t>(share * static_cast<double>(count)), count - 1);
  };
  std::size_t begin = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto end = std::partition_point(series.steps.begin(), series.steps.end(),
                                          [&](double step) { return place(step) <= i; });
    split[i] = {begin, static_cast<std::size_t>(end - series.steps.begin()), {}};
    split[i].mean = mean(series, split[i]);
    begin = split[i].end;
  }
  return split;
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
    const Stretch& stretch = split[i];
    if (!stretch.mean) {
      if (stretch.begin == stretch.end && i > 0)
        thin.values[i] = thin.values[i - 1];  // it stands as it was
      continue;
    }
    const auto next = std::find_if(split.begin() + static_cast<std::ptrdiff_t>(i) + 1, split.end(),
                                   [](const Stretch& s) { return s.mean.has_value(); });
    std::optional<Point> first, last, kept;
    each_finite(series, stretch, [&](Point p) {
      if (!first) first = p;
      last = p;
    });
    const Point after = next == split.end() ? *last : *next->mean;
    const Point start = before.value_or(*first);
    double largest = 0;
    each_finite(series, stretch, [&](Point p) {
      const double size = area(start, p, after);
      if (!kept || size > largest) {
        kept = p;
        largest = size;
      }
      thin.lowest = std::min(thin.lowest, p.value);
      thin.highest = std::max(thin.highest, p.value);
    });
    thin.values[i] = kept->value;
    before = kept;
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
