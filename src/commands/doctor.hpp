#pragma once

#include <string>
#include <vector>

#include "src/commands/run_input.hpp"

namespace fmx::commands {

struct DoctorOptions : RunOptions {
  std::vector<std::string> packs;  ///< beside the default ones
  std::string format;              ///< text, md, json; empty: text
};

/// Says what was read of a run, which metric each series became, what that is enough to judge, and
/// what to log to be able to judge the rest.
int doctor(const DoctorOptions& options);

}  // namespace fmx::commands
