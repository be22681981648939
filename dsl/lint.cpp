#include "dsl/lint.hpp"

#include <array>
#include <iterator>
#include <utility>

#include "dsl/lints.hpp"
#include "dsl/problems.hpp"
#include "knowledge/parallel.hpp"

namespace fmx::dsl {

namespace {

/// In the order in which what they say of one place stands. None depends on another.
constexpr std::array lints = {
    lint_instances, lint_patterns,   lint_findings, lint_fixes, lint_conditions, lint_units,
    lint_junctions, lint_arithmetic, lint_windows,  lint_dead,  lint_rules,      lint_imports,
    lint_links,     lint_lookalikes, lint_verify,   lint_tests, lint_texts};

}  // namespace

std::vector<Diagnostic> lint(const Lowered& lowered) {
  const Knowledge& knowledge = lowered.knowledge;
  std::array<Warnings, lints.size()> found;
  for_each_in_parallel(lints.size(), [&](std::size_t i) {
    const std::size_t which = lints.size() - 1 - i;  // that of the tests, the longest, begins early
    lints[which](knowledge, found[which]);
  });
  Warnings warnings = lowered.warnings;
  for (Warnings& some : found) {
    warnings.insert(warnings.end(), std::make_move_iterator(some.begin()),
                    std::make_move_iterator(some.end()));
  }
  // A let that is put in place ten times is wrong once.
  Problems each_once;
  for (Diagnostic& warning : warnings) each_once.add(std::move(warning));
  warnings = each_once.take();
  warnings = without_allowed(std::move(warnings), knowledge.sources);
  sort_by_place(warnings);
  return warnings;
}

}  // namespace fmx::dsl
