#pragma once

#include <string>

#include "src/rule_tests/coverage.hpp"

namespace fmx::rule_tests {

/// A line for each pack and one for all, then what was not reached, a line each with its place.
std::string coverage_as_text(const Knowledge& knowledge, const Coverage& coverage);

/// `fmx-coverage/1`, see docs/coverage.schema.json.
std::string coverage_as_json(const Knowledge& knowledge, const Coverage& coverage);

}  // namespace fmx::rule_tests
