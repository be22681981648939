#pragma once

#include <string>
#include <vector>

#include "src/commands/run_input.hpp"

namespace fmx::commands {

struct ExplainOptions : RunOptions {
  std::string input;                 ///< the one input; `inputs` stays empty
  std::string id;                    ///< of a pattern, finding, fix or check; or its name
  std::vector<std::string> what_if;  ///< NAME=VALUE: a setting, or a finding and its degree
  std::vector<std::string> packs;    ///< beside the default ones
  std::string format;                ///< text, md, json; empty: text
};

/// Says why something was concluded of a run, why it was not, and what would change that.
int explain(const ExplainOptions& options);

}  // namespace fmx::commands
