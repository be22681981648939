#include "engine/explain/flip.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace fmx::engine {

namespace {

constexpr double believed_from = 0.5;
constexpr double negligible_below = 0.05;

bool is_seen(const Network::Sign& sign) { return sign.degree.known() && sign.degree.value() > 0.5; }

std::set<std::size_t> findings_shown(const Network& network, std::size_t cause) {
  std::set<std::size_t> result;
  for (const auto& show : network.causes[cause].shows) result.insert(show.finding);
  for (const auto& never : network.causes[cause].never) result.insert(never.finding);
  return result;
}

/// The degree nearest to `from` that still brings `cause` across, where `to` does. Ends after ten
/// halvings.
double nearest(const Network& network, std::size_t cause, std::size_t finding, double from,
               double to) {
  const bool believed = probability_if(network, cause, finding, Degree(to)) >= believed_from;
  for (int halving = 0; halving < 10; ++halving) {
    const double middle = (from + to) / 2;
    const bool same =
        (probability_if(network, cause, finding, Degree(middle)) >= believed_from) == believed;
    (same ? to : from) = middle;
  }
  return to;
}

std::optional<Flip> flip(const Network& network, double now, std::size_t cause, std::size_t finding,
                         double target) {
  const Degree from = network.signs[finding].degree;
  if (from.known() && from.value() == target) return std::nullopt;
  const double then = probability_if(network, cause, finding, Degree(target));
  if ((then >= believed_from) == (now >= believed_from)) return std::nullopt;
  if (!from.known())
    return Flip{.finding = finding, .from = from, .to = target, .probability = then};
  const double to = nearest(network, cause, finding, from.value(), target);
  return Flip{.finding = finding,
              .from = from,
              .to = to,
              .probability = probability_if(network, cause, finding, Degree(to))};
}

/// How much has to change; a finding nobody measured counts as the whole way and a little more.
double size(const Flip& flip) {
  return flip.from.known() ? std::abs(flip.to - flip.from.value()) : 1.01;
}

}  // namespace

double probability_if(Network network, std::size_t cause, std::size_t finding, Degree degree) {
  network.signs[finding].degree = degree;
  return believe(network).posteriors[cause].probability;
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
  std::vector<Flip> result;
  for (const std::size_t finding : findings) {
    for (const double target : {0.0, 1.0}) {
      if (const auto found = flip(network, now, cause, finding, target)) result.push_back(*found);
    }
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const Flip& a, const Flip& b) { return size(a) < size(b); });
  return result;
}

}  // namespace fmx::engine
