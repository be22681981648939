#pragma once

#include <string>
#include <vector>

#include "knowledge/knowledge.hpp"

namespace fmx::test {

/// The knowledge of the packs under `paths`. Fails the test where they have mistakes.
Knowledge knowledge_of(const std::vector<std::string>& paths);

/// The JSON report on the run in `inputs`, with `config` where it is not empty.
std::string report_on(const Knowledge& knowledge, const std::vector<std::string>& inputs,
                      const std::string& config = "");

}  // namespace fmx::test
