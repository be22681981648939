#pragma once

#include <span>

namespace fmx::engine::signal {

// What the size of a spike, a jump or a shift is held against. Never 0 unless all values are.

/// Robust standard deviation of `deviations`, which lie around 0: 1.4826 * median(|deviation|).
///
/// Where that is 0, since more than half of them are, the largest of
///   1.2533 * mean(|deviation|), which is as much for normal ones (Iglewicz & Hoaglin 1993),
///   half the step in which `values` are rounded, since no more than that can be told, and
///   the resolution of `values` as floating-point numbers.
/// `values` are those that the deviations come from. Pre: neither is empty; all finite.
double robust_scale(std::span<const double> deviations, std::span<const double> values);

/// noise(values), with the same care where it is 0. Pre: at least 2.
double scatter(std::span<const double> values);

/// The step in which values are rounded or counted: the smallest gap between different values,
/// where another gap is as large; else 0. Two values alone, on and off, are not rounded.
double rounding_step(std::span<const double> values);

}  // namespace fmx::engine::signal
