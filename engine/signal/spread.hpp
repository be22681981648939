#pragma once

#include <span>
#include <vector>

#include "engine/signal/signal.hpp"

namespace fmx::engine::signal {

// How much the values of a series scatter. Pre, for all of them: all finite.

/// Standard deviation, n - 1 below. Pre: at least 2.
double deviation(std::span<const double> values);

/// x[i] - x[i - 1]; one fewer than values.
std::vector<double> differences(std::span<const double> values);

/// Scatter around the local trend: a robust standard deviation of successive differences d, over
/// sqrt(2), since a difference has the scatter of both its ends:
///
///   1.4826 * median(|d - median(d)|) / sqrt(2)
///
/// For independent normal scatter of standard deviation s around a straight line it is s.
/// Pre: at least 3.
double noise(std::span<const double> values);

/// noise / |median|; undefined where the median is 0. Pre: at least 3.
Number variation(std::span<const double> values);

/// Turning points over n - 2: how often successive differences change sign, those that are 0 left
/// out. White noise turns at 2/3 of its samples (Bienayme 1874; Kendall & Stuart, vol. 3, ch. 45).
/// Pre: at least 3.
double roughness(std::span<const double> values);

/// Number of different values.
double distinct(std::span<const double> values);

/// Longest run of equal successive values over the number of values. Pre: not empty.
double longest_repeat(std::span<const double> values);

}  // namespace fmx::engine::signal
