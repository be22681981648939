#include "engine/session.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace fmx::engine {

namespace {

/// Puts `samples` among those of `series`; at a step that both have the new value stands.
void merge(Series& series, Window samples) {
  if (series.steps.empty() || samples.empty() || series.steps.back() < samples.steps.front()) {
    series.steps.insert(series.steps.end(), samples.steps.begin(), samples.steps.end());
    series.values.insert(series.values.end(), samples.values.begin(), samples.values.end());
    return;
  }
  Series merged;
  std::size_t old = 0, fresh = 0;
  while (old < series.steps.size() || fresh < samples.size()) {
    const bool has_old = old < series.steps.size(), has_fresh = fresh < samples.size();
    const bool take_old = has_old && (!has_fresh || series.steps[old] < samples.steps[fresh]);
    const bool replaces = has_old && has_fresh && series.steps[old] == samples.steps[fresh];
    merged.steps.push_back(take_old ? series.steps[old] : samples.steps[fresh]);
    merged.values.push_back(take_old ? series.values[old] : samples.values[fresh]);
    if (take_old || replaces) ++old;
    if (!take_old) ++fresh;
  }
  series.steps = std::move(merged.steps);
  series.values = std::move(merged.values);
}

}  // namespace

struct Session::State {
  const Knowledge& knowledge;
  Run run;
  std::optional<Diagnosis> diagnosis;
};

Session::Session(const Knowledge& knowledge, Run run)
    : state_(std::make_unique<State>(State{knowledge, std::move(run), {}})) {}

Session::~Session() = default;

void Session::append(const std::string& name, Window samples) {
  std::vector<Series>& all = state_->run.series;
  const auto at = std::lower_bound(all.begin(), all.end(), name,
                                   [](const Series& s, const auto& n) { return s.name < n; });
  const bool is_new = at == all.end() || at->name != name;
  Series& series = is_new ? *all.insert(at, Series{name, {}, {}, {}}) : *at;
  merge(series, samples);
  state_->diagnosis.reset();
}

void Session::set(const std::string& key, Setting value) {
  state_->run.config[key] = std::move(value);
  state_->diagnosis.reset();
}

void Session::unset(const std::string& key) {
  state_->run.config.erase(key);
  state_->diagnosis.reset();
}

void Session::add_row(const std::string& table, Row row) {
  state_->run.tables[table].push_back(std::move(row));
  state_->diagnosis.reset();
}

void Session::set_rows(const std::string& table, std::vector<Row> rows) {
  state_->run.tables[table] = std::move(rows);
  state_->diagnosis.reset();
}

void Session::add_log_lines(std::span<const std::string> lines) {
  state_->run.log_lines.insert(state_->run.log_lines.end(), lines.begin(), lines.end());
  state_->diagnosis.reset();
}

void Session::update(Run now) {
  state_->run = std::move(now);
  state_->diagnosis.reset();
}

const Run& Session::run() const { return state_->run; }

const Diagnosis& Session::diagnosis() {
  if (!state_->diagnosis) state_->diagnosis = diagnose(state_->knowledge, state_->run);
  return *state_->diagnosis;
}

}  // namespace fmx::engine
