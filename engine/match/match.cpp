#include "engine/match/match.hpp"

#include <cmath>

#include "engine/match/evaluate.hpp"
#include "engine/match/program.hpp"

namespace fmx::engine {
namespace {

/// Whether `a` says more than `b`: known before unknown, then the higher degree.
bool stronger(const Degree& a, const Degree& b) {
  if (!a.known() || !b.known()) return a.known() && !b.known();
  return a.value() > b.value();
}

Circumstance circumstance(Evaluator& evaluator, const Pattern& pattern,
                          const Program::PatternNodes& nodes) {
  Circumstance circumstance;
  for (const NodeId need : nodes.needs)
    circumstance.needs = circumstance.needs && evaluator.degree(need);
  for (Index i = 0; i < nodes.risks.size(); ++i) {
    const Degree degree = evaluator.degree(nodes.risks[i]);
    if (degree.known())
      circumstance.risk_factor *= std::pow(pattern.risks[i].factor, degree.value());
    circumstance.risks.push_back({i, degree, evaluator.readings(nodes.risks[i])});
  }
  return circumstance;
}

}  // namespace

Observations match(const Knowledge& knowledge, const Run& run, const Binding& binding) {
  Program program(knowledge);
  program.add_all();
  Evaluator evaluator(program, knowledge, run, binding);
  Observations seen;
  for (Index finding = 0; finding < knowledge.findings.size(); ++finding) {
    std::size_t strongest = seen.all.size();
    for (const Observation& one : evaluator.observations(finding)) {
      if (strongest < seen.all.size() && stronger(one.degree, seen.all[strongest].degree))
        strongest = seen.all.size();
      seen.all.push_back(one);
    }
    seen.strongest.push_back(seen.all[strongest].degree);
    seen.strongest_at.push_back(strongest);
  }
  for (std::size_t pattern = 0; pattern < knowledge.patterns.size(); ++pattern) {
    seen.circumstances.push_back(circumstance(evaluator, knowledge.patterns[pattern],
                                              program.pattern(static_cast<Index>(pattern))));
  }
  seen.notes = evaluator.notes();
  return seen;
}

Observation evaluate(const Knowledge& knowledge, const Run& run, const Binding& binding,
                     const Expression& condition) {
  Program program(knowledge);
  const NodeId node = program.add(condition);
  Evaluator evaluator(program, knowledge, run, binding);
  Observation answer;
  answer.degree = evaluator.degree(node);
  answer.readings = evaluator.readings(node);
  return answer;
}

Number evaluate_number(const Knowledge& knowledge, const Run& run, const Binding& binding,
                       const Expression& expression) {
  Program program(knowledge);
  const NodeId node = program.add(expression);
  Evaluator evaluator(program, knowledge, run, binding);
  return number_of(evaluator.value(node));
}

}  // namespace fmx::engine
