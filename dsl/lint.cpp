#include "dsl/lint.hpp"

#include <utility>

#include "dsl/lints.hpp"
#include "dsl/problems.hpp"

namespace fmx::dsl {

std::vector<Diagnostic> lint(const Lowered& lowered) {
  const Knowledge& knowledge = lowered.knowledge;
  Warnings warnings = lowered.unused;
  lint_patterns(knowledge, warnings);
  lint_findings(knowledge, warnings);
  lint_fixes(knowledge, warnings);
  lint_conditions(knowledge, warnings);
  lint_units(knowledge, warnings);
  lint_junctions(knowledge, warnings);
  lint_arithmetic(knowledge, warnings);
  lint_windows(knowledge, warnings);
  lint_dead(knowledge, warnings);
  lint_rules(knowledge, warnings);
  lint_imports(knowledge, warnings);
  lint_links(knowledge, warnings);
  lint_lookalikes(knowledge, warnings);
  lint_verify(knowledge, warnings);
  lint_tests(knowledge, warnings);
  lint_texts(knowledge, warnings);
  // A let that is put in place ten times is wrong once.
  Problems each_once;
  for (Diagnostic& warning : warnings) each_once.add(std::move(warning));
  warnings = each_once.take();
  warnings = without_allowed(std::move(warnings), knowledge.sources);
  sort_by_place(warnings);
  return warnings;
}

}  // namespace fmx::dsl
