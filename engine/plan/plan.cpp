#include "engine/plan/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/plan/situation.hpp"

namespace fmx::engine {

bool unsure(const Situation& situation) {
  for (std::size_t i = 0; i < situation.network.causes.size(); ++i) {
    if (!situation.network.causes[i].benign &&
        situation.beliefs.posteriors[i].probability >= sure_enough)
      return false;
  }
  return true;
}

namespace {

/// A fix that costs no more to try than a measurement would, and is as likely as not to settle the
/// matter.
bool as_good_as_a_check(const Fix& fix, const Step& step) {
  return fix.effort_minutes <= 2 && fix.risk <= Impact::low && step.likelihood >= 0.5;
}

/// While no pattern is sure enough, looking comes before changing.
void put_checks_first(const Knowledge& knowledge, std::vector<Step>& steps) {
  for (Step& step : steps) {
    if (step.kind == Step::Kind::check || as_good_as_a_check(knowledge.fixes[step.index], step))
      step.priority += 1;
  }
}

bool comes_before(const Step& a, const Step& b) {
  if (a.priority != b.priority) return a.priority > b.priority;
  if (a.effort_minutes != b.effort_minutes) return a.effort_minutes < b.effort_minutes;
  if (a.kind != b.kind) return a.kind == Step::Kind::fix;
  return a.index < b.index;
}

/// Why fixes `a` and `b` do not go together; null if nothing says so.
const Contradiction* contradiction(const Knowledge& knowledge, Index a, Index b) {
  for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
    for (const Contradiction& each : knowledge.fixes[from].contradicts) {
      if (each.fix == to) return &each;
    }
  }
  return nullptr;
}

/// Of two fixes that do not go together the lower one says so.
void note_contradictions(const Knowledge& knowledge, std::vector<Step>& steps) {
  for (auto lower = steps.begin(); lower != steps.end(); ++lower) {
    for (auto upper = steps.begin(); upper != lower; ++upper) {
      if (lower->kind != Step::Kind::fix || upper->kind != Step::Kind::fix) continue;
      const Contradiction* found = contradiction(knowledge, lower->index, upper->index);
      if (!found) continue;
      lower->cautions.push_back(fmt::format("not together with \"{}\"{}{}",
                                            knowledge.fixes[upper->index].title,
                                            found->because.empty() ? "" : ": ", found->because));
    }
  }
}

}  // namespace

Plan plan(const Knowledge& knowledge, const Run& run, const Binding& binding, const Observations&,
          const Network& network, const Beliefs& beliefs) {
  const Situation situation{knowledge, run, binding, network, beliefs};
  Plan result;
  result.stopped = stopped_lines(situation);
  result.steps = fixes(situation, result.stopped);
  for (Step& check : checks(situation)) result.steps.push_back(std::move(check));
  if (unsure(situation)) put_checks_first(knowledge, result.steps);
  std::sort(result.steps.begin(), result.steps.end(), comes_before);
  note_contradictions(knowledge, result.steps);
  return result;
}

}  // namespace fmx::engine
