// Atoms: `blocked_by(task, on)` holds for what stands in a table or follows by rules.

#include <fmt/format.h>

#include "dsl/expressions.hpp"
#include "dsl/literal.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

/// The name, where an argument of an atom is a plain name: a variable.
std::optional<std::string_view> variable_name(Part argument) {
  if (!argument.is(Kind::reference) || argument.child(Kind::labels)) return {};
  const auto path = argument.child(Kind::path);
  if (!path || path->text().find('.') != std::string_view::npos) return {};
  return path->text();
}

/// What is not known to be a number is taken as text.
Type type_at(const std::vector<std::optional<Type>>& types, std::size_t column) {
  return column < types.size() ? types[column].value_or(Type::text) : Type::text;
}

Expression variable(Part part, std::string name, Type type) {
  Expression e;
  e.kind = EKind::variable;
  e.text = std::move(name);
  e.type = type;
  e.span = part.span();
  return e;
}

}  // namespace

/// Calls `visit(relation, column, argument)` for each argument of each atom under `part`, except
/// under `for each`, which binds its own.
template <class Visit>
void Expressions::each_atom(Part part, const std::string& pack, const Visit& visit) {
  if (part.is(Kind::call)) {
    const Part callee = *part.at(0);
    const Declaration* relation = names_->peek(callee.text(), pack, {Kind::table, Kind::rule});
    if (relation != nullptr && functions_called(callee.text()).empty()) {
      std::size_t column = 0;
      for (const Part argument : part) {
        if (argument == callee) continue;
        visit(*relation, column++, argument);
      }
      return;
    }
  }
  for (const Part child : part) {
    if (child.is(Kind::argument) && child.child(Kind::for_each)) continue;
    if (!child.leaf()) each_atom(child, pack, visit);
  }
}

std::optional<Type> Expressions::type_in_atoms(Part part, std::string_view variable,
                                               const std::string& pack) {
  if (column_types_.empty()) return {};
  std::optional<Type> type;
  const auto look = [&](const Declaration& relation, std::size_t column, Part argument) {
    if (type || variable_name(argument) != variable) return;
    const auto& types = column_types_[relation.index];
    if (column < types.size()) type = types[column];
  };
  if (part.is(Kind::argument)) {  // of an aggregate: looked through here
    for (const Part child : part) each_atom(child, pack, look);
  } else {
    each_atom(part, pack, look);
  }
  return type;
}

void Expressions::bind_atoms(Part part, Environment& env) {
  if (column_types_.empty()) return;
  each_atom(part, *env.pack, [&](const Declaration& relation, std::size_t column, Part argument) {
    const auto name = variable_name(argument);
    if (!name || env.variable(*name) != nullptr || env.arguments.contains(*name)) return;
    const auto& types = column_types_[relation.index];
    env.variables.push_back({std::string(*name), std::string(*name), type_at(types, column)});
  });
}

Lowering Expressions::atom(Part part, const Declaration& relation, const Environment& env) {
  const auto& types = column_types_[relation.index];
  const std::size_t passed = part.count() - 1;
  if (passed != types.size()) {
    report({.code = "wrong-arguments",
            .message = fmt::format("`{}` has {} column{}, not {}", relation.name, types.size(),
                                   types.size() == 1 ? "" : "s", passed),
            .primary = {part.span(), "does not fit"},
            .secondary = {{relation.span, "declared here"}},
            .hint = "`_` stands for a value that does not matter"},
           env);
    return {};
  }
  Expression e;
  e.kind = EKind::atom;
  e.type = Type::degree;
  e.index = relation.index;
  e.span = part.span();
  bool wrong = false;
  for (std::size_t i = 0; i < passed; ++i) {
    const Part argument = *part.at(i + 1);
    if (argument.is(Kind::wildcard)) {
      e.operands.push_back(variable(argument, "_", type_at(types, i)));
      continue;
    }
    Lowering value = lower(argument, env);
    const auto number = value ? constant(*value) : std::nullopt;
    const bool term =
        number || (value && (value->kind == EKind::variable || value->kind == EKind::text));
    if (number) value->kind = EKind::number, value->number = *number, value->operands.clear();
    if (value && !term) {
      report({.code = "wrong-type",
              .message = fmt::format("column `{}` takes a variable, a text or a number", i + 1),
              .primary = {argument.span(), "not one of them"},
              .hint = "compare beside the atom: `task(id, n) and n > 3`"},
             env);
    }
    const bool fits = term && (value->type == type_at(types, i) || value->kind == EKind::variable);
    if (term && !fits) wrong_type(*value, type_at(types, i), argument, env);
    wrong = wrong || !fits;
    if (fits) e.operands.push_back(std::move(*value));
  }
  if (wrong) return {};
  return e;
}

/// `circular_wait(a)`: a finding about one choice of its variables.
Lowering Expressions::finding_call(Part part, const Declaration& finding, const Environment& env) {
  const std::size_t takes = declared_variables(finding.part).size();
  const std::size_t passed = part.count() - 1;
  if (passed != takes) {
    report({.code = "wrong-labels",
            .message = fmt::format("`{}` is about {} value{}, not {}", finding.name, takes,
                                   takes == 1 ? "" : "s", passed),
            .primary = {part.span(), "does not fit"},
            .secondary = {{finding.span, "declared here"}}},
           env);
    return {};
  }
  Expression e;
  e.kind = EKind::finding;
  e.type = Type::degree;
  e.index = finding.index;
  e.span = part.span();
  for (std::size_t i = 0; i < passed; ++i) {
    const Part argument = *part.at(i + 1);
    const auto name = variable_name(argument);
    const auto path = argument.child(Kind::path);
    if (argument.is(Kind::string) || (name && path)) {
      auto text = label(argument.is(Kind::string) ? argument : *path, env);
      if (!text) return {};
      e.labels.push_back(std::move(*text));
      continue;
    }
    report({.code = "wrong-type",
            .message = "a finding is about variables and texts",
            .primary = {argument.span(), "neither"}},
           env);
    return {};
  }
  return e;
}

}  // namespace fmx::dsl
