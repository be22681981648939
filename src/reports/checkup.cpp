#include "src/reports/checkup.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fmx::reports {
namespace {

constexpr std::size_t most_log_next = 20;

std::string match_word(const engine::Member& member) {
  switch (member.agreement) {
    case engine::Agreement::guessed: return "guess";
    case engine::Agreement::stripped: return "affix";
    case engine::Agreement::exact:
    case engine::Agreement::normal: break;
  }
  if (member.alias.find('{') != std::string::npos) return "pattern";
  return member.agreement == engine::Agreement::exact ? "exact" : "spelling";
}

std::string extent_word(engine::Judgeable::Extent extent) {
  switch (extent) {
    case engine::Judgeable::Extent::ruled_out: return "ruled-out";
    case engine::Judgeable::Extent::not_at_all: return "not";
    case engine::Judgeable::Extent::partly: return "partly";
    case engine::Judgeable::Extent::fully: return "fully";
  }
  return "";
}

template <class T>
std::vector<std::string> names_of(const std::vector<T>& entities, const std::vector<Index>& of) {
  std::vector<std::string> names;
  for (const Index index : of) names.push_back(entities[index].name);
  return names;
}

void check_series(const Case& facts, Checkup& checkup) {
  for (const engine::Series& series : facts.run.series) {
    CheckedSeries& each = checkup.series.emplace_back();
    each.name = series.name;
    each.file = series.origin;
    each.samples = series.values.size();
    each.first = series.steps.front();
    each.last = series.steps.back();
    each.match = "none";
    checkup.samples += each.samples;
    checkup.first_step = std::min(checkup.first_step.value_or(each.first), each.first);
    checkup.last_step = std::max(checkup.last_step.value_or(each.last), each.last);
  }
  const engine::Binding& binding = facts.diagnosis.binding;
  for (std::size_t m = 0; m < binding.metrics.size(); ++m) {
    const Metric& metric = facts.knowledge.metrics[m];
    for (const engine::Member& member : binding.metrics[m]) {
      CheckedSeries& each = checkup.series[member.series];
      each.metric = metric.id;
      each.title = metric.title;
      each.match = match_word(member);
      each.alias = member.alias;
      for (std::size_t l = 0; l < member.labels.size(); ++l) {
        if (!member.labels[l].empty()) each.labels.emplace_back(metric.labels[l], member.labels[l]);
      }
    }
  }
}

void check_settings(const Case& facts, Checkup& checkup) {
  std::vector<std::string> known;
  for (std::size_t p = 0; p < facts.knowledge.params.size(); ++p) {
    const auto& key = facts.diagnosis.binding.params[p];
    if (!key) continue;
    checkup.settings.push_back({*key, facts.knowledge.params[p].name});
    known.push_back(*key);
  }
  std::ranges::sort(checkup.settings, {}, &CheckedSetting::key);
  std::ranges::sort(known);
  for (const auto& [key, value] : facts.run.config) {
    if (!std::ranges::binary_search(known, key)) checkup.unknown_settings.push_back(key);
  }
}

void check_patterns(const Case& facts, const engine::Coverage& coverage, Checkup& checkup) {
  const Knowledge& knowledge = facts.knowledge;
  for (std::size_t p = 0; p < knowledge.patterns.size(); ++p) {
    const Pattern& pattern = knowledge.patterns[p];
    const engine::Judgeable& judgeable = coverage.patterns[p];
    checkup.patterns.push_back({.id = pattern.id,
                                .title = pattern.title,
                                .area = pattern.area.empty() ? pattern.pack : pattern.area,
                                .extent = extent_word(judgeable.extent),
                                .benign = pattern.impact == Impact::none,
                                .judged = judgeable.judged,
                                .metrics = names_of(knowledge.metrics, judgeable.needed.metrics),
                                .settings = names_of(knowledge.params, judgeable.needed.params),
                                .tables = names_of(knowledge.relations, judgeable.needed.tables)});
  }
  std::ranges::stable_sort(checkup.patterns, {}, &CheckedPattern::area);
}

void say_what_to_log(const Case& facts, const engine::Coverage& coverage, Checkup& checkup) {
  const auto prior = [&](Index p) { return facts.diagnosis.network.causes[p].prior; };
  for (const engine::Wanted& wanted : coverage.wanted) {
    if (checkup.log_next.size() == most_log_next || wanted.gain <= 0) break;
    const Metric& metric = facts.knowledge.metrics[wanted.metric];
    LogNext& next = checkup.log_next.emplace_back();
    next.metric = metric.id;
    next.name = metric.name;
    next.title = metric.title;
    next.unit = metric.unit;
    next.gain = wanted.gain;
    next.how = metric.how;
    std::vector<Index> patterns = wanted.patterns;
    std::ranges::stable_sort(patterns, std::ranges::greater{}, prior);
    for (const Index p : patterns) next.patterns.push_back(facts.knowledge.patterns[p].title);
  }
}

}  // namespace

Checkup checkup(const Case& facts) {
  const engine::Run& run = facts.run;
  Checkup result;
  result.input = run.input;
  result.step_name = run.step_name;
  for (const PackInfo& pack : facts.knowledge.packs)
    result.packs.emplace_back(pack.name, pack.version);
  result.files = run.files;
  result.log_lines = run.log_lines.size();
  result.scripts = run.code.size();
  for (const auto& [name, rows] : run.tables) result.tables.emplace_back(name, rows.size());
  result.notes = run.notes;
  check_series(facts, result);
  check_settings(facts, result);
  const engine::Coverage coverage = engine::coverage(facts.knowledge, run, facts.diagnosis);
  result.judged = coverage.judged;
  check_patterns(facts, coverage, result);
  say_what_to_log(facts, coverage, result);
  return result;
}

std::string guess_note(const std::string& series, const std::string& metric,
                       const std::string& alias) {
  return fmt::format(
      "`{}` was taken for the metric {}, a guess: log it as `{}`, or add the name to `aliases`",
      series, metric, alias);
}

}  // namespace fmx::reports
