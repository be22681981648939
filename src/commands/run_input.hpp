#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"
#include "knowledge/result.hpp"
#include "src/problem.hpp"
#include "src/readers/files.hpp"

namespace fmx::commands {

/// What the commands that look at a run take: where it lies, and what its user adds.
struct RunOptions {
  std::vector<std::string> inputs;
  std::optional<std::string> config, context;
  std::vector<std::string> tried;     ///< FIX or FIX=OUTCOME
  std::vector<std::string> symptoms;  ///< in the user's own words
  std::string expected, changed;      ///< likewise; empty: not said
  readers::Files* files = nullptr;    ///< what reads single files; null: they are read afresh
};

/// The run, read as `knowledge` declares lines of logs, with what the command line adds to it.
/// What it says was tried is a fix that the knowledge has, or is noted as not counted.
Result<engine::Run, Problem> read_run(const RunOptions& options, const Knowledge& knowledge);

/// Each of the runs that the inputs hold (a folder may hold several), or why it cannot be read.
std::vector<Result<engine::Run, Problem>> read_runs(const RunOptions& options,
                                                    const Knowledge& knowledge);

}  // namespace fmx::commands
