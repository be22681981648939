#include "src/commands/test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "engine/match/program.hpp"
#include "knowledge/parallel.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"
#include "src/rule_tests/cases.hpp"
#include "src/rule_tests/coverage_report.hpp"
#include "src/rule_tests/mutation_report.hpp"
#include "src/rule_tests/outcome.hpp"
#include "src/rule_tests/trial.hpp"

namespace fmx::commands {
namespace {

using rule_tests::Outcome;
using rule_tests::Trial;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// One call of the command.
class Testing {
 public:
  Testing(const TestOptions& options, const packs::Loaded& loaded)
      : options_(options), knowledge_(loaded.knowledge), own_(loaded.asked), program_(knowledge_) {
    program_.add_all();
  }

  int run() {
    const std::vector<Trial> trials = rule_tests::trials(knowledge_, [&](const Test& test) {
      return is_own(test.span) && (looks_closer() || is_wanted(test.title, test.pack));
    });
    std::vector<Outcome> outcomes(trials.size());
    for_each_in_parallel(trials.size(), [&](std::size_t i) {
      const Test& test = *trials[i].test;
      outcomes[i] = {test.pack, test.title,
                     rule_tests::judge(knowledge_, test,
                                       rule_tests::diagnose(program_, knowledge_, trials[i]))};
    });
    if (!looks_closer()) add_cases(outcomes);
    if (outcomes.empty()) return fail_for_want_of_tests();
    if (looks_closer() && !any_is_wanted()) return fail_for_want_of_knowledge();

    const bool passed = std::ranges::all_of(outcomes, &Outcome::passed);
    if (!options_.junit.empty()) {
      const auto problem = write_file(options_.junit, rule_tests::results_as_junit(outcomes));
      if (problem) return fail(*problem);
    }
    return finish(looks_closer() ? closer(trials, outcomes) : results(outcomes),
                  passed ? done : failed);
  }

 private:
  bool looks_closer() const { return options_.coverage || options_.mutate; }

  /// Only what the paths hold is tested; default packs are there to be imported.
  bool is_own(Span span) const { return own_[span.source]; }

  bool is_wanted(std::string_view title, std::string_view pack) const {
    return contains(title, options_.filter) || contains(pack, options_.filter);
  }

  void add_cases(std::vector<Outcome>& outcomes) const {
    for (const Cases& cases : knowledge_.cases) {
      if (!is_own(cases.span)) continue;
      for (Outcome& outcome : rule_tests::outcomes(knowledge_, program_, cases)) {
        if (is_wanted(outcome.title, outcome.pack)) outcomes.push_back(std::move(outcome));
      }
    }
  }

  /// Whether `entity` is among those whose coverage or mutants are asked for.
  bool is_looked_at(const Entity& entity) const {
    return is_own(entity.span) && contains(entity.id, options_.filter);
  }

  bool any_is_wanted() const {
    const auto any = [&](const auto& entities) {
      return std::ranges::any_of(entities, [&](const Entity& e) { return is_looked_at(e); });
    };
    return any(knowledge_.findings) || any(knowledge_.patterns) || any(knowledge_.fixes) ||
           any(knowledge_.analogies);
  }

  int fail_for_want_of_knowledge() const {
    fail(Problem{
        "fmx test",
        options_.filter.empty()
            ? std::string("these packs have no finding and no pattern")
            : fmt::format("the id of no finding and no pattern contains `{}`", options_.filter),
        options_.filter.empty() ? "name the packs whose knowledge is tested"
                                : "leave --filter out to look at all"});
    return failed;
  }

  int fail_for_want_of_tests() const {
    const bool filtered = !options_.filter.empty() && !looks_closer();
    fail(Problem{"fmx test",
                 filtered ? fmt::format("no test's name or pack contains `{}`", options_.filter)
                          : std::string("these packs have no test"),
                 filtered ? "leave --filter out to run all"
                          : "write test blocks; docs/authoring.md shows how"});
    return failed;
  }

  std::string results(const std::vector<Outcome>& outcomes) const {
    return options_.format == "junit" ? rule_tests::results_as_junit(outcomes)
                                      : rule_tests::results_as_text(outcomes);
  }

  /// What the tests reach, and what they notice.
  std::string closer(const std::vector<Trial>& trials, const std::vector<Outcome>& outcomes) const {
    const bool json = options_.format == "json";
    const auto wanted = [&](const Entity& entity) { return is_looked_at(entity); };
    std::string out = json ? "" : rule_tests::results_as_text(outcomes);
    if (options_.coverage) {
      const rule_tests::Coverage coverage = rule_tests::cover(knowledge_, trials, wanted);
      if (!json) out += '\n';
      out += json ? rule_tests::coverage_as_json(knowledge_, coverage)
                  : rule_tests::coverage_as_text(knowledge_, coverage);
    }
    if (!options_.mutate) return out;

    rule_tests::MutationFrame frame;
    frame.trials = trials;
    frame.failing = static_cast<std::size_t>(
        std::ranges::count_if(outcomes, [](const Outcome& o) { return !o.passed(); }));
    frame.tests = trials.size() - frame.failing;
    frame.limits.sample = options_.sample;
    frame.limits.seed = options_.seed;
    if (options_.time_limit)
      frame.limits.time = std::chrono::duration<double>(*options_.time_limit);
    const rule_tests::MutationOutcome outcome = rule_tests::judge_mutants(
        knowledge_, trials, rule_tests::mutants(knowledge_, wanted), frame.limits);
    if (!json) out += '\n';
    return out + (json ? rule_tests::mutation_as_json(knowledge_, outcome, frame)
                       : rule_tests::mutation_as_text(knowledge_, outcome, frame));
  }

  const TestOptions& options_;
  const Knowledge& knowledge_;
  const std::vector<bool>& own_;  ///< by source
  engine::Program program_;
};

/// Options that do not go together, if there are any.
std::optional<Problem> clash(const TestOptions& options) {
  const bool closer = options.coverage || options.mutate;
  if (options.format == "junit" && closer) {
    return Problem{"fmx test", "JUnit's XML has no place for coverage or mutants",
                   "use --format json, and --junit FILE for the results"};
  }
  if (options.format == "json" && !closer) {
    return Problem{"fmx test", "results have no JSON form", "use --junit FILE or --format junit"};
  }
  if (options.format == "json" && options.coverage && options.mutate) {
    return Problem{"fmx test", "two documents do not go into one", "ask for one after the other"};
  }
  if (!options.mutate && (options.sample || options.time_limit)) {
    return Problem{"fmx test", "--sample and --time-limit are about mutants", "add --mutate"};
  }
  return std::nullopt;
}

}  // namespace

int test(const TestOptions& options) {
  if (const std::optional<Problem> problem = clash(options)) return fail(*problem);
  const Result<packs::Loaded, Problem> loaded = packs::load_for_authors(options.paths);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);
  return Testing(options, *loaded).run();
}

}  // namespace fmx::commands
