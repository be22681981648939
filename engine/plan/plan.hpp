#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/belief/belief.hpp"
#include "engine/match/match.hpp"

namespace fmx::engine {

/// A setting to change, with the run's own numbers.
struct Change {
  Index param = 0;
  std::string key;  ///< as the run's config spells it
  std::optional<double> from, to;
};

/// One thing to do next: a fix or a check.
struct Step {
  enum class Kind { fix, check };
  Kind kind = Kind::fix;
  Index index = 0;        ///< into fixes or checks
  double likelihood = 0;  ///< fix: P(it resolves the failure); check: expected information, nats
  double effort_minutes = 0;
  double priority = 0;  ///< what steps are ordered by, see plan()
  std::vector<Index>
      patterns;  ///< what it cures, or which patterns it tells about; most important first
  std::vector<Change> changes;
  std::vector<std::string> cautions;  ///< `unless` texts that hold or may hold, contradictions
  /// Of a check: the fix that comes first once it is made, where its outcome decides which.
  struct Outlook {
    Index finding = 0;
    std::optional<Index> if_seen, if_not;
  };
  std::optional<Outlook> outlook;
};

/// A line of attempts that has come to its end: three tries at one cause without success.
struct Stopped {
  Index pattern = 0;
  std::vector<std::string> tried;
  double all_in_vain = 1;        ///< P(all of them fail | it is the cause)
  std::optional<Index> instead;  ///< the likeliest other cause that something seen speaks for
};

/// A cause that a fix once helped against and that is there again.
struct Returned {
  Index pattern = 0;
  Index fix = 0;
  std::string words;  ///< for the fix, as the user put it
};

struct Plan {
  std::vector<Step> steps;  ///< best first
  std::vector<Stopped> stopped;
  std::vector<Returned> returned;
};

/// Orders what to do next by decision-theoretic troubleshooting: probability of resolving over cost
/// for fixes, expected information over cost for checks.
///
/// Fixes    priority = P(resolves) / (1 + cost / 4 h), cost = effort + risk (medium 30 min,
///          high 2 h). Whatever the fix, the run has to be repeated to judge it (4 h): so
///          likelihood decides, and effort where likelihoods are near, quick wins first. A quarter
///          of that where an `unless` holds.
/// Checks   priority = information in bits / (1 + effort / 30 min): the sum of expected_gain over
///          the findings it reveals that are unknown, and half the doubt between two look-alikes
///          that it tells apart; at most 1.
/// Sources  each one that recommends a fix raises it, the next by half as much: times
///          1 + (1 - 2^-n) / 10 for n sources.
/// Ahead    a check of at most half an hour comes before the best fix where its outcome decides
///          which fix is best and that is worth more than its effort: E[P(the best fix then
///          resolves)] - P(the best fix now resolves), times the 4 h of a repetition.
/// Disputes of two fixes that contradict each other the one whose conditions are known to hold here
///          comes first, whatever its priority; the other says when each applies.
/// Unsure   while no pattern reaches 70 %, checks come first (their priority gets 1 added), except
///          before fixes of at most 2 min and low risk that are as likely as not to resolve it.
/// Left out are fixes of patterns below 10 % or no likelier than before the evidence, fixes below
///          5 %, fixes whose `when` does not hold, that would change nothing, or that were tried
///          (unless one helped and has a setting to move further), and fixes of stopped lines;
///          checks that promise less than 0.01 nats.
///
/// Source: D. Heckerman, J. Breese & K. Rommelse, Decision-theoretic troubleshooting, CACM 38(3),
/// 1995.
Plan plan(const Knowledge& knowledge, const Run& run, const Binding& binding,
          const Observations& observations, const Network& network, const Beliefs& beliefs);

}  // namespace fmx::engine
