#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace fmx::test {

/// Where `document` breaks `schema` (JSON Schema 2020-12), one line each; empty where it is valid.
/// Knows the keywords that docs/report.schema.json uses; an unknown one is reported, so that the
/// schema cannot outgrow its test.
std::vector<std::string> violations(const nlohmann::json& schema, const nlohmann::json& document);

}  // namespace fmx::test
