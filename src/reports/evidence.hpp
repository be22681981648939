#pragma once

#include <cstddef>
#include <vector>

#include "src/reports/case.hpp"
#include "src/reports/report.hpp"

namespace fmx::reports {

/// What speaks for and against a pattern.
struct Weighed {
  std::vector<Evidence> evidence, against;  ///< strongest first
};
Weighed weigh(const Case& facts, Index pattern);

/// The unknown findings among `candidates` whose knowledge would tell most, best first, at most
/// `most`; each with what to log for it and a check that shows how.
std::vector<Missing> most_telling(const Case& facts, const std::vector<Index>& candidates,
                                  std::size_t most);

/// A finding as it was seen in this run, in one sentence with the run's own numbers.
Evidence describe(const Case& facts, Index finding);

}  // namespace fmx::reports
