#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/plan/situation.hpp"

namespace fmx::engine {

namespace {

constexpr double plausible_from = 0.05;  ///< a pattern below this is not spoken of
constexpr double tells_about_from =
    0.1;  ///< of what a check tells about the pattern that it tells most about
constexpr double said_by_a_test =
    0.5;  ///< share of the doubt that "tell apart by check" settles: right in 9 of 10

double entropy(double p) {
  return p <= 0 || p >= 1 ? 0 : -p * std::log(p) - (1 - p) * std::log(1 - p);
}

/// What knowing which of two look-alikes holds is expected to tell, in nats: no more than there is
/// to know about either.
double gain_of_telling_apart(double a, double b) {
  const double gain = said_by_a_test * std::min(a + b, 1.0) * entropy(a / (a + b));
  return std::min({gain, entropy(a), entropy(b)});
}

bool is_suspect(const Situation& situation, Index pattern) {
  const auto& contributions = situation.beliefs.posteriors[pattern].contributions;
  return situation.posterior(pattern) >= plausible_from &&
         std::any_of(contributions.begin(), contributions.end(),
                     [](const Contribution& each) { return each.weight > 0; });
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
    if (!is_suspect(situation, a)) continue;
    for (const Resembles& other : situation.knowledge.patterns[a].resembles) {
      const Index b = other.pattern;
      if (!other.check || !is_suspect(situation, b)) continue;
      if (!counted.insert({*other.check, std::minmax(a, b)}).second) continue;
      Comparison& comparison = result[*other.check];
      comparison.gain = std::max(
          comparison.gain, gain_of_telling_apart(situation.posterior(a), situation.posterior(b)));
      comparison.patterns.insert({a, b});
    }
  }
  return result;
}

/// What each finding that the run leaves unknown would be expected to tell about each leading
/// pattern that is spoken of (where none is, about each).
struct Telling {
  std::vector<Index> patterns;
  std::vector<std::vector<double>> of_finding;  ///< by finding (none: it is known), then pattern
};
Telling telling(const Situation& situation) {
  std::vector<std::size_t> unknown;
  for (std::size_t f = 0; f < situation.network.signs.size(); ++f) {
    if (!situation.network.signs[f].degree.known()) unknown.push_back(f);
  }
  const Gains gains = expected_gains(situation.network, situation.beliefs, unknown);
  std::size_t spoken_of = 0;  // the likeliest stand first
  while (spoken_of < gains.causes.size() &&
         situation.posterior(static_cast<Index>(gains.causes[spoken_of])) >= plausible_from) {
    ++spoken_of;
  }
  const std::size_t most = spoken_of > 0 ? spoken_of : gains.causes.size();
  Telling result;
  for (std::size_t c = 0; c < most; ++c)
    result.patterns.push_back(static_cast<Index>(gains.causes[c]));
  result.of_finding.resize(situation.network.signs.size());
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    result.of_finding[unknown[i]] = {gains.of_sign[i].begin(),
                                     gains.of_sign[i].begin() + static_cast<std::ptrdiff_t>(most)};
  }
  return result;
}

/// What the check tells about one of the patterns: every finding that it reveals leaves a share of
/// the doubt, so that several together never tell more than there is to know.
double gain_about(const Situation& situation, const Check& check, const Telling& telling,
                  std::size_t place) {
  const double doubt = entropy(situation.posterior(telling.patterns[place]));
  if (doubt <= 0) return 0;
  double left = 1;
  for (const Index finding : check.reveals) {
    if (telling.of_finding[finding].empty()) continue;
    left *= 1 - std::min(telling.of_finding[finding][place] / doubt, 1.0);
  }
  return doubt * (1 - left);
}

/// Fills `likelihood` and `patterns`.
void weigh(const Situation& situation, const Check& check, const Telling& telling, Step& step) {
  std::vector<double> gains;
  for (std::size_t place = 0; place < telling.patterns.size(); ++place)
    gains.push_back(gain_about(situation, check, telling, place));
  if (!gains.empty()) step.likelihood = *std::max_element(gains.begin(), gains.end());
  for (std::size_t place = 0; place < gains.size(); ++place) {
    const Index pattern = telling.patterns[place];
    const bool tells = gains[place] > 0 && gains[place] >= tells_about_from * step.likelihood;
    if (tells && situation.posterior(pattern) >= plausible_from) step.patterns.push_back(pattern);
  }
}

/// The same information where a check is also the way to tell look-alikes apart: the larger counts.
void add_comparison(const Comparison& comparison, Step& step) {
  step.likelihood = std::max(step.likelihood, comparison.gain);
  std::set<Index> patterns = comparison.patterns;
  patterns.insert(step.patterns.begin(), step.patterns.end());
  step.patterns.assign(patterns.begin(), patterns.end());
}

}  // namespace

std::vector<Step> checks(const Situation& situation) {
  const Telling told = telling(situation);
  const std::map<Index, Comparison> told_apart = comparisons(situation);
  std::vector<Step> result;
  for (Index i = 0; i < situation.knowledge.checks.size(); ++i) {
    const Check& check = situation.knowledge.checks[i];
    Step step;
    step.kind = Step::Kind::check;
    step.index = i;
    step.effort_minutes = check.effort_minutes;
    weigh(situation, check, told, step);
    if (const auto comparison = told_apart.find(i); comparison != told_apart.end())
      add_comparison(comparison->second, step);
    if (step.likelihood < worth_knowing) continue;
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
