#pragma once

#include <span>

namespace fmx::engine::signal {

// Where the values of a series lie. Pre, for all of them: not empty, all finite.

double sum(std::span<const double> values);

/// Exact for equal values: their mean is the value itself, to the last bit.
double mean(std::span<const double> values);

/// The first 5% of the samples, at least 3, but at most half of them.
std::span<const double> head(std::span<const double> values);

/// The last 10% of the samples, at least 3, but at most half of them.
std::span<const double> tail(std::span<const double> values);

}  // namespace fmx::engine::signal
