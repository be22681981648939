// Findings that nothing uses, or that are one and the same.

#include <fmt/format.h>

#include <map>
#include <set>

#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

/// Findings that a pattern is told by, or that another condition asks for.
std::set<Index> used(const Knowledge& knowledge) {
  std::set<Index> findings;
  for (const Pattern& pattern : knowledge.patterns) {
    for (const Link& link : pattern.shows) findings.insert(link.finding);
    for (const Link& link : pattern.never) findings.insert(link.finding);
  }
  each_condition(knowledge, [&](const Expression& condition) {
    each_part(condition, [&](const Expression& e) {
      if (e.kind == Expression::Kind::finding) findings.insert(e.index);
    });
  });
  return findings;
}

}  // namespace

void lint_findings(const Knowledge& knowledge, Warnings& warnings) {
  const std::set<Index> in_use = used(knowledge);
  std::map<std::string, const Finding*> by_condition;
  for (Index i = 0; i < knowledge.findings.size(); ++i) {
    const Finding& finding = knowledge.findings[i];
    if (!in_use.contains(i)) {
      warnings.push_back(warning(
          "finding-unused", fmt::format("no pattern is told by `{}`", finding.name),
          {finding.span, "seen, but for nothing"}, "let a pattern show it, or leave it out"));
    }
    const auto [first, is_new] = by_condition.insert({key_of(finding.when), &finding});
    if (is_new) continue;
    warnings.push_back(warning(
        "finding-duplicated",
        fmt::format("`{}` and `{}` are seen just when the other is", first->second->id, finding.id),
        {finding.span, "the same condition"},
        "keep one: evidence that is counted twice is believed twice"));
    warnings.back().secondary.push_back({first->second->span, "as this one"});
  }
}

}  // namespace fmx::dsl
