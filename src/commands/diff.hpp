#pragma once

#include <string>

namespace fmx::commands {

struct DiffOptions {
  std::string before, after;  ///< packs: folders or files
  std::string cases;          ///< folder of labelled runs
  std::string format;         ///< text, md, json
};

/// Says how two states of packs differ, in what they say and in what they make of labelled runs.
/// `failed` where a case that was right gets wrong.
int diff(const DiffOptions& options);

}  // namespace fmx::commands
