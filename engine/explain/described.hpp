#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/diagnose.hpp"
#include "engine/explain/coverage.hpp"

namespace fmx::engine {

/// Something that the user describes and the run does not show.
struct NotShown {
  enum class Reason : std::uint8_t {
    not_seen,      ///< it was looked for, and is not so
    not_measured,  ///< nothing that was read could show it
  };
  std::string symptom;  ///< the user's words
  Index finding = 0;    ///< what they say; of several the one nearest to being seen, or known
  Reason reason = Reason::not_seen;
  Needed needed;  ///< of what is not measured: what would show it; empty where too little of it is
};

/// The symptoms that a finding is `said` by, none of which is seen in the run, in the user's order.
/// Words that no finding is said by are not among them: see is_understood().
std::vector<NotShown> not_shown(const Knowledge& knowledge, const Run& run,
                                const Diagnosis& diagnosis);

}  // namespace fmx::engine
