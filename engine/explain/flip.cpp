#include "engine/explain/flip.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <set>

#include "engine/belief/ends.hpp"
#include "engine/belief/likelihood.hpp"
#include "knowledge/parallel.hpp"

namespace fmx::engine {

namespace {

constexpr double negligible_below = 0.05;

bool is_seen(const Network::Sign& sign) { return sign.degree.known() && sign.degree.value() > 0.5; }

std::set<std::size_t> findings_shown(const Network& network, std::size_t cause) {
  std::set<std::size_t> result;
  for (const auto& show : network.causes[cause].shows) result.insert(show.finding);
  for (const auto& never : network.causes[cause].never) result.insert(never.finding);
  return result;
}

/// Of the network, not calibrated: what `cause` would be if the degree of `finding` were `degree`.
double exact_if(const Network& network, std::size_t cause, std::size_t finding, double degree) {
  // Of the network only what can bear on the cause is kept: one that shows nothing seen is
  // independent of all others.
  Network changed{.causes = {}, .signs = network.signs};
  changed.signs[finding].degree = Degree(degree);
  std::size_t place = 0;
  for (std::size_t i = 0; i < network.causes.size(); ++i) {
    if (i != cause && !entangled(changed, network.causes[i])) continue;
    if (i == cause) place = changed.causes.size();
    changed.causes.push_back(network.causes[i]);
  }
  return believe(changed).posteriors[place].exact;
}

/// Looks for what brings a cause to the other side of `likely_from`, where calibrating leaves every
/// probability on its side.
class Search {
 public:
  Search(const Network& network, const Beliefs& beliefs, std::size_t cause,
         const std::vector<bool>& graded)
      : network_(network), cause_(cause), graded_(graded), now_(beliefs.posteriors[cause].exact) {}

  /// The least change of a finding, from what it is towards the end `target` of its degree, that
  /// brings the cause across. `ends` says where that is worth a closer look; what it leaves out may
  /// differ from what belief does (see Beliefs::left_out), which has the last word.
  std::optional<Flip> towards(std::size_t target, std::size_t finding, const Ends& ends) const {
    const Degree from = network_.signs[finding].degree;
    const auto end = static_cast<double>(target);
    if (from.known() && from.value() == end) return std::nullopt;
    if (!is_near(ends[target].probability())) return std::nullopt;
    const double then = exact_if(network_, cause_, finding, end);
    if (!is_across(then)) return std::nullopt;
    const bool in_part = graded_.empty() || graded_[finding];
    if (!from.known() || !in_part) return flip(finding, end, then);

    constexpr double a_little_more = 1e-3;
    const double middle = exact_if(network_, cause_, finding, std::midpoint(from.value(), end));
    for (double part = crossing(middle, then) + a_little_more; part < 1; part = (part + 1) / 2) {
      const double to = std::lerp(from.value(), end, part);
      const double there = exact_if(network_, cause_, finding, to);
      if (is_across(there)) return flip(finding, to, there);
      if (1 - part < 2 * a_little_more) break;
    }
    return flip(finding, end, then);
  }

 private:
  bool is_across(double probability) const {
    return (probability >= likely_from) != (now_ >= likely_from);
  }

  bool is_near(double probability) const {
    constexpr double near = 0.25;
    const bool is_told = probability >= 0 && probability <= 1;  // not lost in cancellation
    return !is_told || is_across(probability) || std::abs(probability - likely_from) <= near;
  }

  Flip flip(std::size_t finding, double to, double probability) const {
    return {.finding = finding,
            .from = network_.signs[finding].degree,
            .to = to,
            .probability = calibrated(probability, network_.causes[cause_].certainty)};
  }

  /// How far on the way to a degree where the cause has probability `then`, with `middle` half way
  /// there, it crosses `likely_from`. The mass of the sets with a cause is linear in a sign's
  /// degree, and so is that of all sets; with r the ratio of the latter at the end to that at the
  /// beginning, which `middle` tells, the probability at u is
  ///
  ///   (now (1 - u) + r then u) / ((1 - u) + r u).
  ///
  /// Too early where a `one of` group or a `never` bends that, or where much is left out.
  double crossing(double middle, double then) const {
    const double ratio = (now_ - middle) / (middle - then);
    const double before = now_ - likely_from, behind = likely_from - then;
    return std::clamp(before / (before + ratio * behind), 0.0, 1.0);
  }

  const Network& network_;
  std::size_t cause_;
  const std::vector<bool>& graded_;
  double now_;
};

/// Whether a condition can hold in part: somewhere in it a degree rises from one bound to another.
bool is_graded(const Knowledge& knowledge, const Expression& condition) {
  using Kind = Expression::Kind;
  const bool ramp = condition.kind == Kind::above || condition.kind == Kind::below;
  if (ramp && condition.operands.size() > 2) return true;
  if (ramp) return false;
  if (condition.kind == Kind::finding) {
    return is_graded(knowledge, knowledge.findings[condition.index].when);
  }
  return std::ranges::any_of(condition.operands,
                             [&](const Expression& each) { return is_graded(knowledge, each); });
}

/// How much has to change; a finding nobody measured counts as the whole way and a little more.
double size(const Flip& flip) {
  return flip.from.known() ? std::abs(flip.to - flip.from.value()) : 1.01;
}

}  // namespace

double probability_if(const Network& network, std::size_t cause, std::size_t finding,
                      Degree degree) {
  Network changed = network;
  changed.signs[finding].degree = degree;
  return believe(changed).posteriors[cause].probability;
}

std::vector<std::size_t> rivals(const Network& network, const Beliefs& beliefs, std::size_t cause) {
  std::set<std::size_t> seen;
  for (const auto& show : network.causes[cause].shows) {
    if (is_seen(network.signs[show.finding])) seen.insert(show.finding);
  }
  std::vector<std::size_t> result;
  for (std::size_t other = 0; other < network.causes.size(); ++other) {
    if (other == cause || beliefs.posteriors[other].probability < negligible_below) continue;
    const auto& shows = network.causes[other].shows;
    if (std::any_of(shows.begin(), shows.end(),
                    [&](const auto& show) { return seen.contains(show.finding); })) {
      result.push_back(other);
    }
  }
  std::stable_sort(result.begin(), result.end(), [&](std::size_t a, std::size_t b) {
    return beliefs.posteriors[a].probability > beliefs.posteriors[b].probability;
  });
  return result;
}

std::vector<Flip> flips(const Network& network, const Beliefs& beliefs, std::size_t cause,
                        const std::vector<bool>& graded) {
  std::set<std::size_t> findings = findings_shown(network, cause);
  for (const std::size_t rival : rivals(network, beliefs, cause))
    findings.merge(findings_shown(network, rival));

  const std::vector<std::size_t> asked(findings.begin(), findings.end());
  const std::vector<Ends> at = ends(network, cause, asked);
  const Search search(network, beliefs, cause, graded);
  std::vector<std::vector<Flip>> found(asked.size());
  for_each_in_parallel(asked.size(), [&](std::size_t i) {
    for (const std::size_t target : {0, 1}) {
      if (const auto one = search.towards(target, asked[i], at[i])) found[i].push_back(*one);
    }
  });
  std::vector<Flip> result;
  for (const std::vector<Flip>& of_one : found)
    std::ranges::copy(of_one, std::back_inserter(result));
  std::stable_sort(result.begin(), result.end(),
                   [](const Flip& a, const Flip& b) { return size(a) < size(b); });
  return result;
}

std::vector<bool> graded_findings(const Knowledge& knowledge) {
  std::vector<bool> graded;
  for (const Finding& finding : knowledge.findings) {
    graded.push_back(is_graded(knowledge, finding.when));
  }
  return graded;
}

}  // namespace fmx::engine
