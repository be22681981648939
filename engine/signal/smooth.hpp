#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fmx::engine::signal {

/// What becomes of a centred window that would reach beyond an end of the series.
enum class Ends {
  cut,     ///< it holds the samples there are: the last value is that of a one-sided window
  shrink,  ///< it shrinks on both sides: the first and the last value are the samples themselves,
           ///< and the median of a rising or falling series is the series
};

/// h such that 2 h + 1 samples are about a share `width` of `n`: floor(width * n / 2), at least 1.
std::size_t half_width(std::size_t n, double width);

/// Mean over the samples i - half .. i + half, cut at the ends. Exact for equal values; O(n).
std::vector<double> running_mean(std::span<const double> values, std::size_t half);

/// Median over the samples i - half .. i + half. O(n log n). Pre: no NaN.
std::vector<double> running_median(std::span<const double> values, std::size_t half, Ends ends);

}  // namespace fmx::engine::signal
