#pragma once

#include <span>

#include "engine/signal/signal.hpp"

namespace fmx::engine::signal {

// Where a series is heading. Pre, for all of them: steps strictly increase, values are finite.

/// Median of the slopes between all pairs of samples (Theil 1950, Sen 1968), per step; above 300
/// samples, of an evenly spaced subset of 300 that holds the first and the last. Up to 29% of the
/// samples may be wild without moving it far. Pre: at least 2.
double theil_sen(Window x);

/// Least-squares slope, cov(step, value) / var(step), per step. Pre: at least 2.
double least_squares(Window x);

/// Kendall's tau-a of value against step: (pairs that rise - pairs that fall) / pairs, over the
/// same subset; pairs of equal values count as neither, so that a constant has trend 0 (Kendall
/// 1938). Pre: at least 2.
double kendall(Window x);

/// median(tail) - median(head). Pre: at least 2.
double change(std::span<const double> values);

/// change / |median(head)|; undefined where that is 0. Pre: at least 2.
Number relative_change(std::span<const double> values);

/// Share of the steps from first to last, counted back from the end, during which the running mean
/// (over 5% of the samples) stays within tolerance * (max - min) of its own last value.
/// Pre: at least 2.
double plateau(Window x, double tolerance);

}  // namespace fmx::engine::signal
