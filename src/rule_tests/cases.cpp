#include "src/rule_tests/cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "engine/learn/score.hpp"
#include "knowledge/parallel.hpp"
#include "src/cases/read.hpp"

namespace fmx::rule_tests {
namespace {

namespace fs = std::filesystem;

std::string label_of(const Knowledge& knowledge, const engine::LabelledCase& labelled) {
  if (labelled.present.empty()) return "healthy";
  std::string names;
  for (const Index pattern : labelled.present) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", knowledge.patterns[pattern].name);
  }
  return names;
}

std::string came_out_as(const Knowledge& knowledge, const engine::Diagnosis& diagnosis) {
  std::string text = fmt::format("its status is {}", word(diagnosis.status));
  for (std::size_t i = 0; i < std::min<std::size_t>(3, diagnosis.ranked.size()); ++i) {
    const Index pattern = diagnosis.ranked[i];
    text += fmt::format("{} {} with {:.3f}", i == 0 ? "; first is" : ", then",
                        knowledge.patterns[pattern].name,
                        diagnosis.beliefs.posteriors[pattern].probability);
  }
  return text;
}

Outcome failed_outcome(const Cases& cases, std::string title, Failure failure) {
  return {.pack = cases.pack, .title = std::move(title), .failures = {std::move(failure)}};
}

}  // namespace

std::vector<Outcome> outcomes(const Knowledge& knowledge, const engine::Program& program,
                              const Cases& cases) {
  const std::string& file = knowledge.sources.at(cases.span.source).path;
  const std::string place = fmt::format("{}:{}", file, knowledge.sources.place(cases.span).line);
  const std::string root = (fs::path(file).parent_path() / cases.from).string();
  const auto titled = [&](const std::string& name) {
    return fmt::format("{}: {}", cases.title, name);
  };
  const Result<fmx::cases::Cases, Problem> read = fmx::cases::read(knowledge, root);
  if (!read) {
    const Problem& problem = read.error();
    return {failed_outcome(cases, cases.title,
                           {place,
                            std::string(knowledge.sources.text(cases.span)),
                            fmt::format("{}: {}; {}", problem.where, problem.what, problem.remedy),
                            {}})};
  }
  std::vector<Outcome> all(read->runs.size());
  for_each_in_parallel(all.size(), [&](std::size_t i) {
    const engine::LabelledCase& labelled = read->runs[i];
    engine::Binding binding = engine::bind(knowledge, labelled.run);
    engine::Observations seen = engine::match(program, knowledge, labelled.run, binding);
    const engine::Diagnosis diagnosis =
        engine::conclude(knowledge, labelled.run, std::move(binding), std::move(seen));
    all[i] = {.pack = cases.pack, .title = titled(labelled.name), .failures = {}};
    if (engine::outcome(labelled, engine::verdict(diagnosis)).good) return;
    all[i].failures.push_back({fmt::format("{}/{}", root, labelled.name),
                               label_of(knowledge, labelled),
                               came_out_as(knowledge, diagnosis),
                               {}});
  });
  for (const Problem& problem : read->not_used) {
    all.push_back(failed_outcome(cases, titled(problem.where),
                                 {fmt::format("{}/{}", root, problem.where),
                                  "a labelled run",
                                  fmt::format("{}; {}", problem.what, problem.remedy),
                                  {}}));
  }
  std::ranges::stable_sort(all, {}, &Outcome::title);
  return all;
}

}  // namespace fmx::rule_tests
