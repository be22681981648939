#include <algorithm>

#include "engine/plan/situation.hpp"

namespace fmx::engine {

namespace {

constexpr double cheap_up_to = 30;         ///< minutes
constexpr std::size_t most_looked_at = 3;  ///< checks: each costs two beliefs

/// The best fix that there would be if `finding` had this degree; null if there is none.
std::optional<Index> best_fix(const Situation& situation, const std::vector<Stopped>& stopped,
                              Index finding, double degree) {
  Network network = situation.network;
  network.signs[finding].degree = Degree(degree);
  const Beliefs beliefs = believe(network);
  const std::vector<Step> all =
      fixes({situation.knowledge, situation.run, situation.binding, network, beliefs}, stopped);
  const auto best = std::min_element(all.begin(), all.end(), comes_before);
  return best == all.end() ? std::nullopt : std::optional(best->index);
}

/// P(the finding comes out so, and the fix then resolves the failure), of what is said now.
double resolves_after(const Situation& situation, const std::vector<Stopped>& stopped, Index fix,
                      Index finding, bool seen) {
  const std::vector<Cure>& cures = situation.knowledge.fixes[fix].cures;
  std::vector<std::size_t> causes;
  for (const Cure& cure : cures) causes.push_back(cure.pattern);
  const std::vector<double> seen_if =
      probability_seen_if(situation.network, situation.beliefs, finding, causes);
  double result = 0;
  for (std::size_t c = 0; c < cures.size(); ++c) {
    const Index pattern = cures[c].pattern;
    const bool given_up = std::any_of(stopped.begin(), stopped.end(),
                                      [&](const Stopped& line) { return line.pattern == pattern; });
    if (situation.network.causes[pattern].benign || given_up) continue;
    result +=
        situation.posterior(pattern) * cures[c].probability * (seen ? seen_if[c] : 1 - seen_if[c]);
  }
  return std::min(result, 1.0);  // as of fixes: where patterns hold together the sum is too much
}

/// By how much more likely the first try succeeds because the check was made: see plan.hpp.
double advantage(const Situation& situation, const std::vector<Stopped>& stopped, Index now,
                 const Step::Outlook& outlook) {
  double result = 0;
  for (const bool seen : {true, false}) {
    const std::optional<Index> then = seen ? outlook.if_seen : outlook.if_not;
    if (!then || *then == now) continue;
    const double with = resolves_after(situation, stopped, *then, outlook.finding, seen);
    const double without = resolves_after(situation, stopped, now, outlook.finding, seen);
    result += std::max(0.0, with - without);
  }
  return result;
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
    Step::Outlook outlook{.finding = *finding,
                          .if_seen = best_fix(situation, stopped, *finding, 1),
                          .if_not = best_fix(situation, stopped, *finding, 0),
                          .saves_minutes = 0};
    if (outlook.if_seen == best->index && outlook.if_not == best->index) continue;
    const double gain = advantage(situation, stopped, best->index, outlook);
    outlook.saves_minutes = gain * minutes_to_repeat;
    outlook.pays = outlook.saves_minutes > step->effort_minutes + minutes_to_set_up;
    if (outlook.pays) step->priority = std::max(step->priority, best->priority + gain);
    step->outlook = outlook;
  }
}

}  // namespace fmx::engine
