#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "knowledge/expression.hpp"

/// Expressions as rule text would give them, short enough for tests: above(last(metric(0)), 1, 2).
namespace fmx::testing {

using Kind = Expression::Kind;

inline Expression form(Kind kind, Type type, std::vector<Expression> operands = {}) {
  Expression e;
  e.kind = kind;
  e.type = type;
  e.operands = std::move(operands);
  return e;
}

inline Expression number(double value) {
  Expression e = form(Kind::number, Type::number);
  e.number = value;
  return e;
}
inline Expression text(std::string words) {
  Expression e = form(Kind::text, Type::text);
  e.text = std::move(words);
  return e;
}
inline Expression variable(std::string name) {
  Expression e = form(Kind::variable, Type::text);
  e.text = std::move(name);
  return e;
}
inline Expression metric(std::uint32_t index, std::vector<std::string> labels = {}) {
  Expression e = form(Kind::metric, Type::series);
  e.index = index;
  e.labels = std::move(labels);
  return e;
}
inline Expression param(std::uint32_t index) {
  Expression e = form(Kind::parameter, Type::number);
  e.index = index;
  return e;
}
inline Expression finding(std::uint32_t index, std::vector<std::string> labels = {}) {
  Expression e = form(Kind::finding, Type::degree);
  e.index = index;
  e.labels = std::move(labels);
  return e;
}
inline Expression call(Function function, std::vector<Expression> operands,
                       Type type = Type::number) {
  Expression e = form(Kind::call, type, std::move(operands));
  e.function = function;
  return e;
}
inline Expression operation(Operator op, std::vector<Expression> operands,
                            Type type = Type::degree) {
  Expression e = form(Kind::operation, type, std::move(operands));
  e.op = op;
  return e;
}
inline Expression both(Expression a, Expression b) {
  return operation(Operator::logical_and, {a, b});
}
inline Expression either(Expression a, Expression b) {
  return operation(Operator::logical_or, {a, b});
}
inline Expression negation(Expression a) { return operation(Operator::logical_not, {a}); }
inline Expression greater(Expression a, Expression b) {
  return operation(Operator::greater, {a, b});
}
inline Expression greater_mask(Expression a, Expression b) {
  return operation(Operator::greater, {a, b}, Type::mask);
}
inline Expression above(Expression a, double low, double high) {
  return form(Kind::above, Type::degree, {a, number(low), number(high)});
}
inline Expression below(Expression a, double high, double low) {
  return form(Kind::below, Type::degree, {a, number(high), number(low)});
}
inline Expression windowed(Expression x, fmx::Window window) {
  Expression e = form(Kind::windowed, x.type, {x});
  e.window = std::move(window);
  return e;
}
inline Expression over_last(Expression x, double value, Unit unit) {
  return windowed(std::move(x), {fmx::Window::Kind::last, {value, unit}, {}});
}
inline Expression over_first(Expression x, double value, Unit unit) {
  return windowed(std::move(x), {fmx::Window::Kind::first, {value, unit}, {}});
}
inline Expression aggregate(Expression::Aggregate aggregate, std::vector<std::string> variables,
                            std::vector<Expression> operands, Type type = Type::number) {
  Expression e = form(Kind::aggregate, type, std::move(operands));
  e.aggregate = aggregate;
  e.variables = std::move(variables);
  return e;
}
inline Expression within(Kind kind, std::vector<Expression> operands, double value = 0,
                         Unit unit = Unit::none) {
  Expression e = form(kind, Type::degree, std::move(operands));
  e.within = {value, unit};
  return e;
}

}  // namespace fmx::testing
