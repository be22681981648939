#include "src/cases/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace fmx::cases {
namespace {

constexpr double notable = 0.05;  // a smaller change of confidence says nothing

std::vector<std::string> ids(const Knowledge& knowledge, const std::vector<Index>& patterns) {
  std::vector<std::string> all;
  for (const Index pattern : patterns) all.push_back(knowledge.patterns[pattern].id);
  return all;
}

std::string id_of(const Knowledge& knowledge, std::optional<Index> pattern) {
  return pattern ? knowledge.patterns[*pattern].id : "";
}

/// What counts as the answer: the first diagnosis, where it is said.
std::string answer(const Said& of) {
  if (of.diagnoses.empty() || of.diagnoses.front().second < engine::likely_from) return "";
  return of.diagnoses.front().first;
}

double confidence(const Said& of) { return of.diagnoses.empty() ? 0 : of.diagnoses.front().second; }

std::optional<Changed::Kind> change(const Said& before, const Said& after) {
  using Kind = Changed::Kind;
  if (before.good != after.good) return after.good ? Kind::now_right : Kind::now_wrong;
  if (answer(before) != answer(after)) return Kind::other_diagnosis;
  if (before.status != after.status) return Kind::other_status;
  if (std::abs(confidence(before) - confidence(after)) >= notable) return Kind::confidence;
  return std::nullopt;
}

}  // namespace

std::vector<Said> said(const Knowledge& knowledge, const std::vector<engine::LabelledCase>& cases,
                       const std::vector<engine::Verdict>& verdicts) {
  std::vector<Said> all;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Said one{.name = cases[i].name,
             .label = ids(knowledge, cases[i].present),
             .accept = ids(knowledge, cases[i].accepted),
             .status = std::string(engine::word(verdicts[i].status)),
             .diagnoses = {},
             .good = engine::outcome(cases[i], verdicts[i]).good};
    for (const engine::Verdict::Named& named : verdicts[i].named) {
      one.diagnoses.emplace_back(knowledge.patterns[named.pattern].id, named.confidence);
    }
    all.push_back(std::move(one));
  }
  return all;
}

Evaluation evaluate(const Knowledge& knowledge, const Cases& cases,
                    const std::vector<Answer>& answers) {
  std::vector<engine::Verdict> verdicts;
  std::vector<engine::Outcome> outcomes;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    verdicts.push_back(answers[i].verdict);
    outcomes.push_back(engine::outcome(cases.runs[i], answers[i].verdict));
  }
  Evaluation result;
  result.score = engine::score(cases.runs, outcomes);
  for (const engine::PatternScore& score : engine::by_pattern(cases.runs, verdicts)) {
    result.patterns.push_back({id_of(knowledge, score.pattern), score});
  }
  for (const engine::Confusion& each : engine::confusion(cases.runs, verdicts)) {
    result.confusion.push_back(
        {id_of(knowledge, each.truth), id_of(knowledge, each.said), each.cases});
  }
  result.cases = said(knowledge, cases.runs, verdicts);
  result.not_used = cases.not_used;
  return result;
}

std::vector<Changed> changes(const std::vector<Said>& before, const std::vector<Said>& after) {
  std::map<std::string, const Said*> known;
  for (const Said& one : before) known.emplace(one.name, &one);
  std::vector<Changed> all;
  for (const Said& one : after) {
    const auto earlier = known.find(one.name);
    if (earlier == known.end()) continue;
    if (const auto kind = change(*earlier->second, one))
      all.push_back({*kind, *earlier->second, one});
  }
  std::ranges::stable_sort(all, {}, &Changed::kind);
  return all;
}

void compare(const std::vector<Said>& before, Evaluation& evaluation) {
  evaluation.compared = true;
  evaluation.changed = changes(before, evaluation.cases);
  const auto has = [](const std::vector<Said>& all, const std::string& name) {
    return std::ranges::find(all, name, &Said::name) != all.end();
  };
  for (const Said& one : before) {
    if (!has(evaluation.cases, one.name)) evaluation.only_before.push_back(one.name);
  }
  for (const Said& one : evaluation.cases) {
    if (!has(before, one.name)) evaluation.only_now.push_back(one.name);
  }
}

}  // namespace fmx::cases
