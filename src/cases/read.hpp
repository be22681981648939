#pragma once

#include <string>
#include <vector>

#include "engine/learn/labelled_case.hpp"
#include "knowledge/result.hpp"
#include "src/problem.hpp"

namespace fmx::cases {

/// Labelled runs, and what could not be used.
struct Cases {
  std::vector<engine::LabelledCase> runs;  ///< by name; without observations
  std::vector<Problem> not_used;           ///< whole cases, and accepted names; by case
};

/// The labelled runs below `path`: every folder, at any depth, that holds a `label.json` is a case.
/// What else lies in it is its run, read as `fmx infer FOLDER` reads it. A case is named after its
/// folder, relative to `path`. Links to folders are followed; a folder counts once.
///
/// A run that cannot be read, and a label that is no pattern of `knowledge`, leave their case out;
/// an accepted name that is none is passed over.
/// A Problem is returned where there is no case at all, or where none is left.
Result<Cases, Problem> read(const Knowledge& knowledge, const std::string& path);

}  // namespace fmx::cases
