#include "engine/explain/flip.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>

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

/// What a degree of `asked` would make of `cause`. Of the network only what can bear on that is
/// kept: a cause that shows nothing seen is independent of all others.
class Question {
 public:
  Question(const Network& whole, std::size_t cause, std::size_t asked) : asked_(asked) {
    network_.signs = whole.signs;
    for (std::size_t i = 0; i < whole.causes.size(); ++i) {
      const auto& shows = whole.causes[i].shows;
      const bool bears = i == cause || entangled(whole, whole.causes[i]) ||
                         std::any_of(shows.begin(), shows.end(),
                                     [&](const auto& show) { return show.finding == asked; });
      if (!bears) continue;
      if (i == cause) cause_ = network_.causes.size();
      network_.causes.push_back(whole.causes[i]);
    }
  }

  double probability_if(Degree degree) {
    network_.signs[asked_].degree = degree;
    return believe(network_).posteriors[cause_].probability;
  }

 private:
  std::size_t asked_, cause_ = 0;
  Network network_;
};

/// How far on the way from one degree to another, 0 to 1, a probability crosses `likely_from`. The
/// mass of the sets with a cause is linear in a sign's degree, and so is that of all sets; with r
/// the ratio of the latter at the end to that at the beginning, the probability at u is
///
///   (begin (1 - u) + r end u) / ((1 - u) + r u),
///
/// and what it is in the middle tells r.
double crossing(double begin, double middle, double end) {
  const double ratio = (begin - middle) / (middle - end);
  const double before = begin - likely_from, behind = likely_from - end;
  return before / (before + ratio * behind);
}

/// The least change of a finding, from `from` towards `target`, that brings the cause across.
std::optional<Flip> flip(Question& question, double now, std::size_t finding, Degree from,
                         double target) {
  if (from.known() && from.value() == target) return std::nullopt;
  const double then = question.probability_if(Degree(target));
  const auto across = [&](double p) { return (p >= likely_from) != (now >= likely_from); };
  if (!across(then)) return std::nullopt;
  const Flip whole{.finding = finding, .from = from, .to = target, .probability = then};
  if (!from.known()) return whole;
  constexpr double a_little_more = 1e-3;
  const double way = target - from.value();
  const double middle = question.probability_if(Degree(from.value() + way / 2));
  const double part = crossing(now, middle, then) + a_little_more;
  if (!(part > 0 && part < 1)) return whole;
  const double to = from.value() + way * part;
  const double there = question.probability_if(Degree(to));
  if (!across(there)) return whole;
  return Flip{.finding = finding, .from = from, .to = to, .probability = there};
}

/// How much has to change; a finding nobody measured counts as the whole way and a little more.
double size(const Flip& flip) {
  return flip.from.known() ? std::abs(flip.to - flip.from.value()) : 1.01;
}

}  // namespace

double probability_if(const Network& network, std::size_t cause, std::size_t finding,
                      Degree degree) {
  return Question(network, cause, finding).probability_if(degree);
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

std::vector<Flip> flips(const Network& network, const Beliefs& beliefs, std::size_t cause) {
  std::set<std::size_t> findings = findings_shown(network, cause);
  for (const std::size_t rival : rivals(network, beliefs, cause))
    findings.merge(findings_shown(network, rival));

  const double now = beliefs.posteriors[cause].probability;
  const std::vector<std::size_t> asked(findings.begin(), findings.end());
  std::vector<std::vector<Flip>> found(asked.size());
  for_each_in_parallel(asked.size(), [&](std::size_t i) {
    Question question(network, cause, asked[i]);
    const Degree from = network.signs[asked[i]].degree;
    for (const double target : {0.0, 1.0}) {
      if (const auto one = flip(question, now, asked[i], from, target)) found[i].push_back(*one);
    }
  });
  std::vector<Flip> result;
  for (const std::vector<Flip>& of_one : found)
    std::ranges::copy(of_one, std::back_inserter(result));
  std::stable_sort(result.begin(), result.end(),
                   [](const Flip& a, const Flip& b) { return size(a) < size(b); });
  return result;
}

}  // namespace fmx::engine
