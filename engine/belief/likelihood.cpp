#include "engine/belief/likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace fmx::engine {

double unseen_by_leak(const Network::Sign& sign) {
  return 1 - std::clamp(sign.base, rarest, 1 - rarest);
}

double kept_unseen(const Network::Cause::Show& show) {
  return 1 - std::clamp(show.probability, 0.0, 1 - rarest);
}

double likelihood(const Network::Sign& sign, double unseen) {
  const double degree = sign.degree.value();
  return degree * (1 - unseen) + (1 - degree) * unseen;
}

bool entangles(const Network::Sign& sign) {
  return sign.degree.known() && sign.degree.value() > 0 && sign.degree.value() != 0.5;
}

bool entangled(const Network& network, const Network::Cause& cause) {
  if (cause.prior <= 0) return false;
  return std::any_of(cause.shows.begin(), cause.shows.end(), [&](const auto& show) {
    return show.probability > 0 && entangles(network.signs[show.finding]);
  });
}

namespace {

/// log of L({cause}) / L({}) for one link.
double log_ratio(const Network::Sign& sign, const Network::Cause::Show& show) {
  const double unseen = unseen_by_leak(sign);
  return std::log(likelihood(sign, unseen * kept_unseen(show)) / likelihood(sign, unseen));
}

/// Whether `a` counts rather than `b`, both of one group: a sign that speaks for the cause before
/// one that does not, then the one that says more for it; if none speaks for it, the one most
/// against it.
bool counts_before(const Contribution& a, const Contribution& b) {
  if (a.weight == b.weight) return a.finding < b.finding;
  if (a.weight > 0 || b.weight > 0) return a.weight > b.weight;
  return a.weight < b.weight;
}

/// Leaves one member of each group counted. Returns the sum of the weights that do not count.
double divide_out_groups(const std::vector<int>& groups, std::vector<Contribution>& contributions) {
  std::map<int, std::size_t> strongest;
  for (std::size_t i = 0; i < contributions.size(); ++i) {
    if (groups[i] < 0) continue;
    const auto [at, is_new] = strongest.emplace(groups[i], i);
    if (!is_new && counts_before(contributions[i], contributions[at->second])) at->second = i;
  }
  double divided_out = 0;
  for (std::size_t i = 0; i < contributions.size(); ++i) {
    if (groups[i] < 0 || strongest.at(groups[i]) == i) continue;
    contributions[i].counted = false;
    divided_out += contributions[i].weight;
  }
  return divided_out;
}

}  // namespace

Alone alone(const std::vector<Network::Sign>& signs, const Network::Cause& cause) {
  Alone result;
  std::vector<int> groups;
  for (const auto& show : cause.shows) {
    const Network::Sign& sign = signs[show.finding];
    if (!sign.degree.known()) continue;
    result.contributions.push_back({.finding = show.finding, .weight = log_ratio(sign, show)});
    groups.push_back(show.group);
  }
  const double divided_out = divide_out_groups(groups, result.contributions);

  const double prior = std::min(cause.prior, surest_prior);
  result.log_odds = prior > 0 ? std::log(prior / (1 - prior)) - divided_out
                              : -std::numeric_limits<double>::infinity();
  for (const auto& never : cause.never) {
    const Degree degree = signs[never.finding].degree;
    if (!degree.known()) continue;
    const double left = std::max(1 - degree.value() * (1 - never.probability), rarest);
    result.contributions.push_back({.finding = never.finding, .weight = std::log(left)});
    result.log_odds += std::log(left);
  }
  return result;
}

}  // namespace fmx::engine
