#include <algorithm>
#include <cmath>

#include "engine/belief/belief.hpp"
#include "engine/belief/likelihood.hpp"
#include "engine/belief/sets.hpp"

namespace fmx::engine {

namespace {

/// The posterior of a cause that no sign ties to others: its odds times a factor for each sign that
/// it shows and that is known not to be seen.
double independent_posterior(const Network& network, const Network::Cause& cause, double log_odds) {
  for (const auto& show : cause.shows) {
    const Degree degree = network.signs[show.finding].degree;
    if (degree.known() && degree.value() <= 0) log_odds += std::log(kept_unseen(show));
  }
  return 1 / (1 + std::exp(-log_odds));
}

/// Signs seen (degree at least 0.5) that some cause could explain, but that are more likely seen by
/// chance than because of `causes`. What only excluded causes (prior 0) show is nobody's to
/// explain.
std::vector<std::size_t> unexplained(const Network& network,
                                     const std::vector<std::size_t>& causes) {
  std::vector<bool> explainable(network.signs.size(), false);
  for (const Network::Cause& cause : network.causes) {
    if (cause.prior <= 0) continue;
    for (const auto& show : cause.shows) explainable[show.finding] = true;
  }
  std::vector<double> kept(network.signs.size(), 1);
  for (const std::size_t i : causes) {
    for (const auto& show : network.causes[i].shows) kept[show.finding] *= kept_unseen(show);
  }
  std::vector<std::size_t> result;
  for (std::size_t f = 0; f < network.signs.size(); ++f) {
    const Network::Sign& sign = network.signs[f];
    if (!explainable[f] || !sign.degree.known() || sign.degree.value() < 0.5) continue;
    if (1 - kept[f] < 1 - unseen_by_leak(sign)) result.push_back(f);
  }
  return result;
}

void sort_strongest_first(std::vector<Contribution>& contributions) {
  std::sort(contributions.begin(), contributions.end(), [](const auto& a, const auto& b) {
    const double of_a = std::abs(a.weight), of_b = std::abs(b.weight);
    return of_a != of_b ? of_a > of_b : a.finding < b.finding;
  });
}

}  // namespace

double calibrated(double exact, double certainty) {
  if (certainty == 1 || exact <= 0 || exact >= 1) return exact;
  return 1 / (1 + std::pow((1 - exact) / exact, certainty));
}

Beliefs believe(const Network& network, int max_set) {
  Beliefs beliefs;
  std::vector<double> log_odds;
  for (const Network::Cause& cause : network.causes) {
    Alone by_itself = alone(network.signs, cause);
    sort_strongest_first(by_itself.contributions);
    log_odds.push_back(by_itself.log_odds);
    beliefs.posteriors.push_back({.probability = 0,
                                  .exact = 0,
                                  .prior = cause.prior,
                                  .contributions = std::move(by_itself.contributions)});
  }

  Sets sets = weigh_sets(network, log_odds, max_set);
  beliefs.healthy = sets.benign / sets.total;
  beliefs.left_out = sets.beyond > 0 ? 1 / (1 + sets.total / sets.beyond) : 0;
  for (std::size_t i = 0; i < network.causes.size(); ++i) {
    const Network::Cause& cause = network.causes[i];
    double& probability = beliefs.posteriors[i].exact;
    if (entangled(network, cause)) {
      probability = sets.mass[i] / sets.total;
    } else {
      probability = independent_posterior(network, cause, log_odds[i]);
      const bool could_be_seen = !beliefs.posteriors[i].contributions.empty();
      if (!cause.benign && could_be_seen) beliefs.healthy *= 1 - probability;
    }
    beliefs.posteriors[i].probability = calibrated(probability, cause.certainty);
  }
  for (WeightedSet& set : sets.best) {
    beliefs.explanations.push_back(
        {.causes = std::move(set.causes), .probability = set.weight / sets.total});
  }
  beliefs.unexplained = unexplained(network, beliefs.explanations.front().causes);
  return beliefs;
}

}  // namespace fmx::engine
