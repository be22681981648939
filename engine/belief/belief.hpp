#pragma once

#include <string>
#include <vector>

#include "knowledge/degree.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// What belief rests on: a noisy-OR network of patterns and findings, in the manner of QMR-DT.
///
///   P(finding f seen | patterns S) = 1 - (1 - base_f) * prod over i in S of (1 - link_if)
///
/// A degree d is soft evidence: likelihood d * P(seen | S) + (1 - d) * P(not seen | S). Unknown findings
/// have no factor. Of a `one of` group the strongest counts once: the others are explained by the
/// pattern but their likelihood ratio for the pattern alone is divided out of its odds. A `never` link
/// of probability p multiplies the odds by 1 - d * (1 - p). `leads to` makes a pattern show, by
/// link * P(leads), what its consequence shows.
/// Sources: Pearl 1988 section 4.3.2; Shwe et al. 1991 (QMR-DT); Heckerman 1989 (quickscore).
struct Network {
  struct Cause {
    double prior = 0;  ///< after needs and risks; 0 where a need is known not to hold
    bool benign = false;
    struct Show {
      std::size_t finding = 0;
      double probability = 0;
      int group = -1;
    };
    std::vector<Show> shows;
    std::vector<Show> never;
  };
  struct Sign {
    double base = 0;
    Degree degree;
  };
  std::vector<Cause> causes;
  std::vector<Sign> signs;
};

/// What one finding did to one pattern: its log-likelihood ratio, pattern alone against nothing.
struct Contribution {
  std::size_t finding = 0;
  double weight = 0;      ///< in nats; > 0 speaks for the pattern
  bool counted = true;    ///< false: a weaker member of a `one of` group
};

struct Posterior {
  double probability = 0;
  double prior = 0;
  std::vector<Contribution> contributions;  ///< strongest first
};

/// A set of patterns that together account for what was seen.
struct Explanation {
  std::vector<std::size_t> causes;  ///< sorted; empty: nothing is wrong
  double probability = 0;
};

struct Beliefs {
  std::vector<Posterior> posteriors;       ///< by cause
  std::vector<Explanation> explanations;   ///< most probable first, at most 10
  double healthy = 0;                      ///< P(no cause, or benign ones alone)
  double left_out = 0;                     ///< bound on the mass of larger sets, given the evidence
  std::vector<std::size_t> unexplained;    ///< signs seen (degree >= 0.5) that the best explanation does not account for
};

/// Exact over all sets of up to `max_set` causes. Causes that show nothing that was seen are summed in
/// closed form, the others enumerated.
Beliefs believe(const Network& network, int max_set = 3);

/// How much, in nats, knowing each unknown sign would be expected to tell about which causes hold:
/// the mutual information between the sign and each of the leading causes, largest of them.
std::vector<double> expected_gain(const Network& network, const Beliefs& beliefs,
                                  const std::vector<std::size_t>& unknown_signs);

}  // namespace fmx::engine
