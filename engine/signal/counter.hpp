#pragma once

#include <span>

#include "engine/signal/signal.hpp"

namespace fmx::engine::signal {

// What PromQL asks of counters and gauges, of the samples as they are: nothing is extrapolated to
// the ends of a window. Pre, for all of them: all finite; at least 2, unless it says otherwise.

/// By how much a counter went up: the sum of successive differences, where one that is negative
/// means that it began again from 0, and the value counts in its place.
double increase(std::span<const double> values);

/// The same of the last two samples, per step.
double last_rate(Window x);

/// The least-squares line `ahead` steps after the last sample.
double predict_linear(Window x, double ahead);

/// The level at the end by Holt's method (1957): level and trend begin as the first value and the
/// first difference; then
///
///   level' = a x[i] + (1 - a) (level + trend),   trend' = b (level' - level) + (1 - b) trend
///
/// where the trend is first renewed at the third sample. Undefined unless 0 < a, b < 1.
Number holt(std::span<const double> values, double a, double b);

/// Successive values that differ. Pre: at least 1.
double changes(std::span<const double> values);

/// Successive values that fall. Pre: at least 1.
double resets(std::span<const double> values);

/// sum (x - mean)^2 / n. Pre: at least 1.
double population_variance(std::span<const double> values);

}  // namespace fmx::engine::signal
