#pragma once

#include <vector>

#include "src/reports/case.hpp"
#include "src/reports/report.hpp"

namespace fmx::reports {

/// The plan's steps in words, with the run's own numbers in each change. A healthy run needs none;
/// where nothing is diagnosed only checks are offered, for a fix would be a guess.
std::vector<StepEntry> describe_steps(const Case& facts);

/// A fix's `verify`: its words, its clause and the time it gives. Empty where it has none.
std::string how_to_verify(const Case& facts, const Fix& fix);

}  // namespace fmx::reports
