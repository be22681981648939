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
    double saves_minutes = 0;  ///< expected: of runs repeated for a fix that does not resolve it
    bool pays = false;         ///< more than the check takes: it then comes before the best fix
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
  std::vector<Step> steps;     ///< best first
  bool looking_first = false;  ///< no pattern is sure enough to act on: checks come before fixes
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
/// Checks   priority = information in bits / (1 + effort / 30 min), the 30 min being what it takes
///          to set one up. What it tells about a pattern said to hold with probability q: with g_f
///          the expected_gains of the unknown findings f that it reveals,
///            H(q) * (1 - product over f of (1 - g_f / H(q))),
///          each of them leaving a share of the doubt: never more than there is to know. Counted
///          is the pattern of 5 % or more that it tells most about. A check that tells two
///          look-alikes apart, both 5 % or more, settles half the doubt between them.
/// Sources  each one that recommends a fix raises it, the next by half as much: times
///          1 + (1 - 2^-n) / 10 for n sources.
/// Ahead    the value of information. A check of at most half an hour comes before the best fix f
///          where its outcome decides which fix is best and where that saves more minutes of runs
///          repeated in vain than the check takes, set-up included. For its most telling finding,
///          with o over seen and not seen, f_o the best fix after o, q_i what is said of cause i:
///            saving  = 4 h * sum over o of max(0, R(f_o, o) - R(f, o))
///            R(f, o) = sum over i of q_i * P(o | i) * P(f cures i), at most 1
///          An outcome that leaves f the best fix saves nothing.
/// Disputes of two fixes that contradict each other the one whose conditions are known to hold here
///          comes first, whatever its priority; the other says when each applies.
/// Unsure   while no pattern reaches 70 %, checks come first (their priority gets 1 added), except
///          before fixes of at most 2 min and low risk that are as likely as not to resolve it.
/// Stopped  where a line was stopped, no other cause is known and no fix is left, the checks of
///          last resort of its field stand last.
/// Left out are fixes of patterns below 10 % or no likelier than before the evidence, fixes below
///          5 %, fixes whose `when` does not hold, that would change nothing, or that were tried
///          (unless one helped and has a setting to move further), and fixes of stopped lines;
///          checks that promise less than 0.01 nats.
///
/// Sources: D. Heckerman, J. Breese & K. Rommelse, Decision-theoretic troubleshooting, CACM 38(3),
/// 1995 (repair and observation steps, myopic look-ahead); R. Howard, Information value theory,
/// IEEE Trans. Systems Science and Cybernetics 2(1), 1966.
Plan plan(const Knowledge& knowledge, const Run& run, const Binding& binding,
          const Observations& observations, const Network& network, const Beliefs& beliefs);

}  // namespace fmx::engine
