#pragma once

#include <string_view>

#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::rule_tests {

/// The samples that a shape describes, as a run would have logged them. The noise is the same each
/// time: it is drawn from a generator seeded by `seed`.
///
/// Parts follow one another from step 0 on; `A -> B over N steps` reaches B at its N-th step, where
/// the next part begins, or the series ends; a decay loses the same share of its value at each
/// step.
engine::Series synthesize(const Shape& shape, std::string_view seed);

}  // namespace fmx::rule_tests
