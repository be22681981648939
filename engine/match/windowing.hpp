#pragma once

#include <optional>

#include "engine/match/value.hpp"
#include "engine/run.hpp"
#include "knowledge/expression.hpp"

namespace fmx::engine {

/// `quantity` as a number of steps. Empty where this run's steps do not count what it counts:
/// epochs, when steps are optimizer steps.
std::optional<double> in_steps(Quantity quantity, const Run& run);

/// The last or first `extent` of `x`. Shares count the steps between its first and last, events
/// those of the series they were found in.
Value last_of(const Value& x, Quantity extent, const Run& run);
Value first_of(const Value& x, Quantity extent, const Run& run);

/// The samples of `x` at steps within [from, to], or [from, to) where `open`.
Value within(const Value& x, double from, double to, bool open = false);

}  // namespace fmx::engine
