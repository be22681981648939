#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/belief/belief.hpp"
#include "engine/belief/likelihood.hpp"

namespace fmx::engine {

namespace {

constexpr std::size_t leading_causes = 8;

/// One way things may be: some causes hold for sure, all others independently of one another.
struct World {
  double probability = 0;
  std::vector<double> holds;  ///< by cause: P(it holds | this world)
};

/// The joint posterior, as far as `beliefs` tell: each explanation is a world; what they leave over
/// is one more, in which the entangled causes are independent, with what is left of their
/// probabilities.
std::vector<World> worlds(const Network& network, const Beliefs& beliefs) {
  const std::size_t n = network.causes.size();
  std::vector<bool> tied(n);
  std::vector<double> rest(n);
  for (std::size_t i = 0; i < n; ++i) {
    tied[i] = entangled(network, network.causes[i]);
    rest[i] = beliefs.posteriors[i].exact;
  }
  std::vector<World> result;
  double left = 1;
  for (const Explanation& explanation : beliefs.explanations) {
    World world{.probability = explanation.probability, .holds = std::vector<double>(n)};
    for (std::size_t i = 0; i < n; ++i) {
      if (!tied[i]) world.holds[i] = beliefs.posteriors[i].exact;
    }
    for (const std::size_t i : explanation.causes) {
      world.holds[i] = 1;
      rest[i] -= explanation.probability;
    }
    left -= explanation.probability;
    result.push_back(std::move(world));
  }
  if (left > 1e-9) {
    World world{.probability = left, .holds = std::vector<double>(n)};
    for (std::size_t i = 0; i < n; ++i) {
      world.holds[i] = tied[i] ? std::clamp(rest[i] / left, 0.0, 1.0) : beliefs.posteriors[i].exact;
    }
    result.push_back(std::move(world));
  }
  return result;
}

/// Whether anything that was seen speaks for the cause.
bool has_support(const Posterior& posterior) {
  return std::any_of(posterior.contributions.begin(), posterior.contributions.end(),
                     [](const Contribution& each) { return each.weight > 0; });
}

/// The likeliest causes: of those that something seen speaks for, or, where nothing was seen, of
/// all. What is merely possible is not worth a measurement while there are suspects.
std::vector<std::size_t> leading(const Beliefs& beliefs) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < beliefs.posteriors.size(); ++i) {
    if (has_support(beliefs.posteriors[i])) order.push_back(i);
  }
  if (order.empty()) {
    order.resize(beliefs.posteriors.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return beliefs.posteriors[a].probability > beliefs.posteriors[b].probability;
  });
  order.resize(std::min(order.size(), leading_causes));
  return order;
}

struct ShownBy {
  std::size_t cause = 0;
  double kept = 1;
};

/// By sign: the causes that show it.
std::vector<std::vector<ShownBy>> shown_by(const Network& network) {
  std::vector<std::vector<ShownBy>> result(network.signs.size());
  for (std::size_t i = 0; i < network.causes.size(); ++i) {
    for (const auto& show : network.causes[i].shows) {
      result[show.finding].push_back({.cause = i, .kept = kept_unseen(show)});
    }
  }
  return result;
}

double plogp_ratio(double joint, double a, double b) {
  return joint > 0 && a > 0 && b > 0 ? joint * std::log(joint / (a * b)) : 0;
}

/// sum over x, y of P(x, y) log(P(x, y) / (P(x) P(y))), in nats, of two events.
double mutual_information(double p_x, double p_y, double p_both) {
  const double both = std::clamp(p_both, 0.0, std::min(p_x, p_y));
  return std::max(0.0, plogp_ratio(both, p_x, p_y) + plogp_ratio(p_x - both, p_x, 1 - p_y) +
                           plogp_ratio(p_y - both, 1 - p_x, p_y) +
                           plogp_ratio(1 - p_x - p_y + both, 1 - p_x, 1 - p_y));
}

/// P(sign seen), and P(sign seen and cause), for one sign: over worlds, and within a world exactly.
struct SignOdds {
  double seen = 0;
  std::vector<double> seen_and;  ///< by place in `causes`
};

SignOdds sign_odds(double leak, const std::vector<ShownBy>& shown, const std::vector<World>& worlds,
                   const std::vector<std::size_t>& causes) {
  SignOdds result{.seen = 0, .seen_and = std::vector<double>(causes.size())};
  for (const World& world : worlds) {
    double unseen = leak;
    for (const ShownBy& by : shown) unseen *= 1 - world.holds[by.cause] * (1 - by.kept);
    result.seen += world.probability * (1 - unseen);
    for (std::size_t c = 0; c < causes.size(); ++c) {
      const double holds = world.holds[causes[c]];
      if (holds <= 0) continue;
      double unseen_if = unseen;
      for (const ShownBy& by : shown) {
        if (by.cause == causes[c]) unseen_if *= by.kept / (1 - holds * (1 - by.kept));
      }
      result.seen_and[c] += world.probability * holds * (1 - unseen_if);
    }
  }
  return result;
}

/// P(sign seen | cause holds) and P(sign seen | it does not).
struct Likelihoods {
  double if_so = 0, if_not = 0;
};

Likelihoods likelihoods(const Posterior& cause, double seen, double seen_and) {
  const double holds = cause.exact;
  return {.if_so = holds > 0 ? std::clamp(seen_and / holds, 0.0, 1.0) : seen,
          .if_not = holds < 1 ? std::clamp((seen - seen_and) / (1 - holds), 0.0, 1.0) : seen};
}

}  // namespace

std::vector<double> probability_seen_if(const Network& network, const Beliefs& beliefs,
                                        std::size_t sign, const std::vector<std::size_t>& causes) {
  const auto shown = shown_by(network);
  const SignOdds odds =
      sign_odds(unseen_by_leak(network.signs[sign]), shown[sign], worlds(network, beliefs), causes);
  std::vector<double> result;
  for (std::size_t c = 0; c < causes.size(); ++c) {
    result.push_back(likelihoods(beliefs.posteriors[causes[c]], odds.seen, odds.seen_and[c]).if_so);
  }
  return result;
}

Gains expected_gains(const Network& network, const Beliefs& beliefs,
                     const std::vector<std::size_t>& unknown_signs) {
  const std::vector<World> all = worlds(network, beliefs);
  const auto shown = shown_by(network);
  Gains result{.causes = leading(beliefs), .of_sign = {}};
  for (const std::size_t f : unknown_signs) {
    const SignOdds odds = sign_odds(unseen_by_leak(network.signs[f]), shown[f], all, result.causes);
    std::vector<double>& gains = result.of_sign.emplace_back();
    for (std::size_t c = 0; c < result.causes.size(); ++c) {
      const Posterior& cause = beliefs.posteriors[result.causes[c]];
      const Likelihoods seen = likelihoods(cause, odds.seen, odds.seen_and[c]);
      const double told = cause.probability, both = told * seen.if_so;
      gains.push_back(mutual_information(told, both + (1 - told) * seen.if_not, both));
    }
  }
  return result;
}

std::vector<double> expected_gain(const Network& network, const Beliefs& beliefs,
                                  const std::vector<std::size_t>& unknown_signs) {
  std::vector<double> result;
  for (const std::vector<double>& gains : expected_gains(network, beliefs, unknown_signs).of_sign) {
    result.push_back(gains.empty() ? 0 : *std::max_element(gains.begin(), gains.end()));
  }
  return result;
}

}  // namespace fmx::engine
