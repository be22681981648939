#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "knowledge/result.hpp"

namespace fmx::readers {

/// Keys in the order of the file.
using Json = nlohmann::ordered_json;

/// Why a text is no JSON, and in which line.
struct JsonError {
  std::size_t line = 1;
  std::string what;
};

/// Values nested deeper are an error, in documents and in rows: whatever walks them may recurse.
inline constexpr std::size_t deepest_json = 256;

/// JSON as trainers write it: bare NaN, Infinity and -Infinity become the strings "NaN",
/// "Infinity", "-Infinity". Nesting deeper than `deepest_json` is an error.
Result<Json, JsonError> parse_json(std::string_view text);

/// A number, or a string that spells one (NaN included), or a flag as 0 or 1. Empty for anything
/// else.
std::optional<double> json_number(const Json& value);

}  // namespace fmx::readers
