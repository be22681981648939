#pragma once

#include "engine/diagnose.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::rule_tests {

/// What `expect` means where it gives no bound.
inline constexpr double even_odds = engine::likely_from;

/// Whether the diagnosis is as expected; of `expect not`, whether it is as the rest of the clause
/// says.
bool meets(const engine::Diagnosis& diagnosis, const Expectation& expected);

/// Whether `value` lies where the expectation has it: within its bounds, or at even odds and above.
bool within(const Expectation& expected, double value);

/// The rank of a pattern, 1 for the first; 0 where it is not ranked.
std::size_t rank_of(const engine::Diagnosis& diagnosis, Index pattern);

/// The rank of a fix among fixes, of a check among checks; 0 where it is not offered.
std::size_t rank_of(const engine::Plan& plan, engine::Step::Kind kind, Index index);

/// The observation of a finding that an expectation means: the instance it names (null where there
/// is none), else the strongest.
const engine::Observation* observed(const engine::Observations& observations,
                                    const Expectation& expected);

/// Whether a finding speaks for a pattern.
bool speaks_for(const engine::Diagnosis& diagnosis, Index finding, Index pattern);

}  // namespace fmx::rule_tests
