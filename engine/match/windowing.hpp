#pragma once

#include <vector>

#include "engine/match/clock.hpp"
#include "engine/match/value.hpp"
#include "knowledge/expression.hpp"

namespace fmx::engine {

/// The last or first `extent` of `x`, as `clock` counts it. Shares count the steps between its
/// first and last, events those of the series they were found in.
Value last_of(const Value& x, Quantity extent, const Clock& clock);
Value first_of(const Value& x, Quantity extent, const Clock& clock);

/// The samples of `x` at steps within [from, to], or [from, to) where `open`.
Value within(const Value& x, double from, double to, bool open = false);

/// A piece of samples, and the step that stands for it.
struct Piece {
  double step = 0;
  Value part;
};

/// `x` cut wherever `clock` has counted another `extent` from its 0; samples from the first of x
/// on, shares from its first step on. Each piece stands at its last sample; of events, which may be
/// none, where it ends. Pieces of a series without samples are left out.
std::vector<Piece> pieces(const Value& x, Quantity extent, const Clock& clock);

}  // namespace fmx::engine
