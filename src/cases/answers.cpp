#include "src/cases/answers.hpp"

#include "knowledge/parallel.hpp"

namespace fmx::cases {

std::vector<Answer> answers(const Knowledge& knowledge,
                            const std::vector<engine::LabelledCase>& cases) {
  std::vector<Answer> all(cases.size());
  for_each_in_parallel(cases.size(), [&](std::size_t i) {
    const engine::Run& run = cases[i].run;
    engine::Diagnosis diagnosis;
    diagnosis.binding = engine::bind(knowledge, run);
    diagnosis.observations = engine::match(knowledge, run, diagnosis.binding);
    engine::assess(knowledge, run, diagnosis);
    all[i] = {engine::verdict(diagnosis), std::move(diagnosis.observations.strongest)};
  });
  return all;
}

}  // namespace fmx::cases
