#pragma once

#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::rule_tests {

/// The run that a test's `given` clauses describe.
engine::Run made_up_run(const Knowledge& knowledge, const Test& test);

}  // namespace fmx::rule_tests
