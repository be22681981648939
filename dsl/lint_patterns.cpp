// Patterns that cannot be concluded, checked, mended or told apart.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dsl/lints.hpp"
#include "dsl/removal.hpp"

namespace fmx::dsl {
namespace {

std::set<Index> cured(const Knowledge& knowledge) {
  std::set<Index> patterns;
  for (const Fix& fix : knowledge.fixes) {
    for (const Cure& cure : fix.cures) patterns.insert(cure.pattern);
  }
  return patterns;
}

/// Patterns that some test expects to be found.
std::set<Index> tested(const Knowledge& knowledge) {
  std::set<Index> patterns;
  for (const Test& test : knowledge.tests) {
    for (const Expectation& e : test.expect) {
      const bool pattern =
          e.kind == Expectation::Kind::pattern || e.kind == Expectation::Kind::benign;
      if (pattern && !e.negated) patterns.insert(e.index);
    }
  }
  return patterns;
}

void lint_links(const Knowledge& knowledge, const Pattern& pattern, Warnings& warnings) {
  for (const Link& link : pattern.shows) {
    const Finding& finding = knowledge.findings[link.finding];
    if (link.probability <= finding.base) {
      warnings.push_back(warning(
          "link-below-base",
          fmt::format("seeing `{}` speaks against `{}`", finding.name, pattern.name),
          {link.span,
           fmt::format("as likely without the pattern: its base is {:g}%", finding.base * 100)},
          "raise the probability, lower the finding's `base`, or leave the link out"));
    }
    const auto never = std::find_if(pattern.never.begin(), pattern.never.end(),
                                    [&](const Link& n) { return n.finding == link.finding; });
    if (never != pattern.never.end()) {
      warnings.push_back(warning(
          "never-but-shown",
          fmt::format("`{}` is shown by `{}`, and never seen with it", finding.name, pattern.name),
          {never->span, "never"}, "keep one of the two"));
      warnings.back().secondary.push_back({link.span, "shown"});
    }
  }
}

void lint_risks(const Pattern& pattern, const Sources& sources, Warnings& warnings) {
  for (const Risk& risk : pattern.risks) {
    if (risk.factor != 1) continue;
    warnings.push_back(warning("risk-without-effect", "a factor of 1 changes nothing",
                               {risk.span, "makes it neither likelier nor less likely"},
                               "say how many times likelier it becomes, or leave it out"));
    warnings.back().edit = removal(risk.span, sources);
  }
}

}  // namespace

void lint_patterns(const Knowledge& knowledge, Warnings& warnings) {
  const std::set<Index> with_fix = cured(knowledge), with_test = tested(knowledge);
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    const Pattern& pattern = knowledge.patterns[i];
    const bool benign = pattern.impact == Impact::none;
    const auto add = [&](const char* code, std::string message, const char* hint) {
      warnings.push_back(warning(code, std::move(message), {pattern.span, ""}, hint));
    };
    if (pattern.shows.empty() && pattern.leads_to.empty()) {
      add("pattern-shows-nothing",
          fmt::format("nothing that can be seen speaks for `{}`", pattern.name),
          "say what it shows: `shows some_finding 70%`");
    }
    if (pattern.cites.empty()) {
      add("pattern-uncited", fmt::format("`{}` has no source", pattern.name),
          "say where it is known from: `cites some_source`");
    }
    if (!benign && !with_fix.contains(i)) {
      add("pattern-without-fix", fmt::format("nothing cures `{}`", pattern.name),
          "write a fix that does, or say `severity none` if it needs none");
    }
    if (!with_test.contains(i)) {
      add("pattern-untested", fmt::format("no test expects `{}`", pattern.name),
          "write a test with a run that has it");
    }
    const bool severe = pattern.impact == Impact::critical || pattern.impact == Impact::high;
    if (severe && pattern.resembles.empty()) {
      add("pattern-without-lookalike",
          fmt::format("`{}` is severe, and nothing says what it could be mistaken for",
                      pattern.name),
          "name its look-alike: `resembles other because \"...\"`");
    }
    lint_links(knowledge, pattern, warnings);
    lint_risks(pattern, knowledge.sources, warnings);
  }
}

}  // namespace fmx::dsl
