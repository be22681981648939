#include "src/readers/read.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "src/readers/assemble.hpp"
#include "src/readers/document.hpp"
#include "src/readers/folder_run.hpp"
#include "src/readers/format.hpp"

namespace fmx::readers {

namespace {

namespace fs = std::filesystem;

Read read_file(const std::string& path, const std::string& name, const DeclaredLines& declared) {
  auto input = Input::open(path, name);
  if (!input) return Unexpected{input.error()};
  return read_input(*input, declared);
}

/// Opens what a run document names beside itself. What is not there is noted.
void read_artifacts(const std::vector<Artifact>& artifacts, const fs::path& beside,
                    const DeclaredLines& declared, Assembly& assembly) {
  for (const Artifact& artifact : artifacts) {
    const std::string path = (beside / artifact.path).string();
    if (artifact.kind == "config") {
      auto settings = read_config_file(path, artifact.path, assembly);
      settings ? assembly.add_config(std::move(*settings), false)
               : assembly.note(in_words(settings.error()));
      continue;
    }
    if (artifact.kind == "model_code" || artifact.kind == "error_messages") {
      auto input = Input::open(path, artifact.path);
      const auto text =
          input ? input->whole() : Result<std::string_view, Problem>(Unexpected{input.error()});
      if (!text) {
        assembly.note(in_words(text.error()));
      } else if (artifact.kind == "model_code") {
        assembly.add_code(std::string(*text));
      } else {
        assembly.add_log_lines({std::string(*text)});
      }
      continue;
    }
    auto reading = read_file(path, artifact.path, declared);
    reading ? assembly.add(std::move(*reading), artifact.path)
            : assembly.note(in_words(reading.error()));
  }
}

/// A run document named by the user: JSON.
std::optional<Problem> read_context(const std::string& path, const DeclaredLines& declared,
                                    Assembly& assembly) {
  auto input = Input::open(path, path);
  if (!input) return input.error();
  const auto whole = input->whole();
  if (!whole) return whole.error();
  const auto json = parse_json(*whole);
  if (!json) {
    return Problem{input->at(json.error().line), json.error().what, "mend the JSON at this line"};
  }
  if (!json->is_object()) {
    return Problem{path, "it is no JSON object", "give a run document: {\"symptoms\": [...], ...}"};
  }
  assembly.add(read_run_document(*json, path), path);
  read_artifacts(artifacts_of(*json), fs::path(path).parent_path(), declared, assembly);
  return std::nullopt;
}

std::optional<Problem> read_one(const std::string& path, const DeclaredLines& declared,
                                Assembly& assembly) {
  std::error_code error;
  if (path != "-" && fs::is_directory(path, error)) return read_folder(path, assembly, declared);
  const std::string name = path == "-" ? "standard input" : fs::path(path).filename().string();
  auto reading = read_file(path, name, declared);
  if (!reading) return reading.error();
  assembly.add(std::move(*reading), name);
  return std::nullopt;
}

}  // namespace

Result<engine::Run, Problem> read(const Request& request) {
  Assembly assembly;
  const DeclaredLines declared(request.knowledge);
  for (const std::string& path : request.inputs) {
    if (auto problem = read_one(path, declared, assembly)) return Unexpected{std::move(*problem)};
  }
  if (request.config) {
    auto settings = read_config_file(*request.config, *request.config, assembly);
    if (!settings) return Unexpected{settings.error()};
    assembly.add_config(std::move(*settings), true);
  }
  if (request.context) {
    if (auto problem = read_context(*request.context, declared, assembly))
      return Unexpected{std::move(*problem)};
  }
  const std::string all = fmt::format("{}", fmt::join(request.inputs, " "));
  if (!assembly.has_anything()) {
    return Unexpected{
        Problem{all, "nothing of a run was found",
                "name its log: JSON lines, CSV, trainer_state.json, or the folder that holds it"}};
  }
  return assembly.finish(all);
}

}  // namespace fmx::readers
