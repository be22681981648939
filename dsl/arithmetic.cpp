// Arithmetic on numbers, sample by sample on series, and on times.

#include <fmt/format.h>

#include "dsl/expressions.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

Expression operation(Operator op, Type type, std::vector<Expression> operands, Part part) {
  Expression e;
  e.kind = EKind::operation;
  e.op = op;
  e.type = type;
  e.operands = std::move(operands);
  e.span = part.span();
  return e;
}

Operator operator_of(std::string_view sign) {
  if (sign == "+") return Operator::add;
  if (sign == "-") return Operator::subtract;
  return sign == "*" ? Operator::multiply : Operator::divide;
}

bool numeric(Type type) { return type == Type::number || type == Type::series; }

/// The type of `a op b`; empty where the two do not go together. A time is a place: two of them
/// differ by a number of steps, and a number moves or scales one.
std::optional<Type> result_of(Operator op, Type a, Type b) {
  if (numeric(a) && numeric(b)) {
    return a == Type::series || b == Type::series ? Type::series : Type::number;
  }
  const bool times = a == Type::time && b == Type::time;
  if (times) return op == Operator::subtract ? std::optional(Type::number) : std::nullopt;
  const bool shift = op == Operator::add || op == Operator::subtract;
  if (shift && a == Type::time && b == Type::number) return Type::time;
  const bool swaps = op == Operator::add || op == Operator::multiply;
  if (swaps && a == Type::number && b == Type::time) return Type::time;
  const bool scale = op == Operator::multiply || op == Operator::divide;
  if (scale && a == Type::time && b == Type::number) return Type::time;
  return {};
}

}  // namespace

/// `a + b - c`, `a * b / c`: from the left.
Lowering Expressions::chain(Part part, const Environment& env) {
  Lowering left;
  std::optional<Part> sign;
  bool wrong = false;
  int terms = 0;
  for (const Part child : part) {
    if (child.is(Kind::operator_word)) {
      sign = child;
      continue;
    }
    // Each term puts all before it one level deeper.
    if (depth_ + ++terms > deepest_expression) too_deep_ = true;
    Lowering right = lower(child, env);
    if (!right) wrong = true;
    if (!sign) {
      left = std::move(right);
    } else if (!wrong) {
      left = arithmetic(operator_of(sign->text()), std::move(*left), std::move(*right), part, child,
                        env);
      if (!left) wrong = true;
    }
  }
  return wrong ? Lowering() : left;
}

Lowering Expressions::power(Part part, const Environment& env) {
  const auto base = part.at(0), exponent = part.at(1);
  if (!base || !exponent) return {};
  Lowering a = lower(*base, env), b = lower(*exponent, env);
  if (!a || !b) return {};
  return arithmetic(Operator::power, std::move(*a), std::move(*b), part, *exponent, env);
}

/// `at` is the right operand: what is pointed at where the two do not go together.
Lowering Expressions::arithmetic(Operator op, Expression a, Expression b, Part whole, Part at,
                                 const Environment& env) {
  if (const auto type = result_of(op, a.type, b.type)) {
    return operation(op, *type, both(std::move(a), std::move(b)), whole);
  }
  const auto reckons = [](Type type) { return numeric(type) || type == Type::time; };
  if (!reckons(a.type)) {
    wrong_type(a, Type::number, whole, env);
  } else if (!reckons(b.type)) {
    wrong_type(b, Type::number, at, env);
  } else {
    report({.code = "wrong-type",
            .message =
                fmt::format("a {} and a {} do not combine so", name_of(a.type), name_of(b.type)),
            .primary = {whole.span(), "a time is a place on the axis"},
            .hint = "two times can be subtracted; to a time a number of steps can be added"},
           env);
  }
  return {};
}

Lowering Expressions::negate(Part part, const Environment& env) {
  const auto inner = part.at(0);
  if (!inner) return {};
  Lowering e = lower(*inner, env);
  if (!e) return {};
  if (!numeric(e->type)) {
    wrong_type(*e, Type::number, *inner, env);
    return {};
  }
  if (e->kind == EKind::number) {
    e->number = -e->number;
    e->span = part.span();
    return e;
  }
  const Type type = e->type;
  return operation(Operator::negate, type, {std::move(*e)}, part);
}

/// `a else b`: all of one type, which a param takes from the others.
Lowering Expressions::otherwise(Part part, const Environment& env) {
  std::vector<Expression> operands;
  std::vector<Part> parts;
  bool wrong = false;
  for (const Part child : part) {
    Lowering e = lower(child, env);
    wrong = wrong || !e;
    if (e) operands.push_back(std::move(*e));
    parts.push_back(child);
  }
  if (wrong || operands.empty()) return {};
  Type type = operands.front().type;
  for (const Expression& e : operands) {
    if (e.type == Type::text) type = Type::text;
  }
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (!want(operands[i], type, parts[i], env)) return {};
  }
  return operation(Operator::otherwise, type, std::move(operands), part);
}

}  // namespace fmx::dsl
