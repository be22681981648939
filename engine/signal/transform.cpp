#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "engine/signal/samples.hpp"
#include "engine/signal/signal.hpp"
#include "engine/signal/smooth.hpp"

namespace fmx::engine {
namespace {

using signal::Samples;

std::vector<double> copy(std::span<const double> column) { return {column.begin(), column.end()}; }

/// `values` at the steps of `x`, back in the units that x was logged in.
Column in_units(const Samples& x, std::vector<double> values) {
  if (x.unit() != 1) {
    for (double& value : values) value *= x.unit();
  }
  return {copy(x.steps()), std::move(values)};
}

template <class Operation>
Column each(Window x, Operation operation) {
  Column result{copy(x.steps), copy(x.values)};
  for (double& value : result.values) value = operation(value);
  return result;
}

template <class Predicate>
Column only(Window x, Predicate keeps) {
  Column kept;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!keeps(x.values[i])) continue;
    kept.steps.push_back(x.steps[i]);
    kept.values.push_back(x.values[i]);
  }
  return kept;
}

bool is_finite(double value) { return std::isfinite(value); }

Column diff(Window x) {
  Column finite = only(x, is_finite);
  if (finite.steps.empty()) return finite;
  for (std::size_t i = finite.values.size(); i-- > 1;) finite.values[i] -= finite.values[i - 1];
  finite.steps.erase(finite.steps.begin());
  finite.values.erase(finite.values.begin());
  return finite;
}

template <class Better>
Column best_so_far(Window x, Better better) {
  Column best = only(x, is_finite);
  for (std::size_t i = 1; i < best.values.size(); ++i) {
    if (!better(best.values[i], best.values[i - 1])) best.values[i] = best.values[i - 1];
  }
  return best;
}

/// NaN where one of the two is, unlike std::min.
double lower(double a, double b) { return std::isnan(a) || a < b ? a : b; }
double higher(double a, double b) { return std::isnan(a) || a > b ? a : b; }

template <class Operation>
Column each_pair(Window x, Window y, Operation operation) {
  Aligned both = align(x, y);
  for (std::size_t i = 0; i < both.x.size(); ++i) both.x[i] = operation(both.x[i], both.y[i]);
  return {std::move(both.steps), std::move(both.x)};
}

/// x as it last stood, finite, at each event; an event before the first such sample has no value.
Column values_at(Window x, Window events) {
  Column found;
  std::size_t next = 0;
  double standing = std::numeric_limits<double>::quiet_NaN();
  for (const double step : events.steps) {
    for (; next < x.size() && x.steps[next] <= step; ++next) {
      if (std::isfinite(x.values[next])) standing = x.values[next];
    }
    if (std::isnan(standing)) continue;
    found.steps.push_back(step);
    found.values.push_back(standing);
  }
  return found;
}

}  // namespace

Column transform(Function function, Window x, double argument) {
  switch (function) {
    case Function::smooth: {
      const Samples samples(x);
      const std::size_t half = signal::half_width(samples.size(), argument);
      return in_units(samples, signal::running_mean(samples.values(), half));
    }
    case Function::smooth_median: {
      const Samples samples(x);
      const std::size_t half = signal::half_width(samples.size(), argument);
      return in_units(samples, signal::running_median(samples.values(), half, signal::Ends::cut));
    }
    case Function::diff: return diff(x);
    case Function::running_min: return best_so_far(x, [](double a, double b) { return a < b; });
    case Function::running_max: return best_so_far(x, [](double a, double b) { return a > b; });
    case Function::finite_only: return only(x, is_finite);
    case Function::positive_only: return only(x, [](double value) { return value > 0; });
    case Function::abs: return each(x, [](double value) { return std::abs(value); });
    case Function::log: return each(x, [](double value) { return std::log(value); });
    case Function::log10: return each(x, [](double value) { return std::log10(value); });
    case Function::exp: return each(x, [](double value) { return std::exp(value); });
    case Function::sqrt: return each(x, [](double value) { return std::sqrt(value); });
    case Function::min_of: return each(x, [=](double value) { return lower(value, argument); });
    case Function::max_of: return each(x, [=](double value) { return higher(value, argument); });
    default: break;
  }
  assert(false && "the function makes no series of one: its signature says so");
  return {};
}

Column transform(Function function, Window x, Window y) {
  if (function == Function::values_at) return values_at(x, y);
  if (function == Function::min_of) return each_pair(x, y, lower);
  assert(function == Function::max_of && "no other function makes a series of two");
  return each_pair(x, y, higher);
}

}  // namespace fmx::engine
