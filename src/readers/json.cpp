#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "src/readers/axis.hpp"
#include "src/readers/config.hpp"
#include "src/readers/document.hpp"
#include "src/readers/format.hpp"
#include "src/readers/json_text.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

constexpr std::size_t deepest = deepest_json;  // so nothing that was parsed is left out

std::string joined(const std::string& prefix, const std::string& key) {
  return prefix.empty() ? key : prefix + "/" + key;
}

/// The cells of one object, keys of nested ones joined by '/'. Lists are no samples.
void put_cells(Table& table, const Json& row, const std::string& prefix, std::size_t depth) {
  if (depth > deepest) return;
  for (const auto& [key, cell] : row.items()) {
    const std::string name = joined(prefix, key);
    if (cell.is_object()) {
      put_cells(table, cell, name, depth + 1);
    } else if (const auto value = json_number(cell)) {
      table.put(table.column(name), *value);
    } else if (cell.is_string()) {
      table.put_text(table.column(name), cell.get_ref<const std::string&>());
    } else if (cell.is_array()) {
      for (const Json& entry : cell) {
        if (entry.is_string())
          table.put_text(table.column(name), entry.get_ref<const std::string&>(), true);
      }
    }
  }
}

Table table_of_rows(const Json& rows) {
  Table table;
  for (const Json& row : rows) {
    if (row.is_object()) put_cells(table, row, "", 0);
    table.end_row();
  }
  return table;
}

bool is_rows(const Json& json) {
  return json.is_array() && !json.empty() &&
         std::all_of(json.begin(), json.end(), [](const Json& row) { return row.is_object(); });
}

/// A list of numbers, with gaps (null) allowed but not alone.
bool is_column(const Json& json) {
  if (!json.is_array() || json.empty()) return false;
  bool any = false;
  for (const Json& cell : json) {
    const bool numeric = json_number(cell).has_value();
    if (!numeric && !cell.is_null()) return false;
    any = any || numeric;
  }
  return any;
}

/// {"0": 2.3, "1": 2.2}: how pandas writes a column.
bool is_indexed_column(const Json& json) {
  if (!json.is_object() || json.empty()) return false;
  return std::all_of(json.items().begin(), json.items().end(), [](const auto& item) {
    return number(item.key()) && (item.value().is_null() || json_number(item.value()));
  });
}

/// [[wall time, step, value], ...]: how TensorBoard exports a scalar.
bool is_scalar_export(const Json& json) {
  if (!json.is_array() || json.empty()) return false;
  return std::all_of(json.begin(), json.end(), [](const Json& row) {
    return row.is_array() && row.size() == 3 && row[0].is_number() && row[1].is_number() &&
           json_number(row[2]);
  });
}

std::string stem(const std::string& name) {
  const std::size_t slash = name.find_last_of('/');
  const std::string file = slash == std::string::npos ? name : name.substr(slash + 1);
  return file.substr(0, file.find('.'));
}

/// Walks a JSON value and gathers what looks like a run's numbers, whatever the names.
class Gatherer {
 public:
  explicit Gatherer(std::string name) : name_(std::move(name)) {}

  void walk(const Json& json, const std::string& prefix, std::size_t depth) {
    if (depth > deepest) return;
    if (is_rows(json))
      return add(on_step_axis(table_of_rows(json), prefix.empty() ? name_ : prefix), prefix);
    if (is_column(json))
      return columns_.push_back({prefix.empty() ? stem(name_) : prefix, &json}), void();
    if (is_scalar_export(json)) return add_export(json, prefix);
    if (is_indexed_column(json)) return add_indexed(json, prefix);
    if (!json.is_object()) return;
    if (has_own_axis(json)) return add_group(json, prefix);
    for (const auto& [key, member] : json.items()) walk(member, joined(prefix, key), depth + 1);
  }

  Reading finish() {
    if (!columns_.empty()) add(on_step_axis(spread(columns_), name_), "");
    return std::move(reading_);
  }

 private:
  struct Named {
    std::string name;
    const Json* cells;
  };

  void add(Reading more, const std::string& prefix) {
    for (Samples& samples : more.samples) {
      samples.name = joined(prefix, samples.name);
      reading_.samples.push_back(std::move(samples));
    }
    if (reading_.step_name.empty()) reading_.step_name = more.step_name;
    reading_.facts.tables.merge(more.facts.tables);
    for (std::string& note : more.facts.notes) reading_.facts.notes.push_back(std::move(note));
  }

  void add_export(const Json& json, const std::string& prefix) {
    Samples samples{prefix.empty() ? stem(name_) : prefix, {}, {}};
    for (const Json& row : json) {
      samples.steps.push_back(row[1].get<double>());
      samples.values.push_back(json_number(row[2]).value_or(std::nan("")));
    }
    reading_.samples.push_back(std::move(samples));
    if (reading_.step_name.empty()) reading_.step_name = "step";
  }

  void add_indexed(const Json& json, const std::string& prefix) {
    Samples samples{prefix.empty() ? stem(name_) : prefix, {}, {}};
    for (const auto& [key, cell] : json.items()) {
      const auto value = json_number(cell);
      if (!value) continue;
      samples.steps.push_back(number(key).value_or(0));
      samples.values.push_back(*value);
    }
    reading_.samples.push_back(std::move(samples));
    if (reading_.step_name.empty()) reading_.step_name = "row";
  }

  static bool has_own_axis(const Json& json) {
    return std::any_of(json.items().begin(), json.items().end(), [](const auto& item) {
      return role_of(item.key()) == Role::step && is_column(item.value());
    });
  }

  void add_group(const Json& json, const std::string& prefix) {
    std::vector<Named> group;
    for (const auto& [key, member] : json.items()) {
      if (is_column(member)) {
        group.push_back({key, &member});
      } else if (member.is_structured()) {
        walk(member, joined(prefix, key), 1);
      }
    }
    add(on_step_axis(spread(group), name_), prefix);
  }

  /// Columns side by side. A shorter one was logged less often, at even distances: its last value
  /// stands beside the last of the longest.
  Table spread(const std::vector<Named>& columns) {
    std::size_t rows = 0;
    for (const Named& column : columns) rows = std::max(rows, column.cells->size());
    Table table;
    std::vector<std::size_t> places;
    for (const Named& column : columns) {
      places.push_back(table.column(column.name));
      if (column.cells->size() < rows) {
        reading_.facts.notes.push_back(
            fmt::format("{}: `{}` has {} values beside {}: taken as logged at even distances",
                        name_, column.name, column.cells->size(), rows));
      }
    }
    std::vector<std::size_t> next(columns.size(), 0);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const std::size_t size = columns[c].cells->size();
        if (next[c] == size || row + 1 < (next[c] + 1) * rows / size) continue;
        if (const auto value = json_number((*columns[c].cells)[next[c]]))
          table.put(places[c], *value);
        ++next[c];
      }
      table.end_row();
    }
    return table;
  }

  std::string name_;
  std::vector<Named> columns_;
  Reading reading_;
};

bool is_trainer_state(const Json& json) {
  return json.is_object() && json.contains("log_history") && json["log_history"].is_array();
}

/// Hugging Face trainer_state.json: the rows that the Trainer logged, and a few of its settings.
Reading read_trainer_state(const Json& json, const std::string& name) {
  Reading reading = on_step_axis(table_of_rows(json["log_history"]), name);
  for (const char* key : {"max_steps", "num_train_epochs", "train_batch_size", "logging_steps",
                          "eval_steps", "save_steps"}) {
    const auto found = json.find(key);
    if (found != json.end() && found->is_number()) reading.facts.config[key] = found->get<double>();
  }
  return reading;
}

/// One object of plain values: settings where it has keys that configs have, else one row of
/// results.
Reading read_flat_object(const Json& json, const std::string& name) {
  if (looks_like_config(json)) {
    Reading reading;
    settings_of(json, reading.facts.config);
    return reading;
  }
  Table table;
  put_cells(table, json, "", 0);
  table.end_row();
  return on_step_axis(std::move(table), name);
}

}  // namespace

/// An object or a list with nothing after it, as far as can be seen; `[0] train-loss:0.5` is none.
bool is_json(std::string_view head) {
  head = trimmed(head);
  if (head.size() < 2 || (head.front() != '{' && head.front() != '[')) return false;
  const std::string_view inside = trimmed(head.substr(1));
  if (head.front() == '{') return inside.empty() || inside.front() == '"' || inside.front() == '}';
  if (inside.empty() || inside.front() == '{' || inside.front() == '[' || inside.front() == ']')
    return true;
  const std::size_t end = inside.find_first_of(",]\n");
  const std::string_view first = trimmed(inside.substr(0, end));
  if (!number(first) && first.front() != '"' && first != "null") return false;
  const std::size_t close = inside.find(']');
  return close == std::string_view::npos || trimmed(inside.substr(close + 1)).empty();
}

Read read_json(Input& input, const DeclaredLines&) {
  const auto whole = input.whole();
  if (!whole) return Unexpected{whole.error()};
  const auto json = parse_json(*whole);
  if (!json) {
    return Unexpected{Problem{
        input.at(json.error().line), json.error().what,
        "mend the file, or log one JSON object a line, which can be read as far as it goes"}};
  }
  if (is_trainer_state(*json)) return read_trainer_state(*json, input.name());
  if (is_run_document(*json)) {
    Reading reading = read_run_document(*json, input.name());
    note_unopened(*json, input.name(), false, reading);
    return reading;
  }
  Gatherer gatherer(input.name());
  gatherer.walk(*json, "", 0);
  Reading reading = gatherer.finish();
  if (!reading.samples.empty() || !reading.facts.tables.empty()) {
    if (json->is_object()) {
      for (const auto& [key, member] : json->items()) {
        if (!member.is_structured() || looks_like_config(member)) {
          Settings settings;
          settings_of(Json{{key, member}}, settings);
          reading.facts.config.merge(settings);
        }
      }
    }
    return reading;
  }
  if (json->is_object()) return read_flat_object(*json, input.name());
  return reading;
}

}  // namespace fmx::readers
