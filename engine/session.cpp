#include "engine/session.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "engine/match/matcher.hpp"
#include "engine/match/table.hpp"

namespace fmx::engine {

namespace {

/// Puts `samples` among those of `series`; at a step that both have the new value stands.
void merge(Series& series, Window samples) {
  if (series.steps.empty() || samples.empty() || series.steps.back() < samples.steps.front()) {
    std::vector<double>& steps = series.steps.own();
    steps.insert(steps.end(), samples.steps.begin(), samples.steps.end());
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

/// Bit for bit: NaN is the same as NaN.
bool same_bits(std::span<const double> x, std::span<const double> y) {
  return std::ranges::equal(x, y, {}, std::bit_cast<std::uint64_t, double>,
                            std::bit_cast<std::uint64_t, double>);
}

bool same_samples(const Series& a, const Series& b) {
  return same_bits(a.steps, b.steps) && same_bits(a.values, b.values);
}

/// Whether two series are the same to bind(): both curves that begin alike, or both none.
bool binds_alike(const std::vector<double>& a, const std::vector<double>& b) {
  constexpr std::size_t looked_at = 2;
  return a.size() >= looked_at && b.size() >= looked_at &&
         same_bits(std::span(a).first(looked_at), std::span(b).first(looked_at));
}

bool is_no_run(const Run& run) { return logs_nothing(run) && run.config.empty(); }

/// Whether `now` begins with all of `before`.
template <class T>
bool continues(const std::vector<T>& before, const std::vector<T>& now) {
  return before.size() <= now.size() && std::equal(before.begin(), before.end(), now.begin());
}

/// The name that the run has for a table.
std::optional<std::string> carrier(const Run& run, const Table& table) {
  const std::vector<Row>* rows = find_table(run, table);
  for (const auto& [name, of_it] : run.tables) {
    if (&of_it == rows) return name;
  }
  return std::nullopt;
}

bool same_members(const std::vector<Member>& a, const std::vector<Member>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Member& x, const Member& y) {
    return x.labels == y.labels && x.series == y.series && x.agreement == y.agreement &&
           x.alias == y.alias;
  });
}

}  // namespace

struct Session::State {
  State(const Knowledge& known, Run start) : knowledge(known), run(std::move(start)) {}

  Series& series(const std::string& name);
  void renumber(const std::vector<std::uint32_t>& now);
  void take_over(std::vector<Series>& now);
  void rows_changed(const std::string& table, bool only_more);
  void start();
  void follow();
  Changes changes();
  void bind_again(Changes& changes);
  void note_tables(Changes& changes);

  const Knowledge& knowledge;
  Run run;
  Diagnosis diagnosis;
  std::optional<Matcher> matcher;  ///< none: everything is to be worked out
  /// By table of the knowledge: the run's table that carried it when it was last looked at.
  std::vector<std::optional<std::string>> carried;

  // What changed since the last diagnosis.
  bool stale = true;
  bool was_no_run = false;   ///< when everything was last worked out: there were words alone
  bool other_names = false;  ///< of series or settings: others may carry a metric or param
  bool symptoms = false, log_lines = false, code = false;
  std::set<std::string> series_changed, settings_changed;
  std::map<std::string, bool> tables_changed;  ///< whether rows only came
};

/// The series of that name, which is new where the run has none.
Series& Session::State::series(const std::string& name) {
  const auto at =
      std::lower_bound(run.series.begin(), run.series.end(), name,
                       [](const Series& s, const std::string& n) { return s.name < n; });
  if (at != run.series.end() && at->name == name) return *at;
  const auto place = static_cast<std::uint32_t>(at - run.series.begin());
  std::vector<std::uint32_t> now(run.series.size());
  for (std::uint32_t i = 0; i < now.size(); ++i) now[i] = i < place ? i : i + 1;
  renumber(now);
  other_names = true;
  return *run.series.insert(at, Series{name, {}, {}, {}});
}

/// Series change places, or go (Origin::none); their samples stay where they are.
void Session::State::renumber(const std::vector<std::uint32_t>& now) {
  if (!matcher) return;
  matcher->renumber(now);
  for (auto& members : diagnosis.binding.metrics) {
    for (Member& member : members) {
      if (member.series != Origin::none) member.series = now[member.series];
    }
  }
}

/// `now` are the series from now on. What is as it was stays where it is: results look at it.
void Session::State::take_over(std::vector<Series>& now) {
  std::map<std::string, std::uint32_t> place;
  for (std::uint32_t i = 0; i < now.size(); ++i) place[now[i].name] = i;
  std::vector<std::uint32_t> renumbered(run.series.size(),
                                        static_cast<std::uint32_t>(Origin::none));
  for (std::size_t i = 0; i < run.series.size(); ++i) {
    Series& before = run.series[i];
    const auto at = place.find(before.name);
    other_names = other_names || at == place.end() || at->second != i;
    if (at == place.end()) continue;
    renumbered[i] = at->second;
    Series& after = now[at->second];
    if (same_samples(before, after)) {
      after.steps = std::move(before.steps);
      after.values = std::move(before.values);
    } else {
      series_changed.insert(before.name);
      other_names = other_names || !binds_alike(before.values, after.values);
    }
  }
  other_names = other_names || now.size() != run.series.size();
  renumber(renumbered);
  run.series = std::move(now);
}

void Session::State::rows_changed(const std::string& table, bool only_more) {
  const auto [known, is_new] = tables_changed.try_emplace(table, only_more);
  if (!is_new) known->second = known->second && only_more;
}

/// Binds anew, and adds the metrics and params that something else carries now.
void Session::State::bind_again(Changes& changes) {
  Binding now = bind(knowledge, run);
  Binding& before = diagnosis.binding;
  for (Index i = 0; i < now.metrics.size(); ++i) {
    if (!same_members(before.metrics[i], now.metrics[i])) changes.metrics.push_back(i);
  }
  for (Index i = 0; i < now.params.size(); ++i) {
    if (before.params[i] != now.params[i]) changes.params.push_back(i);
  }
  before = std::move(now);
}

void Session::State::note_tables(Changes& changes) {
  for (Index i = 0; i < knowledge.tables.size(); ++i) {
    const std::optional<std::string> name = carrier(run, knowledge.tables[i]);
    const auto change = name ? tables_changed.find(*name) : tables_changed.end();
    if (name != carried[i]) {
      changes.tables.push_back(i);
    } else if (change != tables_changed.end()) {
      (change->second ? changes.grown : changes.tables).push_back(i);
    }
    carried[i] = name;
  }
}

/// What changed, in terms of the knowledge; the binding is brought up to date.
Changes Session::State::changes() {
  Changes changes;
  if (other_names) bind_again(changes);
  const auto carries_changed = [&](const Member& member) {
    return series_changed.contains(run.series[member.series].name);
  };
  for (Index i = 0; i < knowledge.metrics.size(); ++i) {
    const auto& members = diagnosis.binding.metrics[i];
    if (std::any_of(members.begin(), members.end(), carries_changed)) changes.metrics.push_back(i);
  }
  for (Index i = 0; i < knowledge.params.size(); ++i) {
    const std::optional<std::string>& key = diagnosis.binding.params[i];
    if (key && settings_changed.contains(*key)) changes.params.push_back(i);
  }
  note_tables(changes);
  changes.symptoms = symptoms;
  changes.log_lines = log_lines;
  changes.code = code;
  return changes;
}

/// From nothing.
void Session::State::start() {
  diagnosis = {};
  was_no_run = is_no_run(run);
  diagnosis.binding = bind(knowledge, run);
  matcher.emplace(knowledge, run, diagnosis.binding);
  carried.clear();
  for (const Table& table : knowledge.tables) carried.push_back(carrier(run, table));
  diagnosis.observations = matcher->observations();
}

void Session::State::follow() { matcher->follow(changes(), diagnosis.observations); }

Session::Session(const Knowledge& knowledge, Run run)
    : state_(std::make_unique<State>(knowledge, std::move(run))) {}

Session::~Session() = default;

void Session::append(const std::string& name, Window samples) {
  state_->stale = true;
  Series& series = state_->series(name);
  const std::vector<double> began(
      series.values.begin(),
      series.values.begin() +
          static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, series.values.size())));
  merge(series, samples);
  if (!binds_alike(began, series.values)) state_->other_names = true;
  state_->series_changed.insert(name);
}

void Session::set(const std::string& key, Setting value) {
  const auto [at, is_new] = state_->run.config.try_emplace(key);
  if (!is_new && at->second == value) return;
  at->second = std::move(value);
  state_->stale = true;
  state_->other_names = state_->other_names || is_new;
  state_->settings_changed.insert(key);
}

void Session::unset(const std::string& key) {
  if (state_->run.config.erase(key) == 0) return;
  state_->stale = true;
  state_->other_names = true;
  state_->settings_changed.insert(key);
}

void Session::add_row(const std::string& table, Row row) {
  state_->stale = true;
  state_->run.tables[table].push_back(std::move(row));
  state_->rows_changed(table, true);
}

void Session::set_rows(const std::string& table, std::vector<Row> rows) {
  std::vector<Row>& before = state_->run.tables[table];
  state_->stale = true;
  state_->rows_changed(table, continues(before, rows));
  before = std::move(rows);
}

void Session::add_log_lines(std::span<const std::string> lines) {
  if (lines.empty()) return;
  state_->stale = state_->log_lines = true;
  state_->run.log_lines.insert(state_->run.log_lines.end(), lines.begin(), lines.end());
}

void Session::update(Run now) {
  State& state = *state_;
  Run& run = state.run;
  state.stale = true;
  if (now.step_name != run.step_name) state.matcher.reset();  // every window may be another

  state.take_over(now.series);
  for (auto& [key, value] : now.config) set(key, std::move(value));
  std::erase_if(run.config, [&](const auto& setting) {
    if (now.config.contains(setting.first)) return false;
    state.settings_changed.insert(setting.first);
    return state.other_names = true;
  });
  for (auto& [table, rows] : now.tables) {
    const auto before = run.tables.find(table);
    if (before == run.tables.end() || before->second != rows) set_rows(table, std::move(rows));
  }
  std::erase_if(run.tables, [&](const auto& table) {
    if (now.tables.contains(table.first)) return false;
    state.rows_changed(table.first, false);
    return true;
  });
  state.symptoms = state.symptoms || run.symptoms != now.symptoms;
  state.log_lines = state.log_lines || run.log_lines != now.log_lines;
  state.code = state.code || run.code != now.code;

  now.series = std::move(run.series);
  now.config = std::move(run.config);
  now.tables = std::move(run.tables);
  run = std::move(now);
}

const Run& Session::run() const { return state_->run; }

const Diagnosis& Session::diagnosis() {
  State& state = *state_;
  if (!state.stale) return state.diagnosis;
  if (is_no_run(state.run) != state.was_no_run)
    state.matcher.reset();  // every `logged` may be another
  if (state.matcher) {
    state.follow();
  } else {
    state.start();
  }
  conclude(state.knowledge, state.run, state.diagnosis);
  state.stale = state.other_names = state.symptoms = state.log_lines = state.code = false;
  state.series_changed.clear();
  state.settings_changed.clear();
  state.tables_changed.clear();
  return state.diagnosis;
}

std::size_t Session::worked_out() const {
  return state_->matcher ? state_->matcher->worked_out() : 0;
}

}  // namespace fmx::engine
