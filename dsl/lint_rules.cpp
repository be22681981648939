// Recursion that gets nowhere.

#include <fmt/format.h>

#include <map>

#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

/// Whether the relation stands in the body where it must hold: under `and` only.
bool requires_itself(const Expression& e, Index relation) {
  if (e.kind == EKind::atom) return e.index == relation;
  if (e.kind != EKind::operation) return false;
  if (e.op == Operator::logical_and) {
    for (const Expression& operand : e.operands) {
      if (requires_itself(operand, relation)) return true;
    }
  }
  if (e.op == Operator::logical_or) {
    for (const Expression& operand : e.operands) {
      if (!requires_itself(operand, relation)) return false;
    }
    return !e.operands.empty();
  }
  return false;
}

/// `r(a, b)` in the body of `rule r(a, b)`, on its own or under `and`.
const Expression* own_head(const Expression& e, const Rule& rule) {
  if (e.kind == EKind::atom && e.index == rule.relation &&
      e.operands.size() == rule.variables.size()) {
    for (std::size_t i = 0; i < e.operands.size(); ++i) {
      const Expression& operand = e.operands[i];
      if (operand.kind != EKind::variable || operand.text != rule.variables[i]) return nullptr;
    }
    return &e;
  }
  if (e.kind != EKind::operation || e.op != Operator::logical_and) return nullptr;
  for (const Expression& operand : e.operands) {
    if (const Expression* found = own_head(operand, rule)) return found;
  }
  return nullptr;
}

}  // namespace

void lint_rules(const Knowledge& knowledge, Warnings& warnings) {
  std::map<Index, std::pair<const Rule*, bool>> starts;  // whether any rule of it needs it not
  for (const Rule& rule : knowledge.rules) {
    if (const Expression* same = own_head(rule.body, rule)) {
      warnings.push_back(warning("rule-without-progress",
                                 fmt::format("`{}` follows only where it holds already", rule.name),
                                 {same->span, "what the rule is to derive"},
                                 "name what it follows from, or leave the rule out"));
      warnings.back().secondary.push_back({rule.span, "derived here"});
    }
    auto& [first, started] = starts.try_emplace(rule.relation, &rule, false).first->second;
    started = started || !requires_itself(rule.body, rule.relation);
  }
  for (const auto& [relation, found] : starts) {
    if (found.second) continue;
    warnings.push_back(warning(
        "rule-without-start",
        fmt::format("`{}` never holds: each of its rules needs it first", found.first->name),
        {found.first->span, "nothing to begin with"},
        "write a rule that does not need it, such as the step that others repeat"));
  }
}

}  // namespace fmx::dsl
