// `a then b within 50 steps`, `a during b`, `a overlaps b`, `a until b`: how stretches of time lie
// to one another.

#include <fmt/format.h>

#include "dsl/expressions.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

bool has_stretches(Type type) {
  return type == Type::time || type == Type::events || type == Type::mask;
}

}  // namespace

bool is_sequence(const Expression& e) {
  return e.kind == EKind::then || e.kind == EKind::during || e.kind == EKind::overlaps;
}

/// Whether it ever happens: `count(a then b) > 0`.
Expression happens(Expression events) {
  Expression none;
  none.span = events.span;
  Expression count;
  count.kind = EKind::call;
  count.function = Function::count;
  count.span = events.span;
  Expression happens;
  happens.kind = EKind::operation;
  happens.op = Operator::greater;
  happens.type = Type::degree;
  happens.span = events.span;
  count.operands.push_back(std::move(events));
  happens.operands.push_back(std::move(count));
  happens.operands.push_back(std::move(none));
  return happens;
}

Lowering Expressions::sequence(Part part, EKind kind, const Environment& env) {
  const auto limit = part.at(2);
  std::vector<Expression> operands;
  bool wrong = false;
  for (const std::size_t place : {0U, 1U}) {
    const auto child = part.at(place);
    Lowering e = child ? lower(*child, env) : Lowering();
    if (!e) {
      wrong = true;
      continue;
    }
    const bool lasts = place == 0 || kind == EKind::then || e->type == Type::mask;
    if (has_stretches(e->type) && lasts) {
      operands.push_back(std::move(*e));
      continue;
    }
    wrong = true;
    if (has_stretches(e->type) || e->type == Type::series) {
      wrong_type(*e, Type::mask, *child, env);
    } else {
      wrong_type(*e, Type::time, *child, env);
    }
  }
  std::optional<Quantity> within;
  if (limit) {
    within = length(*limit, "how far apart two times are", env);
    if (!within) return {};
  }
  if (wrong) return {};
  Expression e;
  e.kind = kind;
  e.type = Type::events;
  e.operands = std::move(operands);
  e.span = part.span();
  if (within) e.within = *within;
  return e;
}

Lowering Expressions::until(Part part, const Environment& env) {
  Expression e;
  e.kind = EKind::until;
  e.type = Type::mask;
  e.span = part.span();
  bool wrong = false;
  for (const Part child : part) {
    Lowering mask = lower(child, env);
    wrong = wrong || !mask || !want(*mask, Type::mask, child, env);
    if (!wrong) e.operands.push_back(std::move(*mask));
  }
  if (wrong || e.operands.size() != 2) return {};
  return e;
}

}  // namespace fmx::dsl
