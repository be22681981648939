#pragma once

#include <string>

#include "engine/match/match.hpp"
#include "knowledge/expression.hpp"
#include "src/reports/case.hpp"

namespace fmx::reports {

/// Which way a comparison wants the series that it asks about to go: 1 up, -1 down, 0 where that
/// cannot be said, as of noise or of a count. `last(x) / min(x) above 2` wants x to go up.
int wanted_way(const Expression& comparison);

/// How a series went from where a sign began to its end: "train/loss rose from 0.52 to 3.1 between
/// step 1,200 and 1,900". Empty where it hardly moved, where nothing says from when, and where it
/// went another way than the sign is about: a loss that had spiked and fell again is no rise.
std::string course(const Case& facts, const engine::Series& series, double began, int way);

}  // namespace fmx::reports
