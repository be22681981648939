#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fmx::commands {

struct TestOptions {
  std::vector<std::string> paths;
  /// Only tests whose name or pack contains this; with coverage or mutate all tests are run, and
  /// only the knowledge whose id contains it is looked at.
  std::string filter;
  std::string format = "text";  ///< text, junit, json (of coverage and mutate)
  std::string junit;            ///< a file for the results as JUnit's XML
  bool coverage = false;
  bool mutate = false;
  std::optional<std::size_t> sample;  ///< mutants at most
  std::uint64_t seed = 1;             ///< of the sample
  std::optional<double> time_limit;   ///< seconds, for mutants
};

/// Runs the `test` blocks and `cases` of packs. `failed` where an expectation is not met or no test
/// matches; coverage and surviving mutants alone fail nothing.
int test(const TestOptions& options);

}  // namespace fmx::commands
