#pragma once

#include <optional>

#include "engine/match/clock.hpp"
#include "engine/match/value.hpp"

namespace fmx::engine {

/// What two things do to one another in time. Each is a time, events, or a mask, whose stretches
/// last from the first to the last sample of those in a row where it holds; samples without an
/// answer break none. What comes out are events of size 1.

/// Where b begins after a began; at most `within` later, as `clock` counts, where that is given.
Column then(const Value& a, const Value& b, std::optional<double> within, const Clock& clock);

/// Where those of a begin that lie within a stretch of b.
Column during(const Value& a, const Value& b);

/// Where those of a begin that share a step with a stretch of b.
Column overlaps(const Value& a, const Value& b);

}  // namespace fmx::engine
