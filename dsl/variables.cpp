#include "dsl/variables.hpp"

#include <algorithm>

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

/// Labels that are variables: values stand in quotes.
void add_labels(const Expression& e, VariableNames& names) {
  for (const std::string& label : e.labels) {
    if (!label.starts_with('"')) names.insert(label);
  }
}

void remove(const std::vector<std::string>& bound, VariableNames& names) {
  for (const std::string& name : bound) names.erase(name);
}

bool is_operation(const Expression& e, Operator op) {
  return e.kind == EKind::operation && e.op == op;
}

VariableNames of_every_branch(const Expression& e) {
  VariableNames common = bound_variables(e.operands.front());
  for (const Expression& branch : e.operands) {
    const VariableNames names = bound_variables(branch);
    std::erase_if(common, [&](const std::string& name) { return !names.contains(name); });
  }
  return common;
}

}  // namespace

VariableNames free_variables(const Expression& e) {
  VariableNames names;
  if (e.kind == EKind::variable && e.text != "_") names.insert(e.text);
  add_labels(e, names);
  for (const Expression& operand : e.operands) names.merge(free_variables(operand));
  if (e.window) {
    for (const Expression& bound : e.window->bounds) names.merge(free_variables(bound));
  }
  remove(e.variables, names);
  return names;
}

VariableNames bound_variables(const Expression& e) {
  if (is_operation(e, Operator::logical_not)) return {};
  if (is_operation(e, Operator::logical_or) || e.kind == EKind::listed) return of_every_branch(e);
  if (e.kind == EKind::atom) return free_variables(e);
  VariableNames names;
  add_labels(e, names);
  for (const Expression& operand : e.operands) names.merge(bound_variables(operand));
  remove(e.variables, names);
  return names;
}

}  // namespace fmx::dsl
