// Tests that expect nothing of an instance which their run does not have.

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "dsl/lints.hpp"
#include "dsl/suggest.hpp"

namespace fmx::dsl {
namespace {

/// All that a label or a variable can be in the run of a test; empty where a log tells more.
std::set<std::string> values_given(const Test& test) {
  std::set<std::string> values;
  for (const Given& given : test.given) {
    if (given.kind == Given::Kind::log) return {};
    values.insert(given.labels.begin(), given.labels.end());
    values.insert(given.values.begin(), given.values.end());
  }
  return values;
}

void look_at(const Expectation& e, const std::set<std::string>& given, const Knowledge& knowledge,
             Warnings& warnings) {
  if (!e.negated || e.kind != Expectation::Kind::finding) return;
  for (const std::string& value : e.arguments) {
    if (given.contains(value)) continue;
    const std::vector<std::string_view> candidates(given.begin(), given.end());
    const Finding& finding = knowledge.findings[e.index];
    warnings.push_back(warning("expectation-unfed",
                               fmt::format("nothing that is given is about `{}`", value),
                               {e.span, "cannot fail"}, did_you_mean(value, candidates)));
    warnings.back().secondary.push_back({finding.span, "declared here"});
    return;
  }
}

}  // namespace

void lint_instances(const Knowledge& knowledge, Warnings& warnings) {
  for (const Test& test : knowledge.tests) {
    const std::set<std::string> given = values_given(test);
    if (given.empty()) continue;  // then the finding is not fed at all, or by a log
    for (const Expectation& e : test.expect) look_at(e, given, knowledge, warnings);
  }
}

}  // namespace fmx::dsl
