#pragma once

#include <optional>

#include "knowledge/knowledge.hpp"
#include "src/commands/run_input.hpp"
#include "src/problem.hpp"

namespace fmx::commands {

/// What was tried must be a fix that the packs know, or it could not count. Of --tried a name that
/// is none is a mistake; what a run document says in its own words is noted in the run as not
/// counted.
std::optional<Problem> settle_tried(const Knowledge& knowledge, const RunOptions& options,
                                    engine::Run& run);

}  // namespace fmx::commands
