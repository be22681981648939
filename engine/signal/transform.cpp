#include <cassert>
#include <cmath>
#include <cstddef>
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

/// From 0 at the first step to 1 at the last; of one sample 0.
std::vector<double> progress(std::span<const double> steps) {
  std::vector<double> shares = copy(steps);
  const double first = steps.front(), length = steps.back() - first;
  for (double& share : shares) share = length > 0 ? (share - first) / length : 0;
  return shares;
}

}  // namespace

Column transform(Function function, Window x, double argument) {
  switch (function) {
    case Function::timestamp: return {copy(x.steps), copy(x.steps)};
    case Function::progress: return {copy(x.steps), progress(x.steps)};
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
    case Function::positive_only:
      return only(x, [](double value) { return value > 0 && std::isfinite(value); });
    default: break;
  }
  assert(false && "the function smooths, accumulates or subtracts nothing: its signature says so");
  return {};
}

}  // namespace fmx::engine
