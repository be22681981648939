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

/// What a try costs beside its own effort: the run has to be repeated far enough to judge it.
inline constexpr double minutes_to_repeat = 240;
/// The least expected information that a check is proposed for, in nats.
inline constexpr double worth_knowing = 0.01;
/// What a check costs beside its own effort.
inline constexpr double minutes_to_set_up = 30;

/// Lines of attempts that have come to their end, by pattern.
std::vector<Stopped> stopped_lines(const Situation& situation);

/// What is left to do where lines were stopped and no other cause is known: the checks of last
/// resort of their fields, in the order of the packs, without likelihood or priority.
std::vector<Step> last_resorts(const Situation& situation, const std::vector<Stopped>& stopped);

/// Causes that are likely again although a fix helped against them, in the order of the tries.
std::vector<Returned> returned(const Situation& situation);

/// The fixes worth trying, in no order.
std::vector<Step> fixes(const Situation& situation, const std::vector<Stopped>& stopped);

/// The checks worth making, in no order.
std::vector<Step> checks(const Situation& situation);

/// Puts checks before the best fix where their outcome decides which fix is best.
void look_ahead(const Situation& situation, const std::vector<Stopped>& stopped,
                std::vector<Step>& steps);

/// Orders steps that contradict each other by which of them applies here, and says so.
void settle_contradictions(const Situation& situation, std::vector<Step>& steps);

/// Whether `a` is to be done before `b`.
bool comes_before(const Step& a, const Step& b);

}  // namespace fmx::engine
