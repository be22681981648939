#pragma once

#include <string>
#include <vector>

#include "engine/diagnose.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::rule_tests {

/// An expectation that was not met.
struct Failure {
  std::string place;                 ///< file:line
  std::string expected;              ///< the clause as written
  std::string instead;               ///< what came out, and how far from it
  std::vector<std::string> details;  ///< the findings and comparisons behind it, one a line
};

/// Whether all that the test expects came out. Looks at the plan only where steps are expected.
bool passes(const Test& test, const engine::Diagnosis& diagnosis);

/// What a test expects and did not get.
std::vector<Failure> judge(const Knowledge& knowledge, const Test& test,
                           const engine::Diagnosis& diagnosis);

}  // namespace fmx::rule_tests
