#include "src/commands/test.hpp"

#include <fmt/format.h>

#include <set>
#include <string_view>

#include "engine/diagnose.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"
#include "src/rule_tests/judge.hpp"
#include "src/rule_tests/made_up_run.hpp"

namespace fmx::commands {
namespace {

struct Outcome {
  const Test* test = nullptr;
  std::vector<rule_tests::Failure> failures;
};

std::string as_text(const std::vector<Outcome>& outcomes) {
  std::string out;
  std::size_t failing = 0;
  for (const Outcome& outcome : outcomes) {
    if (outcome.failures.empty()) continue;
    ++failing;
    out += fmt::format("FAILED {}: {}\n", outcome.test->pack, outcome.test->title);
    for (const rule_tests::Failure& failure : outcome.failures) {
      out += fmt::format("  {}: {}\n    {}\n", failure.place, failure.expected, failure.instead);
      for (const std::string& detail : failure.details) out += fmt::format("      {}\n", detail);
    }
  }
  return out + fmt::format("{} passed, {} failed\n", outcomes.size() - failing, failing);
}

/// Text as it may stand in XML. Control characters have no place there at all.
std::string xml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
    }
  }
  return escaped;
}

std::string as_junit(const std::vector<Outcome>& outcomes) {
  std::size_t failing = 0;
  std::string cases;
  for (const Outcome& outcome : outcomes) {
    cases += fmt::format("  <testcase classname=\"{}\" name=\"{}\"", xml(outcome.test->pack),
                         xml(outcome.test->title));
    if (outcome.failures.empty()) {
      cases += "/>\n";
      continue;
    }
    ++failing;
    cases += ">\n";
    for (const rule_tests::Failure& failure : outcome.failures) {
      cases += fmt::format("    <failure message=\"{}: {}\">{}\n", xml(failure.place),
                           xml(failure.expected), xml(failure.instead));
      for (const std::string& detail : failure.details) cases += xml(detail) + "\n";
      cases += "</failure>\n";
    }
    cases += "  </testcase>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"fmx test\" tests=\"{}\" "
      "failures=\"{}\">\n"
      "{}</testsuite>\n",
      outcomes.size(), failing, cases);
}

bool is_wanted(const Test& test, const std::string& filter) {
  return filter.empty() || test.title.find(filter) != std::string::npos ||
         test.pack.find(filter) != std::string::npos;
}

/// Only what `paths` hold is tested; default packs are there to be imported.
std::set<std::string> paths_under(const std::vector<packs::RuleFile>& files) {
  std::set<std::string> paths;
  for (const packs::RuleFile& file : files) paths.insert(file.path);
  return paths;
}

}  // namespace

int test(const TestOptions& options) {
  const Result<std::vector<packs::RuleFile>, Problem> files = packs::find(options.paths);
  if (!files) return fail(files.error());
  const Result<packs::Loaded, Problem> loaded = packs::load_for_authors(options.paths);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);

  const Knowledge& knowledge = loaded->knowledge;
  const std::set<std::string> own = paths_under(*files);
  std::vector<Outcome> outcomes;
  bool all_passed = true;
  for (const Test& test : knowledge.tests) {
    if (!own.contains(knowledge.sources.at(test.span.source).path) ||
        !is_wanted(test, options.filter))
      continue;
    const engine::Diagnosis diagnosis =
        engine::diagnose(knowledge, rule_tests::made_up_run(knowledge, test));
    outcomes.push_back({&test, rule_tests::judge(knowledge, test, diagnosis)});
    all_passed = all_passed && outcomes.back().failures.empty();
  }
  if (outcomes.empty()) {
    fail(Problem{"fmx test",
                 options.filter.empty()
                     ? std::string("these packs have no test")
                     : fmt::format("no test's name or pack contains `{}`", options.filter),
                 options.filter.empty() ? "write test blocks; docs/language.md shows how"
                                        : "leave --filter out to run all"});
    return failed;
  }
  const std::string report = options.format == "junit" ? as_junit(outcomes) : as_text(outcomes);
  if (const std::optional<Problem> problem = print(report)) return fail(*problem);
  return all_passed ? done : failed;
}

}  // namespace fmx::commands
