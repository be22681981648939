#pragma once

#include <string>
#include <vector>

#include "src/packs/load.hpp"

namespace fmx::commands {

/// A mistake that was mended: where it stood when it was found, and what was done.
struct Mended {
  std::string path;
  int line = 1, column = 1;
  std::string code;
  std::string before, after;  ///< the text that was replaced, and by what; empty: left out
};

/// What mending rule files comes to. Nothing has been written.
struct Mending {
  std::vector<Mended> mended;  ///< in the order of rounds, then of places
  packs::Texts before, after;  ///< of the files that change, by path
  packs::Loaded left;          ///< the files as they would be
};

/// Applies the edits that diagnostics of `paths` carry, each only where the file has no more
/// mistakes in its grammar afterwards, until there is none left: mending once and mending twice is
/// the same.
Result<Mending, Problem> mend(const std::vector<std::string>& paths);

}  // namespace fmx::commands
