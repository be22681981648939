#include "src/rule_tests/trial.hpp"

#include <algorithm>

#include "knowledge/parallel.hpp"
#include "src/rule_tests/made_up_run.hpp"

namespace fmx::rule_tests {

std::vector<Trial> trials(const Knowledge& knowledge,
                          const std::function<bool(const Test&)>& wanted) {
  std::vector<Trial> all;
  for (const Test& test : knowledge.tests) {
    if (wanted(test)) all.push_back({.test = &test, .run = {}, .binding = {}});
  }
  for_each_in_parallel(all.size(), [&](std::size_t i) {
    all[i].run = made_up_run(knowledge, *all[i].test);
    all[i].binding = engine::bind(knowledge, all[i].run);
  });
  return all;
}

bool asks_for_beliefs(const Test& test) {
  return std::ranges::any_of(test.expect, [](const Expectation& e) {
    return e.kind != Expectation::Kind::finding && e.kind != Expectation::Kind::unknown_finding;
  });
}

bool asks_for_steps(const Test& test) {
  return std::ranges::any_of(test.expect, [](const Expectation& e) {
    return e.kind == Expectation::Kind::fix || e.kind == Expectation::Kind::check;
  });
}

engine::Diagnosis diagnose(const engine::Program& program, const Knowledge& knowledge,
                           const Trial& trial) {
  engine::Diagnosis diagnosis;
  diagnosis.binding = trial.binding;
  diagnosis.observations = engine::match(program, knowledge, trial.run, trial.binding);
  if (!asks_for_beliefs(*trial.test)) return diagnosis;
  diagnosis.network = engine::network(knowledge, trial.run, diagnosis.observations);
  engine::weigh(knowledge, trial.run, diagnosis);
  if (asks_for_steps(*trial.test)) {
    diagnosis.plan = engine::plan(knowledge, trial.run, trial.binding, diagnosis.observations,
                                  diagnosis.network, diagnosis.beliefs);
  }
  return diagnosis;
}

}  // namespace fmx::rule_tests
