#pragma once

#include <vector>

#include "src/reports/case.hpp"
#include "src/reports/report.hpp"

namespace fmx::reports {

/// The sources that `patterns` and their planned steps rest on, in the order in which the report
/// first leans on them, each with how far its set-up is this run's.
std::vector<Cited> literature(const Case& facts, const std::vector<Index>& patterns);

/// Analogies of `patterns` that bring a fix which their own field does not list.
std::vector<Insight> insights(const Case& facts, const std::vector<Index>& patterns);

/// Whom to hand a closer look at `patterns` to.
std::vector<Delegation> delegations(const Case& facts, const std::vector<Index>& patterns);

}  // namespace fmx::reports
