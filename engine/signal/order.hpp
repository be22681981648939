#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fmx::engine::signal {

/// Linear interpolation between the order statistics around position q (n - 1), counted from 0
/// (Hyndman & Fan 1996, type 7). Reorders `values`. Pre: not empty, 0 <= q <= 1.
double quantile(std::span<double> values, double q);

/// The middle value, or the mean of the two middle ones. Reorders `values`. Pre: not empty.
double median(std::span<double> values);

/// The same of values that stay as they are.
double median_of(std::span<const double> values);

/// 1.4826 * median(|v - median(v)|), a robust standard deviation: 1.4826 makes it that of normal
/// values (Hampel 1974). Overwrites `values`. Pre: not empty.
double median_deviation(std::span<double> values);

/// The indices of `values` in ascending order of their values, equal ones in their own order.
/// Pre: no NaN; fewer than 2^32 values.
std::vector<std::uint32_t> ascending(std::span<const double> values);

/// Ranks from 1 on; equal values share the mean of their ranks.
std::vector<double> ranks(std::span<const double> values);

}  // namespace fmx::engine::signal
