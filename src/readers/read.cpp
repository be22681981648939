#include "src/readers/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "src/readers/assemble.hpp"
#include "src/readers/document.hpp"
#include "src/readers/files.hpp"
#include "src/readers/folder_run.hpp"
#include "src/readers/format.hpp"
#include "src/readers/number.hpp"
#include "src/readers/yaml_text.hpp"

namespace fmx::readers {

namespace {

namespace fs = std::filesystem;

/// Opens what a run document names beside itself. What is not there is noted.
void read_artifacts(const std::vector<Artifact>& artifacts, const fs::path& beside, Files& files,
                    Assembly& assembly) {
  for (const Artifact& artifact : artifacts) {
    const std::string path = (beside / artifact.path).string();
    std::error_code error;
    if (path == "-" || fs::is_other(path, error)) {  // a pipe or a device may never end
      assembly.note(artifact.path + ": a document can only name files; it was left out");
      continue;
    }
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
    auto reading = files.read(path, artifact.path);
    reading ? assembly.add(std::move(*reading), artifact.path)
            : assembly.note(in_words(reading.error()));
  }
}

/// JSON where it begins like JSON, else YAML.
Result<Json, Problem> parse_document(std::string_view text, const Input& input) {
  if (trimmed(text).substr(0, 1) != "{") return parse_yaml(text, input.name());
  const auto json = parse_json(text);
  if (json) return *json;
  return Unexpected{
      Problem{input.at(json.error().line), json.error().what, "mend the JSON at this line"}};
}

/// A run document named by the user: JSON or YAML.
std::optional<Problem> read_context(const std::string& path, Files& files, Assembly& assembly) {
  auto input = Input::open(path, path);
  if (!input) return input.error();
  const auto whole = input->whole();
  if (!whole) return whole.error();
  const auto json = parse_document(*whole, *input);
  if (!json) return json.error();
  if (!json->is_object()) {
    return Problem{path, "it is no run document",
                   "write `symptoms: [...]`, `changed: ...`, `tried: [...]` as JSON or YAML"};
  }
  Reading reading = read_run_document(*json, path);
  reading.format = "run document";
  assembly.add(std::move(reading), path);
  read_artifacts(artifacts_of(*json), fs::path(path).parent_path(), files, assembly);
  return std::nullopt;
}

/// The folder of an Aim repository, or one with such a folder in it.
bool is_aim_repository(const std::string& path) {
  std::error_code error;
  const fs::path folder = fs::path(path) / "";
  return folder.parent_path().filename() == ".aim" || fs::is_directory(folder / ".aim", error);
}

bool is_script(const std::string& path) {
  std::error_code error;
  return fs::path(path).extension() == ".py" && fs::is_regular_file(path, error);
}

/// Its file name; where others are called so too, the whole path.
std::string shown_name(const std::string& path, const std::vector<std::string>& inputs) {
  if (path == "-") return "standard input";
  const auto name = [](const std::string& one) { return fs::path(one).filename(); };
  const auto alike = std::ranges::count(inputs, name(path), name);
  return alike > 1 ? path : name(path).string();
}

std::optional<Problem> read_one(const std::string& path, const std::string& name, Files& files,
                                Assembly& assembly) {
  std::error_code error;
  const bool is_folder = path != "-" && fs::is_directory(path, error);
  assembly.begin_input(path, is_folder);
  if (is_folder) return read_folder(path, files, assembly);
  if (is_script(path)) {
    read_script(path, name, assembly);
    return std::nullopt;
  }
  auto reading = files.read(path, name);
  if (!reading) return reading.error();
  assembly.add(std::move(*reading), name);
  return std::nullopt;
}

}  // namespace

Result<engine::Run, Problem> read(const Request& request) {
  Assembly assembly;
  WholeFiles whole(request.knowledge);
  const std::string all = request.inputs.empty() && request.context
                              ? *request.context
                              : fmt::format("{}", fmt::join(request.inputs, " "));
  const bool only_scripts =
      !request.inputs.empty() && std::ranges::all_of(request.inputs, is_script);
  if (only_scripts && !request.config && !request.context) {
    return Unexpected{Problem{all, "it is a script, not a log",
                              "name what it writes: its log, or the folder of the run"}};
  }
  for (const std::string& path : request.inputs) {
    const bool streamed = path == "-" || request.files == nullptr;
    const std::string name = shown_name(path, request.inputs);
    if (auto problem = read_one(path, name, streamed ? whole : *request.files, assembly))
      return Unexpected{std::move(*problem)};
  }
  if (const auto runs = assembly.rivals(); !runs.empty()) {
    return Unexpected{Problem{all, "these folders hold a run each: their series disagree",
                              fmt::format("name one of them, such as {}", runs.front()), runs}};
  }
  if (request.config) {
    auto settings = read_config_file(*request.config, *request.config, assembly);
    if (!settings) return Unexpected{settings.error()};
    assembly.add_file(*request.config, "config");
    assembly.add_config(std::move(*settings), true);
  }
  if (request.context) {
    if (auto problem = read_context(*request.context, whole, assembly))
      return Unexpected{std::move(*problem)};
  }
  if (!assembly.has_anything()) {
    if (std::ranges::any_of(request.inputs, is_aim_repository)) {
      return Unexpected{Problem{all, "Aim keeps its runs in RocksDB, which only Aim itself reads",
                                "export them as docs/reading.md shows under \"Aim\", or log JSON "
                                "lines beside it"}};
    }
    const auto& notes = assembly.notes();
    return Unexpected{Problem{
        all, "nothing of a run was found" + (notes.empty() ? "" : " (" + notes.front() + ")"),
        "name its log: JSON lines, CSV, trainer_state.json, or the folder that holds it"}};
  }
  return assembly.finish(all);
}

}  // namespace fmx::readers
