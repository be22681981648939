#pragma once

#include <string>
#include <vector>

namespace fmx::commands {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string format = "text";  ///< text, json
  std::string explain;          ///< a diagnostic's code: print its page instead
};

/// Parses and resolves rule files and prints every mistake; `failed` where there is an error.
int check(const CheckOptions& options);

}  // namespace fmx::commands
