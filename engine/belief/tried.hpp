#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// A fix that was tried on this run before.
struct Attempt {
  Index fix = 0;
  std::string words;  ///< as the user put it
  bool helped =
      false;  ///< outcome `better`; anything else, also nothing said, is a failure: the run is here
};

/// The fix that `text` names: by id, by name, by title, or by words that hold every word of a fix's
/// name in some form ("gradient clipping at 1.0" for `clip_gradients`). The fix with the most words
/// wins, then the first by id. Empty where it names none.
std::optional<Index> fix_named(const Knowledge& knowledge, const std::string& text);

/// The attempts that name a fix, in the order of `run.tried`. What names none is left out.
std::vector<Attempt> attempts(const Knowledge& knowledge, const Run& run);

}  // namespace fmx::engine
