#pragma once

#include <string>
#include <vector>

namespace fmx::commands {

struct FmtOptions {
  std::vector<std::string> paths;  ///< files, folders; `-` alone: standard input to standard output
  bool check = false;              ///< change nothing, show what would change
};

/// Rewrites rule files in the one way fmx writes them. `failed` where a file has mistakes and so
/// was left alone, or with `check` where one would change.
int fmt(const FmtOptions& options);

}  // namespace fmx::commands
