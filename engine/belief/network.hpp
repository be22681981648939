#pragma once

#include "engine/belief/belief.hpp"
#include "engine/match/match.hpp"

namespace fmx::engine {

/// The network of `knowledge` with a run's observations as evidence: causes are patterns and signs are
/// findings, at the same indices. `leads to` is worked in; a finding that a user's words speak for
/// (`said`) and that is otherwise unknown enters with a degree of 0.7: words are circumstantial.
/// Fixes that were tried without success count against what they cure: odds times 1 - P(cures).
Network network(const Knowledge& knowledge, const Run& run, const Observations& observations);

}  // namespace fmx::engine
