#include "engine/match/match.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "engine/match/matcher.hpp"

namespace fmx::engine {
namespace {

/// Whether `a` says more than `b`: known before unknown, then the higher degree.
bool stronger(const Degree& a, const Degree& b) {
  if (!a.known() || !b.known()) return a.known() && !b.known();
  return a.value() > b.value();
}

Program compiled(const Knowledge& knowledge) {
  Program program(knowledge);
  program.add_all();
  return program;
}

/// Fills `strongest` and `strongest_at` from `all`. Of equals the first counts.
void find_strongest(const Knowledge& knowledge, Observations& seen) {
  seen.strongest.clear();
  seen.strongest_at.clear();
  std::size_t at = 0;
  for (Index finding = 0; finding < knowledge.findings.size(); ++finding) {
    std::size_t strongest = at;
    for (; at < seen.all.size() && seen.all[at].finding == finding; ++at) {
      if (stronger(seen.all[at].degree, seen.all[strongest].degree)) strongest = at;
    }
    seen.strongest.push_back(seen.all[strongest].degree);
    seen.strongest_at.push_back(strongest);
  }
}

}  // namespace

Matcher::Matcher(const Knowledge& knowledge, const Run& run, const Binding& binding)
    : knowledge_(knowledge),
      own_(compiled(knowledge)),
      program_(*own_),
      evaluator_(program_, knowledge, run, binding) {}

Matcher::Matcher(const Program& program, const Knowledge& knowledge, const Run& run,
                 const Binding& binding)
    : knowledge_(knowledge), program_(program), evaluator_(program_, knowledge, run, binding) {}

Circumstance Matcher::circumstance(Index index) {
  const Program::PatternNodes& nodes = program_.pattern(index);
  Circumstance circumstance;
  for (const NodeId need : nodes.needs)
    circumstance.needs = circumstance.needs && evaluator_.degree(need);
  for (Index i = 0; i < nodes.risks.size(); ++i) {
    const Degree degree = evaluator_.degree(nodes.risks[i]);
    if (degree.known())
      circumstance.risk_factor *=
          std::pow(knowledge_.patterns[index].risks[i].factor, degree.value());
    circumstance.risks.push_back({i, degree, evaluator_.readings(nodes.risks[i])});
  }
  return circumstance;
}

Observations Matcher::observations() {
  Observations seen;
  for (Index finding = 0; finding < knowledge_.findings.size(); ++finding) {
    const std::vector<Observation>& instances = evaluator_.observations(finding);
    seen.all.insert(seen.all.end(), instances.begin(), instances.end());
  }
  find_strongest(knowledge_, seen);
  for (Index pattern = 0; pattern < knowledge_.patterns.size(); ++pattern)
    seen.circumstances.push_back(circumstance(pattern));
  seen.given_up = evaluator_.given_up();
  seen.notes = evaluator_.notes();
  return seen;
}

void Matcher::follow(const Changes& changes, Observations& seen) {
  if (!dependents_) dependents_.emplace(program_, knowledge_);
  const Affected affected = dependents_->of(changes);
  evaluator_.forget(changes, affected);

  std::vector<Observation> all;
  auto before = seen.all.begin();
  for (Index finding = 0; finding < knowledge_.findings.size(); ++finding) {
    const auto end = std::find_if(before, seen.all.end(),
                                  [&](const Observation& o) { return o.finding != finding; });
    if (affected.findings[finding]) {
      const std::vector<Observation>& instances = evaluator_.observations(finding);
      all.insert(all.end(), instances.begin(), instances.end());
    } else {
      std::move(before, end, std::back_inserter(all));
    }
    before = end;
  }
  seen.all = std::move(all);
  find_strongest(knowledge_, seen);
  for (Index pattern = 0; pattern < knowledge_.patterns.size(); ++pattern) {
    if (affected.patterns[pattern]) seen.circumstances[pattern] = circumstance(pattern);
  }
  seen.given_up = evaluator_.given_up();
  seen.notes = evaluator_.notes();
}

Observations match(const Knowledge& knowledge, const Run& run, const Binding& binding) {
  return Matcher(knowledge, run, binding).observations();
}

Observations match(const Program& program, const Knowledge& knowledge, const Run& run,
                   const Binding& binding) {
  return Matcher(program, knowledge, run, binding).observations();
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
