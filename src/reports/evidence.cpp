#include "src/reports/evidence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "src/reports/figure.hpp"
#include "src/reports/hash.hpp"
#include "src/reports/phrase.hpp"

namespace fmx::reports {
namespace {

constexpr std::size_t curve_points = 48;
constexpr double barely = 0.05;           // of a series' range: less is no movement
constexpr std::size_t most_readings = 2;  // comparisons quoted for one finding

const engine::Series* series_called(const engine::Run& run, const std::string& name) {
  const auto at = std::ranges::find(run.series, name, &engine::Series::name);
  return at == run.series.end() ? nullptr : &*at;
}

/// The median of the (up to) five finite samples that end at `step`, or of all before it where
/// fewer.
double level_at(const engine::Series& series, double step) {
  std::vector<double> near;
  auto at =
      static_cast<std::size_t>(std::ranges::upper_bound(series.steps, step) - series.steps.begin());
  while (at > 0 && near.size() < 5) {
    --at;
    if (std::isfinite(series.values[at])) near.push_back(series.values[at]);
  }
  if (near.empty()) return std::nan("");
  std::ranges::nth_element(near, near.begin() + static_cast<std::ptrdiff_t>(near.size() / 2));
  return near[near.size() / 2];
}

/// "train/loss rose from 0.52 to 3.1 between step 1,200 and 1,900"; empty where it hardly moved or
/// nothing says from when.
std::string movement(const engine::Run& run, const engine::Series& series, double began) {
  if (series.steps.empty() || began >= series.steps.back() || began < series.steps.front())
    return "";
  const double end = series.steps.back();
  if (!std::isfinite(series.values.back())) {
    return fmt::format("{} is {} at its end, {} {}", series.name, figure(series.values.back()),
                       run.step_name, position(end));
  }
  const double from = level_at(series, began), to = level_at(series, end);
  double lowest = from, highest = from;
  for (const double value : series.values) {
    if (!std::isfinite(value)) continue;
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
  }
  if (std::isnan(from) || std::abs(to - from) <= barely * (highest - lowest)) return "";
  return fmt::format("{} {} from {} to {} between {} {} and {}", series.name,
                     to > from ? "rose" : "fell", figure(from), figure(to), run.step_name,
                     position(began), position(end));
}

/// The line of a rule, named so that it is the same wherever the packs lie.
std::string rule_place(const Sources& sources, const std::string& pack, Span span) {
  const std::string& path = sources.at(span.source).path;
  const std::string file = path.substr(path.find_last_of('/') + 1);
  return fmt::format("{}/{}:{}", pack, file, sources.place(span).line);
}

/// A condition that only asks for enough samples to judge by.
bool is_enough_samples(const Expression* condition) {
  if (condition == nullptr || condition->operands.empty()) return false;
  const Expression& measured = condition->operands.front();
  return measured.kind == Expression::Kind::call && measured.function == Function::samples;
}

/// What the comparisons that decided came to, those that hold first as the engine orders them.
std::string decided(const Case& facts, const std::vector<engine::Reading>& readings,
                    const Expression& condition) {
  const auto says_much = [&](const engine::Reading& reading) {
    return !is_enough_samples(part_at(facts.knowledge, condition, reading.span));
  };
  const bool any = std::ranges::any_of(readings, says_much);
  std::string said;
  std::size_t quoted = 0;
  for (const engine::Reading& reading : readings) {
    if (!reading.degree.known() || quoted == most_readings) continue;
    if (any && reading.degree.value() > 0 && !says_much(reading)) continue;
    if (!said.empty()) said += ", ";
    said += phrase(facts, reading, part_at(facts.knowledge, condition, reading.span));
    ++quoted;
  }
  return said;
}

/// Fills in what one reading tells: the place it was read from and its numbers.
void take_reading(const Case& facts, const engine::Reading& reading, Evidence& evidence) {
  evidence.series = reading.series;
  evidence.config = reading.config_key;
  if (reading.value.known()) evidence.value = reading.value.value();
  evidence.threshold = reading.high ? reading.high : reading.low;
  if (const engine::Series* series = series_called(facts.run, reading.series)) {
    evidence.first_step = reading.first_step;
    evidence.last_step = reading.last_step;
    evidence.curve = curve({series->steps, series->values}, evidence.began, curve_points);
  }
}

/// Makes the text of its parts.
void put_together(Evidence& evidence) {
  evidence.text = evidence.title;
  std::string_view between = ": ";
  for (const std::string* part : {&evidence.course, &evidence.numbers}) {
    if (part->empty()) continue;
    evidence.text.append(between).append(*part);
    between = "; ";
  }
}

/// A setting that raises a pattern's prior odds.
Evidence describe_risk(const Case& facts, const Pattern& pattern,
                       const engine::Circumstance::Met& met) {
  const Risk& risk = pattern.risks[met.risk];
  Evidence evidence;
  evidence.degree = met.degree.value();
  evidence.direct = false;
  evidence.weight = met.degree.value() * std::log(risk.factor);
  evidence.rule = rule_place(facts.knowledge.sources, pattern.pack, risk.span);
  evidence.rule_hash = content_hash(facts.knowledge.sources.text(pattern.declaration));
  if (!met.readings.empty()) take_reading(facts, met.readings.front(), evidence);
  const std::string said = decided(facts, met.readings, risk.when);
  evidence.title = said.empty() ? std::string(facts.knowledge.sources.text(risk.when.span)) : said;
  evidence.numbers = risk.factor >= 1
                         ? fmt::format("makes it {} times as likely", figure(risk.factor))
                         : fmt::format("makes it {} times less likely", figure(1 / risk.factor));
  put_together(evidence);
  return evidence;
}

/// Names of what `expression` asks for and the run does not have.
void collect_missing(const Case& facts, const Expression& expression,
                     std::vector<std::string>& names) {
  const engine::Binding& binding = facts.diagnosis.binding;
  const auto add = [&](const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  if (expression.kind == Expression::Kind::metric && binding.metrics[expression.index].empty()) {
    add(facts.knowledge.metrics[expression.index].name);
  }
  if (expression.kind == Expression::Kind::parameter && !binding.params[expression.index]) {
    add(facts.knowledge.params[expression.index].name);
  }
  for (const Expression& operand : expression.operands) collect_missing(facts, operand, names);
}

/// How to come to know a finding, in the words of a check that reveals it.
std::string how_to_reveal(const Case& facts, Index finding) {
  for (const Check& check : facts.knowledge.checks) {
    if (std::ranges::find(check.reveals, finding) != check.reveals.end()) return check.title;
  }
  return "";
}

/// How a series went is said once, by the first that rests on it.
void say_courses_once(std::vector<Evidence>& evidence, std::vector<std::string>& said) {
  for (Evidence& each : evidence) {
    if (each.course.empty()) continue;
    if (std::ranges::find(said, each.course) == said.end()) {
      said.push_back(each.course);
    } else if (!each.numbers.empty()) {
      each.course.clear();
      put_together(each);
    }
  }
}

bool stronger(const Evidence& a, const Evidence& b) {
  const double by_weight = std::abs(a.weight) - std::abs(b.weight);
  return by_weight != 0 ? by_weight > 0 : a.finding < b.finding;
}

}  // namespace

Evidence describe(const Case& facts, Index index) {
  const Finding& finding = facts.knowledge.findings[index];
  const engine::Observations& observed = facts.diagnosis.observations;
  const engine::Observation& observation = observed.all[observed.strongest_at[index]];

  Evidence evidence;
  evidence.finding = finding.id;
  evidence.title = observation.title.empty() ? finding.title : observation.title;
  evidence.direct = finding.direct;
  if (finding.since) evidence.began = observation.since;
  evidence.rule = rule_place(facts.knowledge.sources, finding.pack, finding.when.span);
  evidence.rule_hash = content_hash(facts.knowledge.sources.text(finding.declaration));
  const Degree believed = facts.diagnosis.network.signs[index].degree;
  if (believed.known()) evidence.degree = believed.value();

  if (!observation.degree.known()) {  // then it was the user's words that spoke for it
    evidence.direct = false;
    evidence.numbers = "so you describe it";
    put_together(evidence);
    return evidence;
  }
  const engine::Reading* first = nullptr;
  for (const engine::Reading& reading : observation.readings) {
    if (first == nullptr || (first->series.empty() && !reading.series.empty())) first = &reading;
  }
  if (first != nullptr) take_reading(facts, *first, evidence);

  if (const engine::Series* series = series_called(facts.run, evidence.series);
      series != nullptr && evidence.began) {
    evidence.course = movement(facts.run, *series, *evidence.began);
  }
  evidence.numbers = decided(facts, observation.readings, finding.when);
  put_together(evidence);
  return evidence;
}

Weighed weigh(const Case& facts, Index pattern) {
  Weighed weighed;
  for (const engine::Contribution& part :
       facts.diagnosis.beliefs.posteriors[pattern].contributions) {
    if (!part.counted || part.weight == 0) continue;
    Evidence evidence = describe(facts, static_cast<Index>(part.finding));
    evidence.weight = part.weight;
    (part.weight > 0 ? weighed.evidence : weighed.against).push_back(std::move(evidence));
  }
  for (const engine::Circumstance::Met& met :
       facts.diagnosis.observations.circumstances[pattern].risks) {
    if (!met.degree.known() || met.degree.value() <= 0) continue;
    Evidence evidence = describe_risk(facts, facts.knowledge.patterns[pattern], met);
    if (evidence.weight == 0) continue;
    (evidence.weight > 0 ? weighed.evidence : weighed.against).push_back(std::move(evidence));
  }
  std::ranges::stable_sort(weighed.evidence, stronger);
  std::ranges::stable_sort(weighed.against, stronger);
  std::vector<std::string> said;
  say_courses_once(weighed.evidence, said);
  say_courses_once(weighed.against, said);
  return weighed;
}

std::vector<Missing> most_telling(const Case& facts, const std::vector<Index>& candidates,
                                  std::size_t most) {
  std::vector<std::size_t> unknown;
  for (const Index finding : candidates) {
    if (!facts.diagnosis.network.signs[finding].degree.known()) unknown.push_back(finding);
  }
  std::ranges::sort(unknown);
  unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());

  const std::vector<double> gains =
      engine::expected_gain(facts.diagnosis.network, facts.diagnosis.beliefs, unknown);
  std::vector<Missing> told;
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    const auto index = static_cast<Index>(unknown[i]);
    const Finding& finding = facts.knowledge.findings[index];
    std::vector<std::string> names;
    collect_missing(facts, finding.when, names);
    if (names.empty() || gains[i] <= 0) continue;  // logged, but too little of it
    told.push_back({.metric = fmt::format("{}", fmt::join(names, ", ")),
                    .finding = finding.id,
                    .how = how_to_reveal(facts, index),
                    .title = finding.title,
                    .gain = gains[i]});
  }
  std::ranges::stable_sort(told, [](const Missing& a, const Missing& b) {
    return a.gain != b.gain ? a.gain > b.gain : a.finding < b.finding;
  });
  if (told.size() > most) told.resize(most);
  return told;
}

}  // namespace fmx::reports
