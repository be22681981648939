#pragma once

#include <string>
#include <vector>

#include "src/rule_tests/judge.hpp"

namespace fmx::rule_tests {

/// How a test, or a labelled case, came out.
struct Outcome {
  std::string pack, title;
  std::vector<Failure> failures;  ///< empty: it passed

  bool passed() const { return failures.empty(); }
};

/// What failed, with the numbers behind it, and a last line that counts.
std::string results_as_text(const std::vector<Outcome>& outcomes);
/// JUnit's XML: one test suite.
std::string results_as_junit(const std::vector<Outcome>& outcomes);

}  // namespace fmx::rule_tests
