#pragma once

#include "dsl/problems.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::dsl {

/// Follows units through every condition and every value, and reports what does not go together:
/// steps compared with seconds, the rate of a gauge. A number without a unit takes that of what it
/// meets; what has no declared unit meets anything. A number with a unit that meets one of another
/// size is converted in place: beside a metric in ms, `2 s` becomes 2000.
void settle_units(Knowledge& knowledge, Problems& problems);

}  // namespace fmx::dsl
