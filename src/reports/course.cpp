#include "src/reports/course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "src/reports/figure.hpp"

namespace fmx::reports {
namespace {

using Kind = Expression::Kind;

constexpr double barely = 0.05;  // of a series' range: less is no movement

/// The median of the (up to) five finite samples that end at `step`, or of all before it where
/// fewer.
double level_at(const engine::Series& series, double step) {
  std::vector<double> near;
  auto at =
      static_cast<std::size_t>(std::ranges::upper_bound(series.steps, step) - series.steps.begin());
  while (at > 0 && near.size() < 5) {
    --at;
    if (std::isfinite(series.values[at])) near.push_back(series.values[at]);
  }
  if (near.empty()) return std::nan("");
  std::ranges::nth_element(near, near.begin() + static_cast<std::ptrdiff_t>(near.size() / 2));
  return near[near.size() / 2];
}

/// Functions that are higher where what they are of is higher.
bool keeps_way(Function function) {
  switch (function) {
    case Function::last:
    case Function::final:
    case Function::first:
    case Function::initial:
    case Function::min:
    case Function::max:
    case Function::mean:
    case Function::median:
    case Function::quantile:
    case Function::sum:
    case Function::slope:
    case Function::linear_slope:
    case Function::change:
    case Function::relative_change:
    case Function::smooth:
    case Function::smooth_median:
    case Function::finite_only:
    case Function::positive_only:
    case Function::max_of:
    case Function::min_of:
    case Function::log:
    case Function::log10:
    case Function::exp:
    case Function::sqrt: return true;
    default: return false;
  }
}

/// Whether it is of where the series began or of its best: what a course is held against.
bool is_reference(const Expression& e) {
  if (e.kind == Kind::windowed) return e.window && e.window->kind == Window::Kind::first;
  if (e.kind != Kind::call || e.operands.empty()) return false;
  switch (e.function) {
    case Function::first:
    case Function::initial:
    case Function::min:
    case Function::max: return true;
    default: return is_reference(e.operands.front());
  }
}

/// Which way a higher value of `e` wants the series to have gone.
int way_of(const Expression& e) {
  if (e.kind == Kind::metric) return 1;
  if (e.operands.empty()) return 0;
  if (e.kind == Kind::windowed) return way_of(e.operands.front());
  if (e.kind == Kind::call) return keeps_way(e.function) ? way_of(e.operands.front()) : 0;
  if (e.kind != Kind::operation) return 0;
  const int first = way_of(e.operands.front());
  if (e.operands.size() < 2) return e.op == Operator::negate ? -first : 0;
  const int second = way_of(e.operands[1]);
  switch (e.op) {
    case Operator::add:
    case Operator::multiply:
    case Operator::otherwise: return first != 0 ? first : second;
    case Operator::subtract:
    case Operator::divide:
      return first == 0 ||
                     (second != 0 && is_reference(e.operands[0]) && !is_reference(e.operands[1]))
                 ? -second
                 : first;
    default: return 0;
  }
}

}  // namespace

int wanted_way(const Expression& comparison) {
  if (comparison.operands.size() < 2) return 0;
  const int way = way_of(comparison.operands.front());
  if (comparison.kind == Kind::above) return way;
  if (comparison.kind == Kind::below) return -way;
  if (comparison.kind != Kind::operation) return 0;
  const int of_both = way != 0 ? way : -way_of(comparison.operands[1]);
  switch (comparison.op) {
    case Operator::greater:
    case Operator::greater_equal: return of_both;
    case Operator::less:
    case Operator::less_equal: return -of_both;
    default: return 0;
  }
}

std::string course(const Case& facts, const engine::Series& series, double began, int way) {
  if (series.steps.empty() || began >= series.steps.back() || began < series.steps.front())
    return "";
  const std::string& step_name = facts.run.step_name;
  const double end = series.steps.back();
  if (!std::isfinite(series.values.back())) {
    return fmt::format("{} is {} at its end, {} {}", series.name, figure(series.values.back()),
                       step_name, position(end));
  }
  const double from = level_at(series, began), to = level_at(series, end);
  double lowest = from, highest = from;
  for (const double value : series.values) {
    if (!std::isfinite(value)) continue;
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
  }
  if (std::isnan(from) || std::abs(to - from) <= barely * (highest - lowest)) return "";
  if ((to > from ? 1 : -1) != way) return "";
  return fmt::format("{} {} from {} to {} between {} {} and {}", series.name,
                     to > from ? "rose" : "fell", figure(from), figure(to), step_name,
                     position(began), position(end));
}

}  // namespace fmx::reports
