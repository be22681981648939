#include "src/readers/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "src/readers/assemble.hpp"
#include "src/readers/axis.hpp"
#include "src/readers/document.hpp"
#include "src/readers/folder.hpp"
#include "src/readers/format.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

namespace fs = std::filesystem;

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string extension(const std::string& name) {
  return lower(fs::path(name).extension().string());
}

std::string folder_of(const std::string& name) {
  const std::size_t slash = name.find_last_of('/');
  return slash == std::string::npos ? "" : name.substr(0, slash);
}

bool is_called_config(const std::string& name) {
  const std::string stem = lower(fs::path(name).stem().string());
  constexpr std::array names = {
      "config",          "cfg",         "conf",    "args", "arguments", "params",   "hparams",
      "hyperparameters", "hyperparams", "opt",     "opts", "options",   "settings", "training_args",
      "train_config",    "flags",       "variant", "hyp"};
  return std::find(names.begin(), names.end(), stem) != names.end();
}

/// Whether a series' name says that a run was measured, where no step column does.
bool names_a_metric(const std::string& name) {
  const std::string plain = lower(name);
  constexpr std::array words = {"loss", "acc",     "reward", "return",        "error", "perplexity",
                                "ppl",  "grad",    "f1",     "auc",           "mse",   "mae",
                                "rmse", "entropy", "elbo",   "learning_rate", "score"};
  return plain == "lr" || std::any_of(words.begin(), words.end(), [&](const char* word) {
           return plain.find(word) != std::string::npos;
         });
}

/// Files that lie about in a run's folder may be anything: data sets, predictions, labels.
/// Numbers count as a run's only where they stand on a step axis or under a metric's name, and in
/// more than one row.
bool is_of_a_run(const Reading& reading) {
  std::size_t longest = 0;
  for (const Samples& samples : reading.samples) longest = std::max(longest, samples.steps.size());
  if (longest == 0) return false;
  if (reading.step_name != "row" && reading.step_name != "index") return true;
  return longest > 1 &&
         std::any_of(reading.samples.begin(), reading.samples.end(),
                     [](const Samples& samples) { return names_a_metric(samples.name); });
}

bool says_something(const engine::Run& facts) {
  return !facts.symptoms.empty() || !facts.tables.empty() || !facts.tried.empty() ||
         !facts.expected.empty() || !facts.changed.empty() || !facts.task.empty() ||
         !facts.environment.empty() || !facts.log_lines.empty();
}

Read read_file(const std::string& path, const std::string& name) {
  auto input = Input::open(path, name);
  if (!input) return Unexpected{input.error()};
  return read_input(*input);
}

Result<Settings, Problem> read_config_file(const std::string& path, const std::string& name) {
  auto input = Input::open(path, name);
  if (!input) return Unexpected{input.error()};
  return read_config(*input);
}

std::string in_words(const Problem& problem) {
  return fmt::format("{}: {}; {}", problem.where, problem.what, problem.remedy);
}

/// Reads a run's folder.
class Folder {
 public:
  Folder(std::string path, Assembly& assembly) : path_(std::move(path)), assembly_(assembly) {}

  std::optional<Problem> read() {
    std::vector<std::string> notes;
    auto entries = files_below(path_, notes);
    if (!entries) return entries.error();
    for (std::string& note : notes) assembly_.note(std::move(note));
    for (const Entry& entry : *entries) look_at(entry);
    const auto chosen = choose_run();
    if (!chosen) return chosen.error();
    for (Found& found : found_) {
      if (found.folder != *chosen && found.folder != "") continue;
      assembly_.add(std::move(found.reading), found.name);
    }
    for (auto& [folder, settings] : configs_) {
      if (folder == *chosen || folder == "" || folder_of(folder) == *chosen ||
          chosen->starts_with(folder + "/")) {
        assembly_.add_config(std::move(settings), false);
      }
    }
    return std::nullopt;
  }

 private:
  struct Found {
    std::string folder, name;
    Reading reading;
  };

  void look_at(const Entry& entry) {
    const std::string type = extension(entry.name);
    if (type == ".yaml" || type == ".yml" || type == ".toml") return look_at_config(entry);
    if (type == ".py") return look_at_code(entry);
    auto input = Input::open(entry.path, entry.name);
    if (!input) return assembly_.note(in_words(input.error()));
    const std::string_view head = input->head();
    if (trimmed(head).empty() || format_of(head) == nullptr) return;
    auto reading = read_input(*input);
    if (!reading) return assembly_.note(in_words(reading.error()));
    const bool config = !reading->facts.config.empty() || is_called_config(entry.name);
    if (is_of_a_run(*reading) || says_something(reading->facts)) {
      found_.push_back({folder_of(entry.name), entry.name, std::move(*reading)});
    } else if (config) {
      look_at_config(entry);
    }
  }

  void look_at_config(const Entry& entry) {
    auto settings = read_config_file(entry.path, entry.name);
    if (!settings) {
      if (is_called_config(entry.name)) assembly_.note(in_words(settings.error()));
      return;
    }
    if (!is_called_config(entry.name) && !looks_like_config(*settings)) return;
    configs_.push_back({folder_of(entry.name), std::move(*settings)});
  }

  void look_at_code(const Entry& entry) {
    constexpr std::size_t longest = 1u << 20, most = 50;
    auto input = Input::open(entry.path, entry.name);
    if (!input || ++scripts_ > most) return;
    if (input->head(longest + 1).size() > longest) return;
    const auto text = input->whole();
    if (text) assembly_.add_code(std::string(*text));
  }

  /// The folder whose files are the run: this one, where it holds series itself, else the only one
  /// below it that does.
  Result<std::string, Problem> choose_run() const {
    std::vector<std::string> folders;
    for (const Found& found : found_) {
      if (found.reading.samples.empty()) continue;
      if (found.folder == "") return std::string();
      if (std::find(folders.begin(), folders.end(), found.folder) == folders.end())
        folders.push_back(found.folder);
    }
    if (folders.empty()) return std::string();
    if (folders.size() == 1) return folders.front();
    return Unexpected{
        Problem{path_, fmt::format("the folder holds {} runs: {}", folders.size(), listed(folders)),
                fmt::format("name one of them, such as {}/{}", path_, folders.front())}};
  }

  static std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 10;
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(shown, names.size()));
    std::string list = fmt::format("{}", fmt::join(names.begin(), end, ", "));
    if (names.size() > shown) list += fmt::format(" and {} more", names.size() - shown);
    return list;
  }

  std::string path_;
  Assembly& assembly_;
  std::vector<Found> found_;
  std::vector<std::pair<std::string, Settings>> configs_;
  std::size_t scripts_ = 0;
};

/// Opens what a run document names beside itself. What is not there is noted.
void read_artifacts(const std::vector<Artifact>& artifacts, const fs::path& beside,
                    Assembly& assembly) {
  for (const Artifact& artifact : artifacts) {
    const std::string path = (beside / artifact.path).string();
    if (artifact.kind == "config") {
      auto settings = read_config_file(path, artifact.path);
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
    auto reading = read_file(path, artifact.path);
    reading ? assembly.add(std::move(*reading), artifact.path)
            : assembly.note(in_words(reading.error()));
  }
}

/// A run document named by the user: JSON.
std::optional<Problem> read_context(const std::string& path, Assembly& assembly) {
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
  read_artifacts(artifacts_of(*json), fs::path(path).parent_path(), assembly);
  return std::nullopt;
}

std::optional<Problem> read_one(const std::string& path, Assembly& assembly) {
  std::error_code error;
  if (path != "-" && fs::is_directory(path, error)) return Folder(path, assembly).read();
  const std::string name = path == "-" ? "standard input" : fs::path(path).filename().string();
  auto reading = read_file(path, name);
  if (!reading) return reading.error();
  assembly.add(std::move(*reading), name);
  return std::nullopt;
}

}  // namespace

Result<engine::Run, Problem> read(const Request& request) {
  Assembly assembly;
  for (const std::string& path : request.inputs) {
    if (auto problem = read_one(path, assembly)) return Unexpected{std::move(*problem)};
  }
  if (request.config) {
    auto settings = read_config_file(*request.config, *request.config);
    if (!settings) return Unexpected{settings.error()};
    assembly.add_config(std::move(*settings), true);
  }
  if (request.context) {
    if (auto problem = read_context(*request.context, assembly))
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
