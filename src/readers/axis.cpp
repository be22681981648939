#include "src/readers/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "knowledge/counter.hpp"
#include "src/readers/letters.hpp"
#include "src/readers/records.hpp"
#include "src/readers/row_steps.hpp"

namespace fmx::readers {

namespace {

bool never_falls(const Column& column) {
  for (std::size_t i = 1; i < column.size(); ++i) {
    if (!(column.value(i) >= column.value(i - 1))) return false;
  }
  return column.size() > 0 && std::isfinite(column.value(0)) &&
         std::isfinite(column.value(column.size() - 1));
}

std::size_t distinct_values(const Column& column) {
  if (never_falls(column)) {  // as counters do: nothing has to be sorted
    std::size_t distinct = 1;
    for (std::size_t i = 1; i < column.size(); ++i)
      distinct += column.value(i) != column.value(i - 1);
    return distinct;
  }
  std::vector<double> values;
  values.reserve(column.size());
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (std::isfinite(column.value(i))) values.push_back(column.value(i));
  }
  std::sort(values.begin(), values.end());
  return static_cast<std::size_t>(std::unique(values.begin(), values.end()) - values.begin());
}

/// The column of `role` that tells most rows apart; a tie goes to the name that stands first.
std::optional<std::size_t> best_counter(const Table& table, Role role) {
  std::optional<std::size_t> best;
  std::size_t best_distinct = 1, best_place = 0;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const Column& column = table.columns()[i];
    if (role_of(column.name()) != role) continue;
    const std::size_t distinct = distinct_values(column);
    const auto named = counter_named(column.name());
    const std::size_t place = named ? named->place : 0;
    const bool only_row = table.rows() == 1 && distinct == 1;
    if (distinct > best_distinct || (distinct == best_distinct && best && place < best_place) ||
        (only_row && !best)) {
      best = i;
      best_distinct = distinct;
      best_place = place;
    }
  }
  return best;
}

/// The column's value at each row; where it has none, as it last stood, before its first the first.
std::vector<double> carried_forward(const Column& column, std::size_t rows) {
  std::vector<double> steps(rows);
  double last = column.value(0);
  std::size_t next = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (next < column.size() && column.row(next) == row) last = column.value(next++);
    steps[row] = last;
  }
  return steps;
}

/// The metric with most samples: where it stands, rows are counted, repeated and gone back to.
std::optional<std::size_t> longest_metric(const Table& table) {
  std::optional<std::size_t> longest;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const Column& column = table.columns()[i];
    if (role_of(column.name()) != Role::metric || column.size() == 0) continue;
    if (!longest || column.size() > table.columns()[*longest].size()) longest = i;
  }
  return longest;
}

/// A counter that begins again with every epoch: from one sample of `metric` to the next it goes
/// back where the epoch goes up.
bool begins_again_with_epochs(const std::vector<double>& steps, const Column& metric,
                              const Table& table) {
  const auto epoch = best_counter(table, Role::epoch);
  if (!epoch) return false;
  const std::vector<double> epochs = carried_forward(table.columns()[*epoch], table.rows());
  std::size_t back = 0, with_epoch = 0;
  for (std::size_t i = 1; i < metric.size(); ++i) {
    const std::uint32_t row = metric.row(i), before = metric.row(i - 1);
    if (!(steps[row] < steps[before])) continue;
    ++back;
    if (epochs[row] > epochs[before]) ++with_epoch;
  }
  return back > 0 && 2 * with_epoch > back;
}

/// How many samples of `metric` stand at the step of the sample before.
std::size_t repeated_steps(const Column& metric, const std::vector<double>& steps) {
  std::size_t repeated = 0;
  for (std::size_t i = 1; i < metric.size(); ++i) {
    repeated += steps[metric.row(i)] == steps[metric.row(i - 1)] ? 1 : 0;
  }
  return repeated;
}

/// Whether `steps` (by row) are an axis: they tell at least half of the metrics' samples apart, or
/// fail to do so only because the run was restarted.
bool tells_rows_apart(const std::vector<double>& steps, const Table& table) {
  if (std::ranges::adjacent_find(steps, std::greater_equal()) == steps.end()) return true;
  std::size_t samples = 0, repeated = 0;
  for (const Column& column : table.columns()) {
    if (role_of(column.name()) != Role::metric) continue;
    samples += column.size();
    repeated += repeated_steps(column, steps);
  }
  if (2 * repeated > samples) return false;
  const auto metric = longest_metric(table);
  return !metric || !begins_again_with_epochs(steps, table.columns()[*metric], table);
}

std::vector<double> row_numbers(const Table& table) {
  std::vector<double> steps(table.rows());
  for (std::size_t row = 0; row < steps.size(); ++row) steps[row] = table.row_number(row);
  return steps;
}

struct Axis {
  std::optional<std::size_t> column;
  std::vector<double> steps;  ///< by row
};

/// Steps before epochs, epochs before times, row numbers where nothing counts.
Axis choose_axis(const Table& table, const std::string& name, std::vector<std::string>& notes) {
  for (const Role role : {Role::step, Role::epoch}) {
    const auto best = best_counter(table, role);
    if (!best) continue;
    const Column& column = table.columns()[*best];
    std::vector<double> steps = carried_forward(column, table.rows());
    if (tells_rows_apart(steps, table)) return {best, std::move(steps)};
    notes.push_back(fmt::format("{}: `{}` repeats from row to row, so rows are counted instead",
                                name, column.name()));
    break;
  }
  return {std::nullopt, row_numbers(table)};
}

std::size_t times_back(const Column& column) {
  std::size_t back = 0;
  for (std::size_t i = 1; i < column.size(); ++i) back += column.value(i) < column.value(i - 1);
  return back;
}

bool rises_in_all(const Column& column) {
  return column.size() > 1 && column.value(column.size() - 1) > column.value(0);
}

/// A clock that was set, or several machines' clocks in one file, go back now and then.
bool is_clock(const Column& column) {
  const bool called_clock = role_of(column.name()) == Role::clock;
  const std::size_t allowed = called_clock ? std::max<std::size_t>(1, column.size() / 20) : 0;
  return rises_in_all(column) && times_back(column) <= allowed;
}

bool is_called_time(std::string_view key) {
  constexpr std::string_view time = "time";
  if (key.size() < time.size() || lower(key.substr(key.size() - time.size())) != time) return false;
  return key.size() == time.size() || key[key.size() - time.size() - 1] == '/';
}

/// `epoch` and `time` are the names under which the engine finds them; a `time` that is no clock
/// but a duration keeps its meaning under another name.
std::string series_name(const Column& column, bool has_epoch, bool has_time) {
  const Role role = role_of(column.name());
  if (role == Role::epoch && !has_epoch) return "epoch";
  const bool called_time = is_called_time(column.name());
  if ((role == Role::clock || called_time) && !has_time && is_clock(column)) return "time";
  if (called_time) return column.name().substr(0, column.name().size() - 4) + "iteration_time";
  return column.name();
}

void note_texts(const Table& table, const std::string& name, std::vector<std::string>& notes) {
  for (const Column& column : table.columns()) {
    if (column.texts == 0 || column.size() == 0) continue;
    notes.push_back(
        fmt::format("{}: `{}` holds {} that {} no number, such as \"{}\"", name, column.name(),
                    column.texts == 1 ? "a value" : fmt::format("{} values", column.texts),
                    column.texts == 1 ? "is" : "are", column.first_text));
  }
  for (const Column& column : table.columns()) {
    if (column.size() == 0 && column.texts > 0 && role_of(column.name()) == Role::step) {
      notes.push_back(fmt::format("{}: `{}` is not a number (\"{}\"), so it cannot order the rows",
                                  name, column.name(), column.first_text));
    }
  }
  if (table.left_out() > 0) {
    notes.push_back(
        fmt::format("{}: only the first {} columns were read", name, Table::most_columns));
  }
}

/// How often something had happened by each step: one sample where the step changes.
Samples counter(const std::string& metric, const std::vector<Table::Count>& counts,
                const std::vector<double>& steps) {
  Samples samples{metric, {}, {}};
  std::size_t next = 0;
  double total = 0;
  for (std::size_t row = 0; row < steps.size(); ++row) {
    for (; next < counts.size() && counts[next].row <= row; ++next) total += counts[next].times;
    if (row + 1 < steps.size() && steps[row + 1] == steps[row]) continue;
    samples.steps.push_back(steps[row]);
    samples.values.push_back(total);
  }
  return samples;
}

/// A run that logs the count itself knows better.
void add_counters(const Table& table, const std::vector<double>& steps, Reading& reading) {
  for (const auto& [metric, counts] : table.counts()) {
    const bool logged =
        std::ranges::find(reading.samples, metric, &Samples::name) != reading.samples.end();
    if (!logged) reading.samples.push_back(counter(metric, counts, steps));
  }
}

}  // namespace

Role role_of(std::string_view key) {
  const std::optional<Counter> counter = counter_named(key);
  if (!counter) return Role::metric;
  switch (counter->kind) {
    case Counter::Kind::step: return Role::step;
    case Counter::Kind::epoch: return Role::epoch;
    case Counter::Kind::clock: return Role::clock;
  }
  return Role::metric;
}

Reading on_step_axis(Table table, const std::string& name) {
  if (holds_records(table)) return read_records(table, name);
  Reading reading;
  reading.rows = table.rows();
  note_texts(table, name, reading.facts.notes);
  if (table.rows() == 0) {
    if (!table.counts().empty()) reading.step_name = "row";
    add_counters(table, {0.0}, reading);
    return reading;
  }
  Axis axis = choose_axis(table, name, reading.facts.notes);
  if (axis.column) table.columns()[*axis.column].clear();
  RowSteps steps(std::move(axis.steps));
  reading.step_name = axis.column ? table.columns()[*axis.column].name() : "row";

  bool has_epoch = false, has_time = false;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    Column& column = table.columns()[i];
    if (i == axis.column || column.size() == 0) continue;
    if (column.name().starts_with("config/")) {  // RLlib repeats its config in every row
      reading.facts.config[column.name().substr(7)] = column.value(column.size() - 1);
      continue;
    }
    std::string called = series_name(column, has_epoch, has_time);
    if (const std::size_t back = called == "time" ? times_back(column) : 0; back > 0) {
      reading.facts.notes.push_back(
          fmt::format("{}: the clock `{}` goes back {}", name, column.name(),
                      back == 1 ? "once" : fmt::format("{} times", back)));
    }
    has_epoch = has_epoch || called == "epoch";
    has_time = has_time || called == "time";
    reading.samples.push_back({std::move(called), steps.of(column), column.take_values()});
  }
  add_counters(table, steps.all(), reading);
  return reading;
}

}  // namespace fmx::readers
