#include "src/readers/mlflow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "src/readers/config.hpp"
#include "src/readers/format.hpp"
#include "src/readers/layout.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

/// "wall time in ms, value, step", or in old stores without the step.
struct Logged {
  double milliseconds = 0, value = 0, step = 0;
};

std::optional<Logged> logged_in(std::string_view line) {
  double parts[3] = {0, 0, 0};
  std::size_t count = 0;
  while (!(line = trimmed(line)).empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const auto part = number(line.substr(0, end));
    if (!part || count == 3) return std::nullopt;
    parts[count++] = *part;
    line.remove_prefix(end);
  }
  if (count < 2 || parts[0] < 1e12) return std::nullopt;
  return Logged{parts[0], parts[1], parts[2]};
}

/// Adds a metric's file to `reading`; its times, where there are none yet.
void read_metric(Input& input, const std::string& metric, Reading& reading) {
  Samples samples{metric, {}, {}}, clock{"time", {}, {}};
  std::size_t broken = 0;
  while (const auto line = input.next_line()) {
    if (trimmed(line->text).empty()) continue;
    const auto logged = logged_in(line->text);
    if (!logged) {
      ++broken;
      continue;
    }
    samples.steps.push_back(logged->step);
    samples.values.push_back(logged->value);
    clock.steps.push_back(logged->step);
    clock.values.push_back(logged->milliseconds / 1000);
  }
  if (broken > 0) {
    reading.facts.notes.push_back(fmt::format(
        "{}: {} lines are no `time value step` and were left out", input.name(), broken));
  }
  const auto known = std::find_if(reading.samples.begin(), reading.samples.end(),
                                  [](const Samples& s) { return s.name == "time"; });
  if (known == reading.samples.end()) {
    reading.samples.push_back(std::move(clock));
  } else if (clock.steps.size() > known->steps.size()) {
    *known = std::move(clock);
  }
  reading.samples.push_back(std::move(samples));
}

}  // namespace

std::vector<MlflowRun> take_mlflow_runs(std::vector<Entry>& entries) {
  std::map<std::string, MlflowRun> runs;
  const auto below = [](const std::string& folder, const char* what) {
    return (folder.empty() ? "" : folder + "/") + what;
  };
  for (const Entry& entry : entries) {
    if (last_part(entry.name) == "meta.yaml") runs[parent(entry.name)].folder = parent(entry.name);
  }
  if (runs.empty()) return {};
  std::vector<Entry> rest;
  for (Entry& entry : entries) {
    std::string folder = parent(entry.name);
    while (!folder.empty() && !runs.contains(folder)) folder = parent(folder);
    const auto run = runs.find(folder);
    const bool metric = run != runs.end() && entry.name.starts_with(below(folder, "metrics/"));
    const bool param = run != runs.end() && entry.name.starts_with(below(folder, "params/"));
    if (metric) {
      run->second.metrics.push_back(std::move(entry));
    } else if (param) {
      run->second.params.push_back(std::move(entry));
    } else {
      rest.push_back(std::move(entry));
    }
  }
  entries = std::move(rest);
  std::vector<MlflowRun> found;
  for (auto& [folder, run] : runs) {
    if (!run.metrics.empty() || !run.params.empty()) found.push_back(std::move(run));
  }
  return found;
}

Reading read_mlflow_run(const MlflowRun& run) {
  Reading reading;
  reading.format = "MLflow file store";
  reading.step_name = "step";
  const std::size_t above = run.folder.empty() ? 0 : run.folder.size() + 1;
  const auto key = [&](const Entry& entry) {
    return entry.name.substr(entry.name.find('/', above) + 1);
  };
  for (const Entry& entry : run.metrics) {
    auto input = Input::open(entry.path, entry.name);
    if (input) read_metric(*input, key(entry), reading);
  }
  for (const Entry& entry : run.params) {
    auto input = Input::open(entry.path, entry.name);
    const auto text =
        input ? input->whole() : Result<std::string_view, Problem>(Unexpected{input.error()});
    if (text) reading.facts.config[key(entry)] = setting_of(*text);
  }
  return reading;
}

bool is_mlflow_metric(std::string_view head) {
  const std::size_t end = head.find('\n');
  return end != std::string_view::npos && logged_in(head.substr(0, end)).has_value();
}

Read read_mlflow_metric(Input& input, const DeclaredLines&) {
  Reading reading;
  reading.step_name = "step";
  read_metric(input, last_part(input.name()), reading);
  return reading;
}

}  // namespace fmx::readers
