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
  std::string key;               ///< as the run's config spells it
  std::optional<double> from, to;
};

/// One thing to do next: a fix or a check.
struct Step {
  enum class Kind { fix, check };
  Kind kind = Kind::fix;
  Index index = 0;               ///< into fixes or checks
  double likelihood = 0;         ///< fix: P(it resolves the failure); check: expected information, nats
  double effort_minutes = 0;
  double priority = 0;           ///< what steps are ordered by: likelihood or information per minute, see plan.cpp
  std::vector<Index> patterns;   ///< what it cures, or which patterns it tells apart
  std::vector<Change> changes;
  std::vector<std::string> cautions;  ///< `unless` texts that hold or may hold, contradictions
};

/// A line of attempts that has come to its end: three tries at one cause without success.
struct Stopped {
  Index pattern = 0;
  std::vector<std::string> tried;
};

struct Plan {
  std::vector<Step> steps;       ///< best first
  std::vector<Stopped> stopped;
};

/// Orders what to do next by decision-theoretic troubleshooting (Heckerman, Breese & Rommelse 1995):
/// probability of resolving over cost; checks by expected information per minute.
Plan plan(const Knowledge& knowledge, const Run& run, const Binding& binding,
          const Observations& observations, const Network& network, const Beliefs& beliefs);

}  // namespace fmx::engine
