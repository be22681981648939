#pragma once

#include <string>
#include <vector>

namespace fmx::commands {

struct TestOptions {
  std::vector<std::string> paths;
  std::string filter;           ///< only tests whose name or pack contains this
  std::string format = "text";  ///< text, junit
};

/// Runs the `test` blocks of packs. `failed` where an expectation is not met or no test matches.
int test(const TestOptions& options);

}  // namespace fmx::commands
