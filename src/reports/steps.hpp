#pragma once

#include <string_view>
#include <vector>

#include "src/reports/case.hpp"
#include "src/reports/report.hpp"

namespace fmx::reports {

/// "low", "critical": how bad a failure or a fix's side effects are.
std::string_view name_of(Impact impact);

/// The plan's steps in words, with the run's own numbers in each change. A healthy run needs none;
/// where nothing is diagnosed only checks are offered, for a fix would be a guess.
std::vector<StepEntry> describe_steps(const Case& facts);

/// A fix's `verify`: its words, its clause and the time it gives. Empty where it has none.
std::string how_to_verify(const Case& facts, const Fix& fix);

}  // namespace fmx::reports
