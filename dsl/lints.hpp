#pragma once

#include <string>
#include <vector>

#include "knowledge/diagnostic.hpp"
#include "knowledge/knowledge.hpp"

/// The single checks behind lint(): each adds what it finds.
namespace fmx::dsl {

using Warnings = std::vector<Diagnostic>;

void lint_patterns(const Knowledge& knowledge, Warnings& warnings);
void lint_findings(const Knowledge& knowledge, Warnings& warnings);
void lint_fixes(const Knowledge& knowledge, Warnings& warnings);
void lint_conditions(const Knowledge& knowledge, Warnings& warnings);
void lint_units(const Knowledge& knowledge, Warnings& warnings);
void lint_junctions(const Knowledge& knowledge, Warnings& warnings);
void lint_arithmetic(const Knowledge& knowledge, Warnings& warnings);
void lint_windows(const Knowledge& knowledge, Warnings& warnings);
void lint_dead(const Knowledge& knowledge, Warnings& warnings);
void lint_rules(const Knowledge& knowledge, Warnings& warnings);
void lint_imports(const Knowledge& knowledge, Warnings& warnings);
void lint_links(const Knowledge& knowledge, Warnings& warnings);
void lint_lookalikes(const Knowledge& knowledge, Warnings& warnings);
void lint_verify(const Knowledge& knowledge, Warnings& warnings);
void lint_tests(const Knowledge& knowledge, Warnings& warnings);
void lint_instances(const Knowledge& knowledge, Warnings& warnings);
void lint_texts(const Knowledge& knowledge, Warnings& warnings);

/// Takes away what a comment allows, and adds what is wrong with such comments.
Warnings without_allowed(Warnings warnings, const Sources& sources);

inline Diagnostic warning(std::string code, std::string message, Label at, std::string hint) {
  return {.severity = Severity::warning,
          .code = std::move(code),
          .message = std::move(message),
          .primary = std::move(at),
          .hint = std::move(hint)};
}

/// An expression as a text that two expressions share just when they say the same.
std::string key_of(const Expression& e);

/// All expressions of an entity's conditions, from the outermost in: calls `visit` with each.
template <class Visit>
void each_part(const Expression& e, const Visit& visit) {
  visit(e);
  for (const Expression& operand : e.operands) each_part(operand, visit);
  if (!e.window) return;
  for (const Expression& bound : e.window->bounds) each_part(bound, visit);
}

/// All conditions that knowledge holds: of findings, needs, risks, fixes, rules.
template <class Visit>
void each_condition(const Knowledge& knowledge, const Visit& visit) {
  for (const Finding& finding : knowledge.findings) {
    visit(finding.when);
    if (finding.since) visit(*finding.since);
  }
  for (const Pattern& pattern : knowledge.patterns) {
    for (const Expression& need : pattern.needs) visit(need);
    for (const Risk& risk : pattern.risks) visit(risk.when);
  }
  for (const Fix& fix : knowledge.fixes) {
    if (fix.verify) visit(*fix.verify);
    for (const Expression& when : fix.when) visit(when);
    for (const Exception& exception : fix.unless) {
      if (exception.when) visit(*exception.when);
    }
  }
  for (const Rule& rule : knowledge.rules) visit(rule.body);
}

}  // namespace fmx::dsl
