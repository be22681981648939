#include "src/reports/evidence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "src/reports/course.hpp"
#include "src/reports/figure.hpp"
#include "src/reports/hash.hpp"
#include "src/reports/phrase.hpp"

namespace fmx::reports {
namespace {

constexpr std::size_t curve_points = 48;
constexpr std::size_t most_readings = 2;  // comparisons quoted for one finding

const engine::Series* series_called(const engine::Run& run, const std::string& name) {
  const auto at = std::ranges::find(run.series, name, &engine::Series::name);
  return at == run.series.end() ? nullptr : &*at;
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

/// A condition that a series or a setting is there: of what was judged by it that goes without
/// saying.
bool is_presence(const Expression* condition) {
  return condition != nullptr && condition->kind == Expression::Kind::call &&
         (condition->function == Function::logged || condition->function == Function::given);
}

/// Whether an odd number of `not`s stands above the part of `condition` at `span`.
bool negated_at(const Knowledge& knowledge, const Expression& condition, Span span) {
  if (condition.span == span) return false;
  if (condition.kind == Expression::Kind::finding)
    return negated_at(knowledge, knowledge.findings[condition.index].when, span);
  const bool negates =
      condition.kind == Expression::Kind::operation && condition.op == Operator::logical_not;
  for (const Expression& operand : condition.operands) {
    if (part_at(knowledge, operand, span) != nullptr)
      return negated_at(knowledge, operand, span) != negates;
  }
  return false;
}

/// What the comparisons that decided came to, in the order of the engine. Of a condition that
/// `holds` those that do not carry it are left out, as the other branch of an `or`; and what says
/// little, unless there is nothing else to say.
std::string decided(const Case& facts, const std::vector<engine::Reading>& readings,
                    const Expression& condition, bool holds) {
  std::vector<const engine::Reading*> telling, rest;
  for (const engine::Reading& reading : readings) {
    if (!reading.degree.known()) continue;
    const bool carries = (reading.degree.value() >= engine::holds_from) !=
                         negated_at(facts.knowledge, condition, reading.span);
    if (holds && !carries) continue;
    const Expression* part = part_at(facts.knowledge, condition, reading.span);
    const bool little = carries && (is_enough_samples(part) || is_presence(part));
    (little ? rest : telling).push_back(&reading);
  }
  std::string said;
  std::size_t quoted = 0;
  for (const engine::Reading* reading : telling.empty() ? rest : telling) {
    if (quoted++ == most_readings) break;
    if (!said.empty()) said += ", ";
    said += phrase(facts, *reading, part_at(facts.knowledge, condition, reading->span));
  }
  return said;
}

/// Which way the comparisons that carry a sign want `series` to go; 0 where none says.
int way_asked_for(const Case& facts, const std::vector<engine::Reading>& readings,
                  const Expression& condition, const std::string& series) {
  for (const engine::Reading& reading : readings) {
    if (reading.series != series || !reading.degree.known()) continue;
    const Expression* part = part_at(facts.knowledge, condition, reading.span);
    const int way = part == nullptr ? 0 : wanted_way(*part);
    if (way != 0) return reading.degree.value() >= engine::holds_from ? way : -way;
  }
  return 0;
}

/// The other choices of its variables for which a finding is seen: "also: Task t1 waits for
/// itself".
std::string instances_beside(const Case& facts, Index finding) {
  constexpr std::size_t most = 3;
  const engine::Observations& observed = facts.diagnosis.observations;
  std::string said;
  std::size_t others = 0;
  for (std::size_t i = 0; i < observed.all.size(); ++i) {
    const engine::Observation& other = observed.all[i];
    if (other.finding != finding || i == observed.strongest_at[finding]) continue;
    if (!other.degree.known() || other.degree.value() < engine::holds_from) continue;
    if (++others <= most) said += (said.empty() ? "also: " : ", ") + other.title;
  }
  if (others > most) said += fmt::format(", and {} more", others - most);
  return said;
}

/// When a sign began, where that was observed: one that is there from the first sample on began
/// before, nobody knows when.
std::optional<double> observed_begin(const engine::Observation& observation,
                                     const engine::Series* series) {
  const bool from_the_first_on = series != nullptr && !series->steps.empty() && observation.since &&
                                 *observation.since <= series->steps.front();
  return from_the_first_on ? std::nullopt : observation.since;
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
  const std::string said =
      decided(facts, met.readings, risk.when, evidence.degree >= engine::holds_from);
  evidence.title = said.empty() ? std::string(facts.knowledge.sources.text(risk.when.span)) : said;
  evidence.numbers = risk.factor >= 1
                         ? fmt::format("raises its odds {} times", figure(risk.factor))
                         : fmt::format("lowers its odds {} times", figure(1 / risk.factor));
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

/// Names of the metrics that `expression` looks at.
void collect_metrics(const Knowledge& knowledge, const Expression& expression,
                     std::vector<std::string>& names) {
  if (expression.kind == Expression::Kind::metric) {
    const std::string& name = knowledge.metrics[expression.index].name;
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  for (const Expression& operand : expression.operands) collect_metrics(knowledge, operand, names);
}

/// Whether more of what is logged already would make known what is not.
bool more_would_tell(Unknown reason) {
  switch (reason) {
    case Unknown::too_few_samples:
    case Unknown::empty_window:
    case Unknown::only_nonfinite:
    case Unknown::cut_off: return true;
    default: return false;
  }
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
  const engine::Series* series = first ? series_called(facts.run, first->series) : nullptr;
  if (finding.since) evidence.began = observed_begin(observation, series);
  if (first != nullptr) take_reading(facts, *first, evidence);
  if (series != nullptr && finding.since && observation.since) {
    evidence.course =
        course(facts, *series, *observation.since,
               way_asked_for(facts, observation.readings, finding.when, evidence.series));
  }
  const bool seen = observation.degree.value() >= engine::holds_from;
  evidence.numbers = decided(facts, observation.readings, finding.when, seen);
  if (const std::string others = instances_beside(facts, index); !others.empty())
    evidence.numbers += (evidence.numbers.empty() ? "" : "; ") + others;
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
    const Unknown reason = facts.diagnosis.network.signs[index].degree.reason();
    std::vector<std::string> names;
    collect_missing(facts, finding.when, names);
    const bool partial = names.empty() && more_would_tell(reason);
    if (partial) collect_metrics(facts.knowledge, finding.when, names);
    if (names.empty() || gains[i] <= 0) continue;
    const std::string metric = fmt::format("{}", fmt::join(names, ", "));
    told.push_back(
        {.metric = metric,
         .finding = finding.id,
         .how = how_to_reveal(facts, index),
         .reason = std::string(fmx::describe(reason)),
         .log = partial ? fmt::format("more of {} ({})", metric, fmx::describe(reason)) : metric,
         .title = title_of_any(finding),
         .gain = gains[i]});
  }
  std::ranges::stable_sort(told, [](const Missing& a, const Missing& b) {
    return a.gain != b.gain ? a.gain > b.gain : a.finding < b.finding;
  });
  if (told.size() > most) told.resize(most);
  return told;
}

}  // namespace fmx::reports
