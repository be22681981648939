#pragma once

#include <span>
#include <string>

#include "src/rule_tests/mutate.hpp"

namespace fmx::rule_tests {

/// What an outcome is told about: which mutants were chosen, and which tests could not judge.
struct MutationFrame {
  std::span<const Trial> trials;
  std::size_t tests = 0;    ///< that judged
  std::size_t failing = 0;  ///< that fail as it is, and were left out
  MutationLimits limits;
};

/// Surviving mutants as differences of the source, a line for each pack, the score.
std::string mutation_as_text(const Knowledge& knowledge, const MutationOutcome& outcome,
                             const MutationFrame& frame);

/// `fmx-mutation/1`, see docs/mutation.schema.json.
std::string mutation_as_json(const Knowledge& knowledge, const MutationOutcome& outcome,
                             const MutationFrame& frame);

}  // namespace fmx::rule_tests
