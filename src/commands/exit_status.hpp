#pragma once

namespace fmx::commands {

/// What the program's exit status says; scripts rely on it.
enum ExitStatus : int {
  done = 0,
  failed = 1,     ///< --fail-on was met, or a check or test failed
  unusable = 2,   ///< bad usage, unreadable input, a broken pack
  undecided = 4,  ///< `fmx verify` cannot tell yet
};

}  // namespace fmx::commands
