#pragma once

#include <string>
#include <vector>

namespace fmx::commands {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string format = "text";  ///< text, json
  std::string explain;          ///< a diagnostic's code: print its page instead
  bool fix = false;             ///< mend the files where a diagnostic says how
  bool diff = false;            ///< show what `fix` would do, and change nothing
};

/// Parses and resolves rule files and prints every mistake; `failed` where there is an error, or
/// with `diff` where something would change. With `fix` what is left is printed behind what was
/// mended.
int check(const CheckOptions& options);

}  // namespace fmx::commands
