#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/belief/tried.hpp"
#include "engine/plan/situation.hpp"

namespace fmx::engine {

namespace {

constexpr double suspect_from = 0.1;   ///< posterior of a pattern that is worth a fix
constexpr double worth_trying = 0.05;  ///< least P(resolves)
constexpr double if_advised_against = 0.25;

/// Sources that agree on a fix make it better founded, the first most: see plan.hpp.
double agreement(const Fix& fix) {
  return 1 + 0.1 * (1 - std::pow(0.5, static_cast<double>(fix.cites.size())));
}

/// What a risk is worth in minutes of work: a judgement, see plan.hpp.
double risk_in_minutes(Impact risk) {
  switch (risk) {
    case Impact::none:
    case Impact::low: return 0;
    case Impact::medium: return 30;
    case Impact::high:
    case Impact::critical: return 120;
  }
  return 0;
}

/// Whether the evidence makes `pattern` likely enough to be worth a fix.
bool suspected(const Situation& situation, Index pattern, const std::vector<Stopped>& stopped) {
  if (situation.network.causes[pattern].benign) return false;
  if (std::any_of(stopped.begin(), stopped.end(),
                  [&](const Stopped& line) { return line.pattern == pattern; }))
    return false;
  const Posterior& belief = situation.beliefs.posteriors[pattern];
  return belief.probability >= suspect_from && belief.probability > belief.prior;
}

/// P(the fix resolves it) = sum over the suspected patterns of posterior * P(cures), at most 1. For
/// patterns that rule one another out, as rivals for the same evidence nearly do, the sum is exact;
/// for patterns that hold together it is an upper bound.
void weigh_cures(const Situation& situation, const Fix& fix, const std::vector<Stopped>& stopped,
                 Step& step) {
  std::vector<std::pair<double, Index>> shares;
  for (const Cure& cure : fix.cures) {
    if (!suspected(situation, cure.pattern, stopped)) continue;
    shares.emplace_back(-situation.posterior(cure.pattern) * cure.probability, cure.pattern);
  }
  std::sort(shares.begin(), shares.end());
  for (const auto& [negative_share, pattern] : shares) {
    step.likelihood -= negative_share;
    step.patterns.push_back(pattern);
  }
  step.likelihood = std::min(step.likelihood, 1.0);
}

/// Whether a `when` of the fix is known not to hold.
bool out_of_place(const Situation& situation, const Fix& fix) {
  return std::any_of(fix.when.begin(), fix.when.end(), [&](const Expression& when) {
    const Degree degree =
        evaluate(situation.knowledge, situation.run, situation.binding, when).degree;
    return degree.known() && degree.value() < holds_from;
  });
}

std::vector<Change> changes(const Situation& situation, const Fix& fix) {
  std::vector<Change> result;
  for (const ParamChange& wanted : fix.changes) {
    Change change{.param = wanted.param,
                  .key = situation.knowledge.params[wanted.param].name,
                  .from = {},
                  .to = {}};
    if (const auto& key = situation.binding.params[wanted.param]) {
      change.key = *key;
      const auto setting = situation.run.config.find(*key);
      if (setting != situation.run.config.end()) {
        if (const double* number = std::get_if<double>(&setting->second)) change.from = *number;
      }
    }
    const Number to =
        evaluate_number(situation.knowledge, situation.run, situation.binding, wanted.to);
    if (to.known()) change.to = to.value();
    result.push_back(std::move(change));
  }
  return result;
}

/// Whether the run has the setting already that the fix would give it.
bool is_none(const Change& change) {
  return change.from && change.to && *change.from == *change.to;
}

/// Whether the run already has every setting that the fix would give it.
bool changes_nothing(const std::vector<Change>& changes) {
  return !changes.empty() && std::all_of(changes.begin(), changes.end(), is_none);
}

/// The fix's exceptions that hold here, or that nobody can rule out. Returns whether one holds.
bool note_exceptions(const Situation& situation, const Fix& fix,
                     std::vector<std::string>& cautions) {
  bool any_holds = false;
  for (const Exception& exception : fix.unless) {
    const Degree degree = exception.when ? evaluate(situation.knowledge, situation.run,
                                                    situation.binding, *exception.when)
                                               .degree
                                         : Degree(Unknown::not_given);
    if (degree.known() && degree.value() < holds_from) continue;
    any_holds = any_holds || degree.known();
    cautions.push_back(
        fmt::format("{}: {}", degree.known() ? "advised against here" : "unless", exception.text));
  }
  return any_holds;
}

enum class History { untried, helped, failed };

/// By fix: what became of it. A fix that once helped and once failed has failed last, or helped
/// last.
std::map<Index, History> history(const Situation& situation) {
  std::map<Index, History> result;
  for (const Attempt& attempt : attempts(situation.knowledge, situation.run)) {
    result[attempt.fix] = attempt.helped ? History::helped : History::failed;
  }
  return result;
}

/// A fix that was tried is proposed again only where it helped and there is a setting to move
/// further.
bool worth_repeating(History history, const Fix& fix) {
  return history == History::untried || (history == History::helped && !fix.changes.empty());
}

}  // namespace

std::vector<Step> fixes(const Situation& situation, const std::vector<Stopped>& stopped) {
  const std::map<Index, History> tried = history(situation);
  std::vector<Step> result;
  for (Index i = 0; i < situation.knowledge.fixes.size(); ++i) {
    const Fix& fix = situation.knowledge.fixes[i];
    const auto before = tried.find(i);
    const History past = before == tried.end() ? History::untried : before->second;
    if (!worth_repeating(past, fix)) continue;

    Step step;
    step.kind = Step::Kind::fix;
    step.index = i;
    step.effort_minutes = fix.effort_minutes;
    weigh_cures(situation, fix, stopped, step);
    if (step.likelihood < worth_trying || out_of_place(situation, fix)) continue;
    step.changes = changes(situation, fix);
    if (changes_nothing(step.changes)) continue;
    std::erase_if(step.changes, is_none);

    if (past == History::helped) step.cautions.push_back("helped before: this goes on from there");
    const bool against = note_exceptions(situation, fix, step.cautions);
    const double cost = fix.effort_minutes + risk_in_minutes(fix.risk);
    step.priority = step.likelihood / (1 + cost / minutes_to_repeat) * agreement(fix) *
                    (against ? if_advised_against : 1);
    result.push_back(std::move(step));
  }
  return result;
}

}  // namespace fmx::engine
