#pragma once

#include <functional>
#include <vector>

#include "engine/diagnose.hpp"
#include "engine/match/program.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::rule_tests {

/// A test with the run that it is about.
struct Trial {
  const Test* test = nullptr;  ///< of the knowledge
  engine::Run run;
  engine::Binding binding;
};

/// The tests for which `wanted` says so, their runs made up.
std::vector<Trial> trials(const Knowledge& knowledge,
                          const std::function<bool(const Test&)>& wanted);

/// Whether the test expects anything but findings.
bool asks_for_beliefs(const Test& test);
/// Whether the test expects anything of the plan.
bool asks_for_steps(const Test& test);

/// What is concluded from a trial's run, as far as its test asks. `program` holds all of
/// `knowledge`.
engine::Diagnosis diagnose(const engine::Program& program, const Knowledge& knowledge,
                           const Trial& trial);

}  // namespace fmx::rule_tests
