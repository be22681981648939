#pragma once

#include <string>
#include <vector>

#include "engine/diagnose.hpp"
#include "knowledge/result.hpp"
#include "src/problem.hpp"

namespace fmx::commands {

/// A run as it is not: settings that are otherwise, findings seen or not whatever the run shows.
struct Supposed {
  engine::Run run;
  engine::Diagnosis diagnosis;
};

/// `run` under each of `wishes`, NAME=VALUE: a param or a key of the run's config with its value,
/// or a finding with `seen`, `unseen`, `unknown` or a degree from 0 to 1.
Result<Supposed, Problem> suppose(const Knowledge& knowledge, engine::Run run,
                                  const std::vector<std::string>& wishes);

}  // namespace fmx::commands
