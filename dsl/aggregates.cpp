// `max(last(grad_norm[m]) for each m where m != "head")`

#include <fmt/format.h>

#include <algorithm>

#include "dsl/expressions.hpp"
#include "dsl/suggest.hpp"
#include "dsl/variables.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;
using Aggregate = Expression::Aggregate;

bool takes_condition(Aggregate aggregate) {
  return aggregate == Aggregate::count || aggregate == Aggregate::share ||
         aggregate == Aggregate::any || aggregate == Aggregate::all;
}

/// Of times there is an earliest, a latest, a middle and a distance.
bool takes_time(Aggregate aggregate) {
  return aggregate == Aggregate::min || aggregate == Aggregate::max ||
         aggregate == Aggregate::median || aggregate == Aggregate::spread ||
         aggregate == Aggregate::quantile;
}

Type result_of(Aggregate aggregate, Type value) {
  if (aggregate == Aggregate::any || aggregate == Aggregate::all) return Type::degree;
  return value == Type::time && aggregate != Aggregate::spread ? Type::time : Type::number;
}

bool in_use(std::string_view unique, const Environment& env) {
  for (const Environment* e = &env; e != nullptr; e = e->caller) {
    for (const Variable& variable : e->variables) {
      if (variable.unique == unique) return true;
    }
  }
  return false;
}

}  // namespace

Lowering Expressions::aggregate(Part part, Part callee, Part argument, const Environment& env) {
  const auto aggregate = aggregate_called(callee.text());
  if (!aggregate) {
    std::vector<std::string_view> known;
    for (const char* word :
         {"count", "sum", "min", "max", "mean", "median", "any", "all", "share", "spread"}) {
      known.emplace_back(word);
    }
    const std::string meant = did_you_mean(callee.text(), known);
    report(
        {.code = "unknown-function",
         .message = fmt::format("`{}` does not take values `for each` of something", callee.text()),
         .primary = {callee.span(), "takes one value"},
         .hint = meant.empty() ? "there are `count sum min max mean median any all share spread`"
                               : meant},
        env);
    return {};
  }
  const bool quantile = *aggregate == Aggregate::quantile;
  if (quantile ? part.count() != 3 || !(*part.at(2) == argument) : part.count() != 2) {
    const bool beside_itself = *part.at(1) == argument && part.count() > 2;
    report(
        {.code = "wrong-arguments",
         .message = quantile ? std::string("`quantile ... for each` needs to know which one")
                             : fmt::format("`{} ... for each` takes nothing beside", callee.text()),
         .primary = {quantile        ? part.span()
                     : beside_itself ? part.at(2)->span()
                                     : part.at(1)->span(),
                     quantile ? "no share" : "too much"},
         .hint = quantile ? "write `quantile(90%, ... for each m)`" : ""},
        env);
    return {};
  }

  const Part each = *argument.child(Kind::for_each);
  Environment inner = env;
  if (inner.entity == nullptr) inner.entity = &env;
  if (!bind_each(each, inner)) return {};
  const auto value_part = argument.at(0), window_part = argument.at(1);
  std::optional<Part> where;
  for (const Part child : each) {
    if (!child.is(Kind::name)) where = child;
  }
  for (Variable& variable : inner.variables) {
    if (const auto type = type_in_atoms(argument, variable.name, *env.pack)) variable.type = *type;
  }
  bind_atoms(*value_part, inner);
  if (where) bind_atoms(*where, inner);

  Lowering value = lower(*value_part, inner);
  if (value && window_part && !window_part->is(Kind::for_each)) {
    wrong_type(*value, Type::series, *value_part, inner);  // a window needs samples, we one value
    return {};
  }
  Lowering condition = where ? lower(*where, inner) : Lowering();
  if (!value || (where && !condition)) return {};
  if (where && !want(*condition, Type::degree, *where, inner)) return {};
  const bool time = value->type == Type::time && takes_time(*aggregate);
  const Type wanted = takes_condition(*aggregate) ? Type::degree : Type::number;
  if (!time && !want(*value, wanted, *value_part, inner)) return {};

  Expression e;
  e.kind = EKind::aggregate;
  e.aggregate = *aggregate;
  if (quantile) {
    Lowering q = lower(*part.at(1), env);
    const auto share = q ? constant(*q) : std::nullopt;
    if (!q) return {};
    if (!share || *share < 0 || *share > 1) {
      report({.code = "out-of-range",
              .message = "a quantile is a fixed share between 0 and 1",
              .primary = {part.at(1)->span(), "must be from 0 to 1"}},
             env);
      return {};
    }
    e.number = *share;
  }
  e.type = result_of(*aggregate, value->type);
  e.span = part.span();
  e.operands.push_back(std::move(*value));
  if (condition) e.operands.push_back(std::move(*condition));

  for (const Part name : each) {
    if (!name.is(Kind::name)) break;
    const std::string& unique = inner.variable(name.text())->unique;
    const bool given = std::any_of(e.operands.begin(), e.operands.end(), [&](const Expression& o) {
      return bound_variables(o).contains(unique);
    });
    if (!given) {
      report({.code = "unbound-variable",
              .message = fmt::format("nothing gives `{}` its values", name.text()),
              .primary = {name.span(), "no family is indexed by it, no atom holds for it"},
              .hint = fmt::format("use it inside, as in `last(grad_norm[{}])`", name.text())},
             env);
      return {};
    }
    e.variables.push_back(unique);
  }
  return e;
}

/// `any(a, b, c)`: of values that are written out one after the other.
Lowering Expressions::listed(Part part, Part callee, const Environment& env) {
  const Aggregate aggregate = *aggregate_called(callee.text());
  std::vector<Expression> members;
  std::vector<Part> parts;
  bool wrong = false;
  for (const Part child : part) {
    if (child == callee) continue;
    Lowering e = lower(child, env);
    wrong = wrong || !e;
    if (!e) continue;
    members.push_back(std::move(*e));
    parts.push_back(child);
  }
  if (wrong || members.empty()) return {};
  const bool times = takes_time(aggregate) &&
                     std::all_of(members.begin(), members.end(),
                                 [](const Expression& e) { return e.type == Type::time; });
  const Type wanted = takes_condition(aggregate) ? Type::degree : times ? Type::time : Type::number;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool extreme = aggregate == Aggregate::min || aggregate == Aggregate::max;
    if (extreme && members[i].type == Type::series) {
      report({.code = "wrong-type",
              .message = fmt::format("`{}` of several takes numbers, not series", callee.text()),
              .primary = {parts[i].span(), "this is a series"},
              .hint = fmt::format("sample by sample there is `{}_of(a, b)`", callee.text())},
             env);
      return {};
    }
    if (!want(members[i], wanted, parts[i], env)) return {};
  }
  Expression e;
  e.kind = EKind::listed;
  e.aggregate = aggregate;
  e.type = result_of(aggregate, wanted);
  e.span = part.span();
  e.operands = std::move(members);
  return e;
}

/// Adds the variables of `for each a, b`.
bool Expressions::bind_each(Part for_each, Environment& env) {
  for (const Part name : for_each) {
    if (!name.is(Kind::name)) break;
    if (env.variable(name.text()) != nullptr) {
      report({.code = "duplicate-name",
              .message = fmt::format("`{}` is a variable already", name.text()),
              .primary = {name.span(), "bound again"},
              .hint = "give this one another name"},
             env);
      return false;
    }
    std::string unique(name.text());
    while (in_use(unique, env)) unique += '_';
    env.variables.push_back({std::string(name.text()), std::move(unique), Type::text});
  }
  return true;
}

}  // namespace fmx::dsl
