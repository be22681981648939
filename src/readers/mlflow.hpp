#pragma once

#include <string>
#include <vector>

#include "src/readers/folder.hpp"
#include "src/readers/reading.hpp"

namespace fmx::readers {

/// A run in an MLflow file store: a folder with meta.yaml and, below it, a file for each metric and
/// param.
struct MlflowRun {
  std::string folder;  ///< relative to the folder that was asked for; empty: that one
  std::vector<Entry> metrics, params;
};

/// Takes the files of MLflow runs out of `entries`.
std::vector<MlflowRun> take_mlflow_runs(std::vector<Entry>& entries);

Reading read_mlflow_run(const MlflowRun& run);

}  // namespace fmx::readers
