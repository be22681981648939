#pragma once

#include <string>
#include <vector>

#include "knowledge/degree.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// The degree from which what a condition says counts as so, where it must be yes or no.
inline constexpr double holds_from = 0.5;

/// The probability from which a pattern is diagnosed: all that asks "is it this?" asks here.
inline constexpr double likely_from = 0.5;

/// What belief rests on: a noisy-OR network of patterns and findings, in the manner of QMR-DT.
///
///   P(finding f seen | patterns S) = 1 - (1 - base_f) * prod over i in S of (1 - link_if)
///
///   P(S | findings)           ~ prod over i in S of odds_i * prod over known f of L_f(S)
///   L_f(S)                    = d * P(f seen | S) + (1 - d) * P(f not seen | S)
///                               with the degree d to which f is seen
///
/// The degree d enters as soft evidence (Pearl 1988, 2.2.2). Unknown findings have no factor. A
/// `never` link of probability p multiplies the odds by 1 - d * (1 - p). `leads to` makes a pattern
/// show, by link * P(leads), what its consequence shows (network.hpp).
///
/// Of a `one of` group one member counts. With r_f = L_f({i}) / L_f({}) for the known members f: if
/// any r_f is above 1 the largest counts, else the smallest. The r of the others are divided out of
/// the odds of i, while i still explains them: they neither speak for i nor ask for a second cause.
///
/// Sources: J. Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, section 4.3.2 (noisy
/// OR); M. Shwe et al., Probabilistic diagnosis using a reformulation of the INTERNIST-1/QMR
/// knowledge base, 1991; D. Heckerman, A tractable inference algorithm for diagnosing multiple
/// diseases, 1989 (findings known to be absent factorize over the causes).
struct Network {
  struct Cause {
    double prior = 0;      ///< after needs and risks; 0 where a need is known not to hold
    double certainty = 1;  ///< of its pattern; 1 where nothing but words speaks for it
    bool benign = false;
    struct Show {
      std::size_t finding = 0;
      double probability = 0;
      int group = -1;
      friend bool operator==(const Show&, const Show&) = default;
    };
    std::vector<Show> shows;
    std::vector<Show> never;
    friend bool operator==(const Cause&, const Cause&) = default;
  };
  struct Sign {
    double base = 0;
    Degree degree;
    friend bool operator==(const Sign&, const Sign&) = default;
  };
  std::vector<Cause> causes;
  std::vector<Sign> signs;
  friend bool operator==(const Network&, const Network&) = default;
};

/// What one finding did to one pattern: its log-likelihood ratio, pattern alone against nothing.
struct Contribution {
  std::size_t finding = 0;
  double weight = 0;    ///< in nats; > 0 speaks for the pattern
  bool counted = true;  ///< false: a weaker member of a `one of` group
};

/// `exact` with its log-odds multiplied by `certainty`: what labelled runs have shown the network's
/// arithmetic to be worth (certainty above 1: more than it says). One half stays one half, so that
/// what is said, and what is said first of two, stays as it was; only how surely changes.
/// Source: C. Guo et al., On calibration of modern neural networks, 2017 (temperature scaling).
double calibrated(double exact, double certainty);

struct Posterior {
  double probability = 0;  ///< calibrated: what is said
  double exact = 0;        ///< of the network
  double prior = 0;
  std::vector<Contribution> contributions;  ///< strongest first
};

/// A set of patterns that together account for what was seen. Only patterns that show something
/// that was seen are in question; whether others hold as well is left open.
struct Explanation {
  std::vector<std::size_t> causes;  ///< sorted; empty: nothing known brought it about
  double probability = 0;           ///< of the network, not calibrated
};

struct Beliefs {
  std::vector<Posterior> posteriors;      ///< by cause
  std::vector<Explanation> explanations;  ///< most probable first, at most 10
  double healthy = 0;   ///< P(no cause, or benign ones alone), over the causes that show something
                        ///< that was measured: of the others the run says nothing
  double left_out = 0;  ///< P(a larger set | evidence) is no higher: every probability
                        ///< above is off by at most this
  std::vector<std::size_t> unexplained;  ///< signs seen (degree >= 0.5), but more likely by chance
                                         ///< than because of the best explanation
};

/// No limit to the size of sets: for networks of a dozen causes.
inline constexpr int any_number = 1000;

/// Sets of causes are weighed up to this size unless more are asked for.
inline constexpr int usual_set = 3;

/// The exact posterior over all sets of up to `max_set` of the causes that show something that was
/// seen. Causes that show nothing that was seen are independent of all others given the evidence,
/// so they are summed in closed form and without a limit. `base` and links are kept within [1e-4, 1
/// - 1e-4]. Where more than 490 causes show something seen, sets are smaller: see `left_out`.
Beliefs believe(const Network& network, int max_set = usual_set);

/// P(the sign is seen | the cause holds, and what is known), by place in `causes`, for a sign that
/// is unknown.
std::vector<double> probability_seen_if(const Network& network, const Beliefs& beliefs,
                                        std::size_t sign, const std::vector<std::size_t>& causes);

/// What knowing each of several unknown signs is expected to tell about each leading cause.
struct Gains {
  std::vector<std::size_t> causes;           ///< at most eight, likeliest first
  std::vector<std::vector<double>> of_sign;  ///< nats; by sign, then by place in `causes`
};

/// The mutual information between sign and cause, of the probabilities that are said: q for a cause
/// that is said to hold with probability q (calibrated), with the network's
///
///   s1 = P(seen | it holds), s0 = P(seen | it does not)
///   I  = H(q s1 + (1 - q) s0) - q H(s1) - (1 - q) H(s0)       at most H(q)
///
/// The leading causes are those that something seen speaks for, or, where nothing was seen, any.
/// The joint posterior is taken from the explanations; what they leave over is treated as
/// independent.
Gains expected_gains(const Network& network, const Beliefs& beliefs,
                     const std::vector<std::size_t>& unknown_signs);

/// The same about the cause that each sign tells most about.
std::vector<double> expected_gain(const Network& network, const Beliefs& beliefs,
                                  const std::vector<std::size_t>& unknown_signs);

}  // namespace fmx::engine
