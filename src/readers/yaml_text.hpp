#pragma once

#include <string>
#include <string_view>

#include "src/readers/json_text.hpp"
#include "src/readers/read.hpp"

namespace fmx::readers {

/// YAML as the JSON that says the same: what is not in quotes and spells a number or a flag is one,
/// nothing and `~` are null. More than 20,000 values or 64 levels are a Problem.
Result<Json, Problem> parse_yaml(std::string_view text, const std::string& name);

}  // namespace fmx::readers
