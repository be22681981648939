#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fmx::commands {

struct VerifyOptions {
  std::string old_run, new_run;    ///< files or folders
  std::optional<std::string> fix;  ///< id or name; empty: the one most likely made
  std::vector<std::string> packs;  ///< beside the default ones
  std::string format;              ///< text, md, json
};

/// Says whether a fix helped: `done` if so, `failed` if not, `undecided` where the new run does not
/// tell.
int verify(const VerifyOptions& options);

}  // namespace fmx::commands
