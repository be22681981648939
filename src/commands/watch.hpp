#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/commands/run_input.hpp"

namespace fmx::commands {

struct WatchOptions : RunOptions {
  std::vector<std::string> packs;     ///< beside the default ones
  std::string format;                 ///< text, json; empty: text
  std::string exec;                   ///< a command to run with each report; empty: none
  std::string until;                  ///< end where a diagnosis this severe fires; empty: never
  std::optional<std::size_t> window;  ///< samples to keep of each series; none: all
  std::string interval = "500ms";     ///< between two looks, at least
  std::string hold;  ///< how long a failure is seen before it fires; empty: 3 looks
};

/// Follows a run while it is written, and says what changes. Ends with `failed` where --until is
/// met, with `done` on SIGINT or SIGTERM.
int watch(const WatchOptions& options);

}  // namespace fmx::commands
