#include "src/readers/assemble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "src/readers/settle.hpp"
#include "src/readers/utf8.hpp"

namespace fmx::readers {

namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void take_if_empty(std::string& to, std::string from) {
  if (to.empty()) to = std::move(from);
}

/// Equal but for rounding: TensorBoard keeps single precision, printed logs a few digits.
bool same_value(double x, double y) {
  if (x == y || (std::isnan(x) && std::isnan(y))) return true;
  return std::abs(x - y) <= 0.01 * std::max(std::abs(x), std::abs(y)) + 1e-4;
}

/// Whether the longer of the two has all samples of the shorter, such as a summary of the last
/// step; or, of one sample each, the same value wherever it stands.
bool agree(const engine::Series& a, const engine::Series& b) {
  if (a.steps.size() < b.steps.size()) return agree(b, a);
  if (a.steps.size() == 1) return same_value(a.values.front(), b.values.front());
  std::size_t next = 0;
  for (std::size_t i = 0; i < b.steps.size(); ++i) {
    while (next < a.steps.size() && a.steps[next] < b.steps[i]) ++next;
    if (next == a.steps.size() || a.steps[next] != b.steps[i]) return false;
    if (!same_value(a.values[next], b.values[i])) return false;
  }
  return true;
}

/// Several files of a run may tell of one restart.
void join_restarts(engine::Series& known, const engine::Series& more) {
  std::vector<double>& steps = known.steps.own();
  steps.insert(steps.end(), more.steps.begin(), more.steps.end());
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  known.values.assign(steps.size(), 1.0);
}

}  // namespace

void Assembly::begin_input(std::string path, bool is_folder) {
  source_.input = inputs_.size();
  inputs_.push_back({std::move(path), is_folder});
}

std::vector<std::string> Assembly::rivals() const {
  std::vector<std::string> paths;
  for (const Input& input : inputs_) {
    if (input.is_rival) paths.push_back(input.path);
  }
  return paths;
}

bool Assembly::tell_of_two_runs(const Source& a, const Source& b) const {
  return a.input != b.input && a.format == b.format && inputs_[a.input].is_folder &&
         inputs_[b.input].is_folder;
}

void Assembly::add(Reading reading, const std::string& origin) {
  engine::File file{origin, std::string(reading.format), reading.rows, reading.samples.size(), 0};
  for (const Samples& one : reading.samples) {
    file.samples += one.values.size();
    if (reading.rows == 0) file.rows = std::max(file.rows, one.values.size());
  }
  run_.files.push_back(std::move(file));
  source_.format = reading.format;
  std::size_t samples = 0;
  std::vector<std::string> notes;
  reading.facts.series = settled(std::move(reading.samples), origin, notes);
  std::string shown = origin;
  if (!is_utf8(shown)) shown = "a file";
  if (reading.not_utf8) shown += fmt::format(":{}", *reading.not_utf8);
  make_utf8(reading.facts, shown);
  for (engine::Series& series : std::exchange(reading.facts.series, {})) {
    samples += series.values.size();
    add_series(std::move(series));
  }
  // Counted rows name the steps only where nothing else does.
  const std::size_t weight = reading.step_name == "row" ? 1 : samples + 1;
  if (samples > 0 && weight > most_samples_ && !reading.step_name.empty()) {
    most_samples_ = weight;
    run_.step_name = reading.step_name;
  }
  append(reading.facts.notes, std::move(notes));
  add_facts(std::move(reading.facts));
}

void Assembly::add_series(engine::Series series) {
  const auto known = by_name_.find(series.name);
  if (known == by_name_.end()) {
    by_name_.emplace(series.name, run_.series.size());
    run_.series.push_back(std::move(series));
    sources_.push_back(source_);
    return;
  }
  engine::Series& other = run_.series[known->second];
  if (series.name == "restart") return join_restarts(other, series);
  const bool shared = series.name == "time" || series.name == "epoch";
  const bool longer = series.values.size() > other.values.size();
  Source& source = sources_[known->second];
  if (!shared && !agree(other, series)) {
    ++disagreements_[{other.origin, series.origin}];
    if (tell_of_two_runs(source, source_))
      inputs_[source.input].is_rival = inputs_[source_.input].is_rival = true;
  }
  if (!longer) return;
  other = std::move(series);
  source = source_;
}

void Assembly::note_disagreements() {
  for (const auto& [files, count] : disagreements_) {
    note(fmt::format("{} and {} disagree in {} series; of each the longer one was taken",
                     files.first, files.second, count));
  }
}

void Assembly::add_facts(engine::Run facts) {
  run_.config.merge(facts.config);
  run_.environment.merge(facts.environment);
  append(run_.symptoms, std::move(facts.symptoms));
  take_if_empty(run_.expected, std::move(facts.expected));
  take_if_empty(run_.changed, std::move(facts.changed));
  take_if_empty(run_.reproducible, std::move(facts.reproducible));
  take_if_empty(run_.task, std::move(facts.task));
  append(run_.tried, std::move(facts.tried));
  for (auto& [name, rows] : facts.tables) append(run_.tables[name], std::move(rows));
  append(run_.log_lines, std::move(facts.log_lines));
  append(run_.code, std::move(facts.code));
  append(run_.notes, std::move(facts.notes));
}

void Assembly::add_config(Settings settings, bool force) {
  if (force) settings.swap(run_.config);
  run_.config.merge(settings);
}

void Assembly::add_log_lines(std::vector<std::string> lines) {
  append(run_.log_lines, std::move(lines));
}

bool Assembly::has_anything() const {
  return !run_.series.empty() || !run_.config.empty() || !run_.symptoms.empty() ||
         !run_.tables.empty() || !run_.log_lines.empty() || !run_.tried.empty() ||
         !run_.code.empty() || !run_.task.empty() || !run_.expected.empty() ||
         !run_.changed.empty();
}

engine::Run Assembly::finish(std::string input) {
  run_.input = std::move(input);
  note_disagreements();
  make_utf8(run_, "the input");
  std::stable_sort(
      run_.series.begin(), run_.series.end(),
      [](const engine::Series& a, const engine::Series& b) { return a.name < b.name; });
  return std::move(run_);
}

}  // namespace fmx::readers
