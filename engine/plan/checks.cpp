#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/plan/situation.hpp"

namespace fmx::engine {

namespace {

constexpr double minutes_to_set_up = 30;  ///< what a check costs beside its own effort
constexpr double worth_knowing = 0.01;    ///< least expected information, nats
constexpr double plausible_from =
    0.05;  ///< posterior of a pattern that is worth telling from another
constexpr double said_by_a_test =
    0.5;  ///< share of the doubt that "tell apart by check" settles: right in 9 of 10

double entropy(double p) {
  return p <= 0 || p >= 1 ? 0 : -p * std::log(p) - (1 - p) * std::log(1 - p);
}

/// What knowing which of two look-alikes holds is expected to tell, in nats.
double gain_of_telling_apart(double a, double b) {
  return said_by_a_test * std::min(a + b, 1.0) * entropy(a / (a + b));
}

/// By check: the look-alikes that it tells apart, where both are plausible, and what that is worth.
struct Comparison {
  double gain = 0;
  std::set<Index> patterns;
};
std::map<Index, Comparison> comparisons(const Situation& situation) {
  std::map<Index, Comparison> result;
  std::set<std::pair<Index, std::pair<Index, Index>>> counted;
  for (Index a = 0; a < situation.knowledge.patterns.size(); ++a) {
    if (situation.posterior(a) < plausible_from) continue;
    for (const Resembles& other : situation.knowledge.patterns[a].resembles) {
      const Index b = other.pattern;
      if (!other.check || situation.posterior(b) < plausible_from) continue;
      if (!counted.insert({*other.check, std::minmax(a, b)}).second) continue;
      Comparison& comparison = result[*other.check];
      comparison.gain = std::max(
          comparison.gain, gain_of_telling_apart(situation.posterior(a), situation.posterior(b)));
      comparison.patterns.insert({a, b});
    }
  }
  return result;
}

/// What each finding that the run leaves unknown would be expected to tell, by finding; 0 if it is
/// known.
std::vector<double> gain_by_finding(const Situation& situation) {
  std::vector<std::size_t> unknown;
  for (std::size_t f = 0; f < situation.network.signs.size(); ++f) {
    if (!situation.network.signs[f].degree.known()) unknown.push_back(f);
  }
  const std::vector<double> gain = expected_gain(situation.network, situation.beliefs, unknown);
  std::vector<double> result(situation.network.signs.size());
  for (std::size_t i = 0; i < unknown.size(); ++i) result[unknown[i]] = gain[i];
  return result;
}

/// The plausible patterns that show one of the check's unknown findings.
void add_patterns_it_bears_on(const Situation& situation, const Check& check,
                              std::set<Index>& patterns) {
  for (Index i = 0; i < situation.network.causes.size(); ++i) {
    if (situation.posterior(i) < plausible_from) continue;
    for (const auto& show : situation.network.causes[i].shows) {
      const bool reveals = std::find(check.reveals.begin(), check.reveals.end(), show.finding) !=
                           check.reveals.end();
      if (reveals && !situation.network.signs[show.finding].degree.known()) patterns.insert(i);
    }
  }
}

}  // namespace

std::vector<Step> checks(const Situation& situation) {
  const std::vector<double> gain = gain_by_finding(situation);
  const std::map<Index, Comparison> told_apart = comparisons(situation);
  std::vector<Step> result;
  for (Index i = 0; i < situation.knowledge.checks.size(); ++i) {
    const Check& check = situation.knowledge.checks[i];
    Step step;
    step.kind = Step::Kind::check;
    step.index = i;
    step.effort_minutes = check.effort_minutes;
    for (const Index finding : check.reveals) step.likelihood += gain[finding];

    std::set<Index> patterns;
    if (const auto comparison = told_apart.find(i); comparison != told_apart.end()) {
      step.likelihood += comparison->second.gain;
      patterns = comparison->second.patterns;
    }
    if (step.likelihood < worth_knowing) continue;
    step.likelihood =
        std::min(step.likelihood, std::log(2.0));  // one doubt, of two sides, is settled
    add_patterns_it_bears_on(situation, check, patterns);
    step.patterns.assign(patterns.begin(), patterns.end());
    std::stable_sort(step.patterns.begin(), step.patterns.end(), [&](Index a, Index b) {
      return situation.posterior(a) > situation.posterior(b);
    });
    step.priority =
        step.likelihood / std::log(2.0) / (1 + check.effort_minutes / minutes_to_set_up);
    result.push_back(std::move(step));
  }
  return result;
}

}  // namespace fmx::engine
