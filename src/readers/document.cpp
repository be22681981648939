#include "src/readers/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "src/readers/config.hpp"

namespace fmx::readers {

namespace {

constexpr std::array keys = {"schema",  "task",         "symptoms", "expected",    "changed",
                             "symptom", "reproducible", "config",   "environment", "tried",
                             "series",  "tables",       "logs",     "artifacts",   "constraints"};

bool known(const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

const Json* member(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() ? nullptr : &*found;
}

bool is_text_list(const Json& json) {
  return json.is_array() &&
         std::all_of(json.begin(), json.end(), [](const Json& e) { return e.is_string(); });
}

/// A text, a list of texts, or an object for one text: what people write for "some sentences".
std::vector<std::string> sentences(const Json& json) {
  std::vector<std::string> found;
  if (json.is_string()) found.push_back(json.get<std::string>());
  if (json.is_array()) {
    for (const Json& entry : json) {
      if (entry.is_string()) found.push_back(entry.get<std::string>());
    }
  }
  return found;
}

class Document {
 public:
  Document(const Json& json, std::string name) : json_(json), name_(std::move(name)) {}

  Reading read() {
    engine::Run& run = reading_.facts;
    text("task", run.task);
    text("expected", run.expected);
    text("changed", run.changed);
    text("reproducible", run.reproducible);
    for (const char* key : {"symptoms", "symptom"}) {
      const Json* words = member(json_, key);
      if (words == nullptr) continue;
      std::vector<std::string> said = sentences(*words);
      if (said.empty() && !words->empty()) wrong(key, "a list of texts");
      run.symptoms.insert(run.symptoms.end(), said.begin(), said.end());
    }
    if (const Json* settings = object("config")) settings_of(*settings, run.config);
    if (const Json* environment = object("environment")) read_environment(*environment);
    if (const Json* tried = member(json_, "tried")) read_tried(*tried);
    if (const Json* series = object("series")) read_series(*series);
    if (const Json* tables = object("tables")) read_tables(*tables);
    if (const Json* logs = member(json_, "logs")) read_logs(*logs);
    for (const auto& [key, value] : json_.items()) {
      if (!known(key)) note(fmt::format("`{}` is no key of a run document and was left out", key));
    }
    reading_.step_name = "step";
    return std::move(reading_);
  }

 private:
  void note(const std::string& what) { reading_.facts.notes.push_back(name_ + ": " + what); }

  void wrong(const std::string& key, const char* shape) {
    note(fmt::format("`{}` was left out: it should be {}", key, shape));
  }

  const Json* object(const char* key) {
    const Json* found = member(json_, key);
    if (found == nullptr || found->is_null()) return nullptr;
    if (found->is_object()) return found;
    wrong(key, "an object");
    return nullptr;
  }

  void text(const char* key, std::string& to) {
    const Json* found = member(json_, key);
    if (found == nullptr || found->is_null()) return;
    if (found->is_string()) {
      to = found->get<std::string>();
    } else if (found->is_boolean() || found->is_number()) {
      to = found->dump();
    } else {
      const auto several = sentences(*found);
      if (several.empty()) return wrong(key, "a text");
      to = fmt::format("{}", fmt::join(several, "; "));
    }
  }

  void read_environment(const Json& environment) {
    for (const auto& [key, setting] : settings_in(environment)) {
      reading_.facts.environment[key] = in_words(setting);
    }
  }

  void read_tried(const Json& tried) {
    if (tried.is_string()) {
      reading_.facts.tried.push_back({tried.get<std::string>(), ""});
      return;
    }
    if (!tried.is_array()) return wrong("tried", "a list");
    for (const Json& entry : tried) {
      if (entry.is_string()) {
        reading_.facts.tried.push_back({entry.get<std::string>(), ""});
      } else if (entry.is_object() && entry.contains("fix") && entry["fix"].is_string()) {
        const Json* outcome = member(entry, "outcome");
        reading_.facts.tried.push_back(
            {entry["fix"].get<std::string>(),
             outcome && outcome->is_string() ? outcome->get<std::string>() : ""});
      } else {
        note(
            "an entry of `tried` was left out: it should be a text or {\"fix\": ..., \"outcome\": "
            "...}");
      }
    }
  }

  /// A list of values, or {"step": [...], "value": [...]}.
  void read_series(const Json& series) {
    for (const auto& [key, entry] : series.items()) {
      const Json* values = entry.is_array()    ? &entry
                           : entry.is_object() ? member(entry, "value")
                                               : nullptr;
      const Json* steps = entry.is_object() ? member(entry, "step") : nullptr;
      if (values == nullptr && entry.is_object()) values = member(entry, "values");
      if (steps == nullptr && entry.is_object()) steps = member(entry, "steps");
      if (values == nullptr || !values->is_array() || (steps != nullptr && !steps->is_array())) {
        wrong("series/" + key, R"({"step": [...], "value": [...]} or a list of numbers)");
        continue;
      }
      if (steps != nullptr && steps->size() != values->size()) {
        note(fmt::format("series `{}` has {} steps and {} values; the surplus was left out", key,
                         steps->size(), values->size()));
      }
      read_samples(key, steps, *values);
    }
  }

  void read_samples(const std::string& key, const Json* steps, const Json& values) {
    Samples samples{key, {}, {}};
    std::size_t not_numbers = 0;
    const std::size_t size = steps ? std::min(steps->size(), values.size()) : values.size();
    for (std::size_t i = 0; i < size; ++i) {
      if (values[i].is_null()) continue;
      const auto value = json_number(values[i]);
      const auto step = steps ? json_number((*steps)[i]) : std::optional(static_cast<double>(i));
      if (value && step) {
        samples.steps.push_back(*step);
        samples.values.push_back(*value);
      } else {
        ++not_numbers;
      }
    }
    if (not_numbers > 0) {
      note(fmt::format("series `{}`: {} of {} samples are no numbers and were left out", key,
                       not_numbers, size));
    }
    reading_.samples.push_back(std::move(samples));
  }

  void read_tables(const Json& tables) {
    for (const auto& [key, rows] : tables.items()) {
      if (!rows.is_array()) {
        wrong("tables/" + key, "a list of objects");
        continue;
      }
      auto& table = reading_.facts.tables[key];
      for (const Json& row : rows) {
        if (row.is_object()) table.push_back(settings_in(row));
      }
      if (table.size() != rows.size()) {
        note(fmt::format("table `{}`: {} of {} rows are no objects and were left out", key,
                         rows.size() - table.size(), rows.size()));
      }
    }
  }

  void read_logs(const Json& logs) {
    for (const std::string& text : sentences(logs)) {
      for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (end > begin) reading_.facts.log_lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
      }
    }
  }

  const Json& json_;
  std::string name_;
  Reading reading_;
};

}  // namespace

bool is_run_document(const Json& json) {
  if (!json.is_object()) return false;
  if (const Json* schema = member(json, "schema")) {
    if (schema->is_string() && schema->get_ref<const std::string&>().starts_with("fmx-run/"))
      return true;
  }
  const auto is_object = [&](const char* key) {
    const Json* found = member(json, key);
    return found != nullptr && found->is_object();
  };
  const Json* symptoms = member(json, json.contains("symptoms") ? "symptoms" : "symptom");
  const Json* tried = member(json, "tried");
  const Json* logs = member(json, "logs");
  return is_object("series") || is_object("tables") || is_object("artifacts") ||
         (symptoms && (symptoms->is_string() || is_text_list(*symptoms))) ||
         (tried && (tried->is_array() || tried->is_string())) || (logs && is_text_list(*logs)) ||
         (is_object("config") && std::all_of(json.items().begin(), json.items().end(),
                                             [](const auto& item) { return known(item.key()); }));
}

bool is_mostly_run_document(const Json& json) {
  if (!is_run_document(json)) return false;
  const auto count = std::count_if(json.items().begin(), json.items().end(),
                                   [](const auto& item) { return known(item.key()); });
  return 2 * static_cast<std::size_t>(count) > json.size();
}

Reading read_run_document(const Json& json, const std::string& name) {
  return Document(json, name).read();
}

std::vector<Artifact> artifacts_of(const Json& json) {
  std::vector<Artifact> found;
  const Json* artifacts = json.is_object() ? member(json, "artifacts") : nullptr;
  if (artifacts == nullptr || !artifacts->is_object()) return found;
  for (const auto& [kind, paths] : artifacts->items()) {
    for (const std::string& path : sentences(paths)) found.push_back({kind, path});
  }
  return found;
}

void note_unopened(const Json& json, const std::string& name, bool in_folder, Reading& reading) {
  for (const Artifact& artifact : artifacts_of(json)) {
    const std::filesystem::path path = std::filesystem::path(artifact.path).lexically_normal();
    const bool beside = path.is_relative() && (path.empty() || *path.begin() != "..");
    if (in_folder && beside) continue;
    reading.facts.notes.push_back(
        fmt::format("{}: `{}` was not opened; give the document by --context to have its artifacts "
                    "read",
                    name, artifact.path));
  }
}

}  // namespace fmx::readers
