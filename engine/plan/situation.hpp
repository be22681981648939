#pragma once

#include <vector>

#include "engine/belief/belief.hpp"
#include "engine/match/match.hpp"
#include "engine/plan/plan.hpp"

namespace fmx::engine {

/// All that planning looks at. A view for the length of one call of plan().
struct Situation {
  const Knowledge& knowledge;
  const Run& run;
  const Binding& binding;
  const Network& network;
  const Beliefs& beliefs;

  double posterior(Index pattern) const { return beliefs.posteriors[pattern].probability; }
};

/// Below this, the leading pattern is not sure enough to act on before looking closer.
inline constexpr double sure_enough = 0.7;

/// Whether no pattern that is not benign is sure enough to act on.
bool unsure(const Situation& situation);

/// Lines of attempts that have come to their end, by pattern.
std::vector<Stopped> stopped_lines(const Situation& situation);

/// The fixes worth trying, in no order.
std::vector<Step> fixes(const Situation& situation, const std::vector<Stopped>& stopped);

/// The checks worth making, in no order.
std::vector<Step> checks(const Situation& situation);

}  // namespace fmx::engine
