#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/commands/run_input.hpp"

namespace fmx::commands {

struct InferOptions : RunOptions {
  std::vector<std::string> packs;    ///< beside the default ones
  std::string format;                ///< text, md, json; empty: what suits the output
  std::vector<std::string> outputs;  ///< files; none: standard output
  std::optional<std::size_t> top;    ///< diagnoses and steps to report at most
  bool all = false;                  ///< every run that the inputs hold, not one
  std::string fail_on;               ///< low, medium, high, critical; empty: never
};

/// Says what is wrong with a run: reads it, asks the packs, writes the report. Exit status as in
/// exit_status.hpp; `failed` where a diagnosis of at least `fail_on` severity reaches 50 %.
int infer(const InferOptions& options);

}  // namespace fmx::commands
