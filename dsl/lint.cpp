#include "dsl/lint.hpp"

#include "dsl/lints.hpp"

namespace fmx::dsl {

std::vector<Diagnostic> lint(const Lowered& lowered) {
  const Knowledge& knowledge = lowered.knowledge;
  Warnings warnings = lowered.unused;
  lint_patterns(knowledge, warnings);
  lint_findings(knowledge, warnings);
  lint_fixes(knowledge, warnings);
  lint_conditions(knowledge, warnings);
  lint_units(knowledge, warnings);
  warnings = without_allowed(std::move(warnings), knowledge.sources);
  sort_by_place(warnings);
  return warnings;
}

}  // namespace fmx::dsl
