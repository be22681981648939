#include <algorithm>

#include "engine/plan/situation.hpp"

namespace fmx::engine {

namespace {

constexpr double cheap_up_to = 30;         ///< minutes
constexpr std::size_t most_looked_at = 3;  ///< checks: each costs two beliefs

/// The best fix that there would be if `finding` had this degree; null if there is none.
struct Prospect {
  std::optional<Index> fix;
  double likelihood = 0;
};
Prospect prospect(const Situation& situation, const std::vector<Stopped>& stopped, Index finding,
                  double degree) {
  Network network = situation.network;
  network.signs[finding].degree = Degree(degree);
  const Beliefs beliefs = believe(network);
  const std::vector<Step> all =
      fixes({situation.knowledge, situation.run, situation.binding, network, beliefs}, stopped);
  const auto best = std::min_element(all.begin(), all.end(), comes_before);
  if (best == all.end()) return {};
  return {best->index, best->likelihood};
}

/// The finding that the check reveals and the patterns it bears on hang on most.
std::optional<Index> most_telling(const Situation& situation, const Check& check) {
  std::vector<std::size_t> unknown;
  for (const Index finding : check.reveals) {
    if (!situation.network.signs[finding].degree.known()) unknown.push_back(finding);
  }
  const std::vector<double> gain = expected_gain(situation.network, situation.beliefs, unknown);
  const auto best = std::max_element(gain.begin(), gain.end());
  if (best == gain.end()) return std::nullopt;
  return static_cast<Index>(unknown[static_cast<std::size_t>(best - gain.begin())]);
}

}  // namespace

void look_ahead(const Situation& situation, const std::vector<Stopped>& stopped,
                std::vector<Step>& steps) {
  const Step* best = nullptr;
  std::vector<Step*> cheap;
  for (Step& step : steps) {
    const bool is_fix = step.kind == Step::Kind::fix;
    if (is_fix && (best == nullptr || comes_before(step, *best))) best = &step;
    if (!is_fix && step.effort_minutes <= cheap_up_to) cheap.push_back(&step);
  }
  if (best == nullptr) return;
  std::sort(cheap.begin(), cheap.end(),
            [](const Step* a, const Step* b) { return comes_before(*a, *b); });
  cheap.resize(std::min(cheap.size(), most_looked_at));

  for (Step* step : cheap) {
    const auto finding = most_telling(situation, situation.knowledge.checks[step->index]);
    if (!finding) continue;
    const double seen = probability_seen(situation.network, situation.beliefs, *finding);
    const Prospect if_seen = prospect(situation, stopped, *finding, 1);
    const Prospect if_not = prospect(situation, stopped, *finding, 0);
    if (if_seen.fix == best->index && if_not.fix == best->index) continue;
    step->outlook = {*finding, if_seen.fix, if_not.fix};
    const double gain =
        seen * if_seen.likelihood + (1 - seen) * if_not.likelihood - best->likelihood;
    if (gain * minutes_to_repeat > step->effort_minutes)
      step->priority = std::max(step->priority, best->priority + gain);
  }
}

}  // namespace fmx::engine
