#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/belief/belief.hpp"

namespace fmx::engine {

/// One way to account for the entangling signs, and its share of the enumerated mass.
struct WeightedSet {
  std::vector<std::size_t> causes;  ///< sorted
  double weight = 0;
};

/// What enumerating sets of entangled causes gives; weights are relative to one common scale.
struct Sets {
  double total = 0;   ///< mass of all sets of up to `max_set` causes, the empty one included
  double benign = 0;  ///< mass of those that hold benign causes only
  std::vector<double>
      mass;  ///< by cause of the network: mass of the sets that hold it; 0 if not entangled
  double beyond = 0;              ///< no less than the mass of all larger sets; may be infinite
  std::vector<WeightedSet> best;  ///< the heaviest, at most ten, heaviest first
};

/// Weighs every set S of up to `max_set` entangled causes:
///
///   W(S) = prod over i in S of odds_i  *  prod over known signs f of L_f(S) / L_f({})
///
/// `log_odds` (by cause) are those of `alone`. Causes are visited in order of how well each
/// accounts for the evidence by itself. What adding a cause costs is its own links: each sign keeps
/// the probability with which the set so far leaves it unseen. Where that would be more than 20
/// million sets, as hundreds of causes that all show something seen make, smaller sets are all that
/// is weighed, and `beyond` tells what that costs.
///
/// The bound. Let T be a set of exactly `max_set` causes in that order, T' the set without its last
/// one, and R a set of causes that come after T's last. Then
///
///   W(T + R) <= W(T) * prod over c in R of up(c | T'),
///
/// where up(c | T') is odds_c times the likelihood ratios, given T', of those of its signs whose
/// degree is above 0.5. For such a sign L(S) = d - (2d - 1) q(S), with q the probability that it
/// stays unseen; what c adds to it, (d - (2d - 1) q k) / (d - (2d - 1) q), grows with q, so it is
/// the less the more causes are already there: causes explain one another away. For signs of degree
/// below 0.5 the ratio is at most 1. Every larger set is T + R for exactly one T and one R that is
/// not empty. So the larger sets weigh at most
///
///   sum over T of W(T) * (prod over c after T's last of (1 + up(c | T')) - 1).
Sets weigh_sets(const Network& network, const std::vector<double>& log_odds, int max_set);

/// Calls `visit` with the causes, unsorted, and the weight of each of these sets, the empty one
/// included. The weights are on one scale.
using VisitSet = std::function<void(const std::vector<std::size_t>& causes, double weight)>;
void each_set(const Network& network, const std::vector<double>& log_odds, int max_set,
              const VisitSet& visit);

}  // namespace fmx::engine
