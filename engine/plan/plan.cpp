#include "engine/plan/plan.hpp"

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

bool comes_before(const Step& a, const Step& b) {
  if (a.priority != b.priority) return a.priority > b.priority;
  if (a.effort_minutes != b.effort_minutes) return a.effort_minutes < b.effort_minutes;
  if (a.kind != b.kind) return a.kind == Step::Kind::fix;
  return a.index < b.index;
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

/// Where no fix is left, what helps any run of the field stands last.
void add_last_resorts(const Situation& situation, Plan& plan) {
  const auto proposes = [&](Step::Kind kind, std::optional<Index> index) {
    return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const Step& step) {
      return step.kind == kind && (!index || step.index == *index);
    });
  };
  if (proposes(Step::Kind::fix, std::nullopt)) return;
  for (Step& step : last_resorts(situation, plan.stopped)) {
    if (!proposes(Step::Kind::check, step.index)) plan.steps.push_back(std::move(step));
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
  result.returned = returned(situation);
  look_ahead(situation, result.stopped, result.steps);
  result.looking_first = unsure(situation);
  if (result.looking_first) put_checks_first(knowledge, result.steps);
  std::sort(result.steps.begin(), result.steps.end(), comes_before);
  settle_contradictions(situation, result.steps);
  add_last_resorts(situation, result);
  return result;
}

}  // namespace fmx::engine
