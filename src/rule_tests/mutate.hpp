#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "src/rule_tests/mutant.hpp"
#include "src/rule_tests/trial.hpp"

namespace fmx::rule_tests {

/// What the tests made of a mutant.
struct Verdict {
  bool killed = false;
  std::size_t by = 0;  ///< of one that is killed: the first of the trials that fails on it
  /// Of a survivor: tests for which something came out differently, but nothing that they expect.
  std::size_t unmoved = 0;
};

struct MutationLimits {
  std::optional<std::size_t> sample;  ///< judge no more than this many, chosen at random
  std::uint64_t seed = 1;             ///< of that choice
  std::optional<std::chrono::duration<double>> time;  ///< begin no further round after this
};

struct MutationOutcome {
  std::vector<Mutant> mutants;    ///< those judged, in the order of their places
  std::vector<Verdict> verdicts;  ///< of each
  std::size_t all = 0;            ///< mutants there are
  bool out_of_time = false;
};

/// Judges mutants by the tests that pass on the knowledge as it is: one is killed where a test
/// fails on it.
///
/// Everything is compiled once: what a mutant changes in a finding becomes a finding beside it,
/// evaluated for each run together with the original, so that what they share is worked out once.
/// Only where its degree differs are beliefs worked out again, and of a mutant of a pattern only
/// where the test expects something of that pattern or something seen ties it to others. Every
/// other test comes out as before: it cannot notice. The outcome depends on nothing but the
/// knowledge and, where there is a sample, the seed; with a time limit also on the machine.
///
/// Left out of account: that a fix's own conditions may refer to a finding that is different.
MutationOutcome judge_mutants(const Knowledge& knowledge, const std::vector<Trial>& trials,
                              std::vector<Mutant> mutants, const MutationLimits& limits);

}  // namespace fmx::rule_tests
