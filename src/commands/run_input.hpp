#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"
#include "knowledge/result.hpp"
#include "src/problem.hpp"

namespace fmx::commands {

/// What the commands that look at a run take: where it lies, and what its user adds.
struct RunOptions {
  std::vector<std::string> inputs;
  std::optional<std::string> config, context;
  std::vector<std::string> tried;     ///< FIX or FIX=OUTCOME
  std::vector<std::string> symptoms;  ///< in the user's own words
};

/// The run, read as `knowledge` declares lines of logs, with what the command line adds to it.
Result<engine::Run, Problem> read_run(const RunOptions& options, const Knowledge& knowledge);

}  // namespace fmx::commands
