#pragma once

#include <string>

#include "src/readers/json_text.hpp"
#include "src/readers/reading.hpp"

namespace fmx::readers {

/// Whether `json` is a run document (DESIGN.md, "The run document"): its schema says so, or it has
/// keys of one with values of the right kind.
bool is_run_document(const Json& json);

/// The same, and most of its keys are a run document's: what tells one from a config that happens
/// to have such a key.
bool is_mostly_run_document(const Json& json);

/// What a run document says. Keys that it does not know and values of the wrong kind are noted.
/// Its artifacts are not opened here: see `artifacts_of`.
Reading read_run_document(const Json& json, const std::string& name);

/// Files that a run document names, in the order of its keys.
struct Artifact {
  std::string kind;  ///< training_logs, loss_curves, model_code, error_messages, config
  std::string path;
};
std::vector<Artifact> artifacts_of(const Json& json);

/// Notes the artifacts that are left out of a document that the user did not give as one
/// (--context): it may have come with the run from anywhere, and must not pull in files of this
/// machine. Where a folder is read, what lies in it is read anyway.
void note_unopened(const Json& json, const std::string& name, bool in_folder, Reading& reading);

}  // namespace fmx::readers
