#include "src/readers/folder_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "src/cases/label.hpp"
#include "src/readers/document.hpp"
#include "src/readers/files.hpp"
#include "src/readers/folder.hpp"
#include "src/readers/format.hpp"
#include "src/readers/layout.hpp"
#include "src/readers/letters.hpp"
#include "src/readers/log_line.hpp"
#include "src/readers/mlflow.hpp"
#include "src/readers/number.hpp"
#include "src/readers/yaml_text.hpp"

namespace fmx::readers {

namespace {

namespace fs = std::filesystem;

bool is_called_config(const std::string& name) {
  const std::string stem = lower(fs::path(name).stem().string());
  constexpr std::array names = {
      "config",          "cfg",         "conf",    "args", "arguments", "params",   "hparams",
      "hyperparameters", "hyperparams", "opt",     "opts", "options",   "settings", "training_args",
      "train_config",    "flags",       "variant", "hyp"};
  return std::find(names.begin(), names.end(), stem) != names.end();
}

constexpr std::size_t most_scripts = 50;

/// Any text reads as a log of some kind. Without a course of samples it is one only by its name:
/// else a README or a list of packages would speak for the run.
constexpr std::size_t course = 4;  ///< rows

bool is_called_log(const std::string& name) {
  const std::string file = lower(last_part(name));
  const std::string type = fs::path(file).extension().string();
  if (type == ".log" || type == ".out" || type == ".err") return true;
  constexpr std::array words = {"log",   "stdout", "stderr", "output", "console",
                                "nohup", "slurm",  "error",  "trace"};
  return type != ".md" && type != ".rst" && type != ".html" && type != ".tex" &&
         std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return file.find(word) != std::string::npos; });
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

/// Whether it is JSON in one of the forms that fmx writes, not one that it reads.
bool has_own_schema(std::string_view top) {
  constexpr std::string_view key = "\"schema\":";
  const std::size_t at = top.find(key);
  if (at == top.npos) return false;
  const std::string_view schema = trimmed(top.substr(at + key.size()));
  return schema.starts_with("\"fmx-") && !schema.starts_with("\"fmx-run/");
}

/// A report of fmx that was written into the run's folder: it tells of the run and is no part of
/// it.
bool is_own_report(std::string_view head) {
  const std::string_view top = head.substr(0, 1000);
  return has_own_schema(top) || top.starts_with("# Failure Mode Research: ") ||
         (top.starts_with("\n  ") && top.find(" series, ") != top.npos);
}

bool may_be_of_a_run(std::string_view head) {
  return !trimmed(head).empty() && format_of(head) != nullptr && !is_own_report(head);
}

/// A file that holds something of a run.
struct Found {
  std::string name, folder;
  Reading reading;
};

struct Steps {
  double first = 0, last = 0;
  bool any = false;
};

Steps steps_of(const Reading& reading) {
  Steps steps;
  for (const Samples& samples : reading.samples) {
    if (samples.steps.empty()) continue;
    const auto [low, high] = std::minmax_element(samples.steps.begin(), samples.steps.end());
    steps.first = steps.any ? std::min(steps.first, *low) : *low;
    steps.last = steps.any ? std::max(steps.last, *high) : *high;
    steps.any = true;
  }
  return steps;
}

bool share_most_names(const Reading& a, const Reading& b) {
  std::size_t shared = 0;
  for (const Samples& samples : a.samples) {
    shared += std::any_of(b.samples.begin(), b.samples.end(), [&](const Samples& other) {
      return other.name == samples.name && samples.name != "time" && samples.name != "epoch";
    });
  }
  return shared > 0 && 2 * shared >= std::min(a.samples.size(), b.samples.size());
}

/// Appends a later file of the same series.
void append(Reading& to, Reading from) {
  for (Samples& more : from.samples) {
    const auto known = std::find_if(to.samples.begin(), to.samples.end(),
                                    [&](const Samples& s) { return s.name == more.name; });
    if (known == to.samples.end()) {
      to.samples.push_back(std::move(more));
      continue;
    }
    std::vector<double>& steps = known->steps.own();
    steps.insert(steps.end(), more.steps.begin(), more.steps.end());
    known->values.insert(known->values.end(), more.values.begin(), more.values.end());
  }
  for (std::string& note : from.facts.notes) to.facts.notes.push_back(std::move(note));
  to.facts.config.merge(from.facts.config);
}

class Folder {
 public:
  Folder(std::string path, Files& files, Assembly& assembly)
      : path_(std::move(path)), files_(files), assembly_(assembly) {}

  std::optional<Problem> read() {
    std::vector<std::string> notes;
    auto entries = files_below(path_, notes);
    if (!entries) return entries.error();
    for (std::string& note : notes) assembly_.note(std::move(note));
    for (const MlflowRun& run : take_mlflow_runs(*entries)) {
      found_.push_back({run.folder + "/metrics", run.folder, read_mlflow_run(run)});
    }
    for (const Entry& entry : *entries) look_at(entry);
    if (found_.empty()) note_tables();
    if (scripts_ > most_scripts) {
      assembly_.note(fmt::format("{}: only the first {} of {} scripts were kept", path_,
                                 most_scripts, scripts_));
    }
    if (auto problem = keep_one_run()) return problem;
    if (auto problem = join_continued()) return problem;
    // What a program printed is rounded: its files go first.
    std::stable_partition(found_.begin(), found_.end(),
                          [](const Found& found) { return found.reading.format != "text log"; });
    for (Found& found : found_) assembly_.add(std::move(found.reading), found.name);
    add_configs();
    return std::nullopt;
  }

 private:
  void look_at(const Entry& entry) {
    // What is wrong with a labelled run must not be known to those who are to find it out.
    if (last_part(entry.name) == cases::label_file) return;
    const std::string type = lower(fs::path(entry.name).extension().string());
    if (type == ".yaml" || type == ".yml" || type == ".toml") return look_at_config(entry);
    if (type == ".py") return look_at_code(entry);
    std::optional<Read> read = files_.read_if(may_be_of_a_run, entry.path, entry.name);
    if (!read) return;
    Read& reading = *read;
    if (!reading) return assembly_.note(in_words(reading.error()));
    const bool any_text = reading->format == "text log" && !is_called_log(entry.name);
    if (any_text && (!is_of_a_run(*reading) || reading->rows < course)) return;
    const bool config = !reading->facts.config.empty() || is_called_config(entry.name);
    if (is_of_a_run(*reading) || says_something(reading->facts)) {
      found_.push_back({entry.name, parent(entry.name), std::move(*reading)});
    } else if (config) {
      look_at_config(entry);
    } else if (!reading->samples.empty()) {
      tables_.push_back(entry.name);
    }
  }

  /// Where nothing else is there, a table may be what was meant after all.
  void note_tables() {
    constexpr std::size_t shown = 3;
    for (std::size_t i = 0; i < std::min(shown, tables_.size()); ++i) {
      assembly_.note(fmt::format(
          "{}: it has no step, no epoch and no column with the name of a metric, so it may be any "
          "table; name it to have it read: {}",
          tables_[i], (fs::path(path_) / tables_[i]).string()));
    }
  }

  void look_at_config(const Entry& entry) {
    auto input = Input::open(entry.path, entry.name);
    if (!input) return assembly_.note(in_words(input.error()));
    if (look_at_document(*input)) return;
    auto settings = read_config(*input);
    if (!settings) {
      if (is_called_config(entry.name)) assembly_.note(in_words(settings.error()));
      return;
    }
    for (std::string& note : input->take_notes()) assembly_.note(std::move(note));
    if (!is_called_config(entry.name) && !looks_like_config(*settings)) return;
    configs_.push_back({entry.name, std::move(*settings)});
  }

  /// A run document in YAML: most of its keys are such a document's.
  bool look_at_document(Input& input) {
    constexpr std::size_t longest = 1u << 20;
    const std::string_view text = input.head(longest + 1);
    if (text.size() > longest || trimmed(text).substr(0, 1) == "{") return false;
    const std::string& name = input.name();
    const auto json = parse_yaml(text, name);
    if (!json || !is_mostly_run_document(*json)) return false;
    Reading reading = read_run_document(*json, name);
    note_unopened(*json, name, true, reading);
    reading.format = "run document";
    found_.push_back({name, parent(name), std::move(reading)});
    return true;
  }

  void look_at_code(const Entry& entry) {
    if (++scripts_ <= most_scripts) read_script(entry.path, entry.name, assembly_);
  }

  /// Where several folders hold series, they must be parts of one run.
  std::optional<Problem> keep_one_run() {
    std::vector<std::string> folders;
    for (const Found& found : found_) {
      if (!found.reading.samples.empty()) folders.push_back(found.folder);
    }
    const std::vector<Place> places = places_of(folders);
    std::vector<std::string> runs;
    for (const Place& place : places) {
      if (std::find(runs.begin(), runs.end(), place.run) == runs.end()) runs.push_back(place.run);
    }
    const bool here = std::find(runs.begin(), runs.end(), "") != runs.end();
    if (runs.size() > 1 && !here) return several(runs);
    if (runs.size() > 1) note_others(runs);
    run_ = here || runs.empty() ? "" : runs.front();

    std::vector<Found> kept;
    std::size_t next = 0;
    for (Found& found : found_) {
      Place place =
          found.reading.samples.empty() ? places_of({found.folder}).front() : places[next++];
      const bool words_above = found.reading.samples.empty() && place.run.empty();
      if (place.run != run_ && !words_above) continue;
      put_before_names(place.prefix, found.reading);
      kept.push_back(std::move(found));
    }
    found_ = std::move(kept);
    return std::nullopt;
  }

  /// The folder is a run itself; what lies below it is not mixed into it.
  void note_others(std::vector<std::string> runs) {
    std::erase(runs, "");
    assembly_.note(fmt::format(
        "{} hold{} series of {} own and {} left out: name {} to have {} judged",
        fmt::join(runs, ", "), runs.size() == 1 ? "s" : "", runs.size() == 1 ? "its" : "their",
        runs.size() == 1 ? "was" : "were", runs.size() == 1 ? "it" : "one of them", "it"));
  }

  /// Files of one format in one folder that hold the same series continue one another, where their
  /// steps do not overlap, or where the format is one that programs begin anew after a restart.
  /// Otherwise they are runs of their own.
  std::optional<Problem> join_continued() {
    std::vector<Found> joined;
    std::vector<std::string> rivals;
    for (Found& found : found_) {
      const auto earlier = std::find_if(joined.begin(), joined.end(), [&](const Found& other) {
        return other.folder == found.folder && other.reading.format == found.reading.format &&
               share_most_names(other.reading, found.reading);
      });
      if (earlier == joined.end()) {
        joined.push_back(std::move(found));
        continue;
      }
      const Steps before = steps_of(earlier->reading), after = steps_of(found.reading);
      if (hold_different_splits(*earlier, found)) {
        name_after_split(*earlier);
        name_after_split(found);
        joined.push_back(std::move(found));
      } else if (found.reading.format == "TensorBoard event file" || after.first > before.last) {
        append(earlier->reading, std::move(found.reading));
      } else if (before.first > after.last) {
        append(found.reading, std::move(earlier->reading));
        earlier->reading = std::move(found.reading);
      } else {
        if (rivals.empty()) rivals.push_back(earlier->name);
        rivals.push_back(found.name);
      }
    }
    if (!rivals.empty()) return several(rivals);
    found_ = std::move(joined);
    return std::nullopt;
  }

  /// learn_error.tsv and test_error.tsv: one run, two sets of data.
  static bool hold_different_splits(const Found& a, const Found& b) {
    const std::string one = split_of_file(a.name), other = split_of_file(b.name);
    return !one.empty() && !other.empty() && one != other;
  }

  static void name_after_split(Found& found) {
    put_before_names(split_of_file(found.name), found.reading);
  }

  /// Clocks and epochs are the run's, not a split's.
  static void put_before_names(const std::string& prefix, Reading& reading) {
    if (prefix.empty()) return;
    for (Samples& samples : reading.samples) {
      const bool shared = samples.name == "time" || samples.name == "epoch";
      if (!shared && !samples.name.starts_with(prefix + "/"))
        samples.name = prefix + "/" + samples.name;
    }
  }

  void add_configs() {
    for (auto& [name, settings] : configs_) {
      const std::string folder = parent(name);
      const std::string run = places_of({folder}).front().run;
      const bool above = folder.empty() || run_.starts_with(folder + "/");
      if (run != run_ && !above) continue;
      assembly_.add_file(name, "config");
      assembly_.add_config(std::move(settings), false);
    }
  }

  Problem several(const std::vector<std::string>& names) const {
    constexpr std::size_t shown = 10;
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(shown, names.size()));
    std::string list = fmt::format("{}", fmt::join(names.begin(), end, ", "));
    if (names.size() > shown) list += fmt::format(" and {} more", names.size() - shown);
    std::vector<std::string> paths;
    for (const std::string& name : names) paths.push_back((fs::path(path_) / name).string());
    return {path_, fmt::format("the folder holds {} runs: {}", names.size(), list),
            fmt::format("name one of them, such as {}", paths.front()), paths};
  }

  std::string path_;
  Files& files_;
  Assembly& assembly_;
  std::vector<Found> found_;
  std::vector<std::pair<std::string, Settings>> configs_;  ///< by name
  std::vector<std::string> tables_;  ///< whose columns do not show that a run wrote them
  std::size_t scripts_ = 0;
  std::string run_;  ///< relative to `path_`
};

}  // namespace

std::optional<Problem> read_folder(const std::string& path, Files& files, Assembly& assembly) {
  return Folder(path, files, assembly).read();
}

std::string in_words(const Problem& problem) {
  return fmt::format("{}: {}; {}", problem.where, problem.what, problem.remedy);
}

void read_script(const std::string& path, const std::string& name, Assembly& assembly) {
  constexpr std::size_t longest = 1u << 20;
  auto input = Input::open(path, name);
  if (!input) return assembly.note(in_words(input.error()));
  if (input->head(longest + 1).size() > longest) {
    return assembly.note(
        fmt::format("{}: a script of more than {} MB was left out", name, longest >> 20));
  }
  const auto text = input->whole();
  if (!text) return;
  assembly.add_file(name, "script");
  assembly.add_code(std::string(*text));
}

Result<Settings, Problem> read_config_file(const std::string& path, const std::string& name,
                                           Assembly& assembly) {
  auto input = Input::open(path, name);
  if (!input) return Unexpected{input.error()};
  auto settings = read_config(*input);
  if (settings) {
    for (std::string& note : input->take_notes()) assembly.note(std::move(note));
  }
  return settings;
}

}  // namespace fmx::readers
