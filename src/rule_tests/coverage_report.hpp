#pragma once

#include <string>

#include "src/rule_tests/coverage.hpp"

namespace fmx::rule_tests {

/// A line for each pack and one for all, then what was not reached, a line each with its place.
std::string coverage_as_text(const Knowledge& knowledge, const Coverage& coverage);

/// {"packs": [{"pack", "patterns_concluded": [reached, all], ...}], "all": {...},
///  "not_reached": [{"place", "what", "missing"}]}
std::string coverage_as_json(const Knowledge& knowledge, const Coverage& coverage);

}  // namespace fmx::rule_tests
