#pragma once

#include <span>

#include "engine/signal/signal.hpp"

namespace fmx::engine::signal {

// How two series, each of finite samples, go together. Pre: both already stand on common steps.

/// Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of theirs.
/// Undefined where one of them is constant (Spearman 1904).
Number spearman(std::span<const double> x, std::span<const double> y);

/// The shift in steps of y against x at which their correlation is strongest, of either sign;
/// positive: y follows x. Each has its least-squares line taken out, lest a common trend hide the
/// rest; shifts go up to a quarter of the samples either way; of equally strong ones the least.
/// More than 1024 samples are first condensed to means. A sample counts as the mean distance
/// between samples. Undefined where one of them is a straight line.
Number lag(const Aligned& both);

}  // namespace fmx::engine::signal
