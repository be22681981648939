#include "dsl/expressions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dsl/literal.hpp"
#include "knowledge/quality.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

constexpr std::size_t largest = 50'000;  ///< parts of one expression, lets included

Expression leaf(EKind kind, Type type, Part part) {
  Expression e;
  e.kind = kind;
  e.type = type;
  e.span = part.span();
  return e;
}

std::vector<Argument> no_arguments() { return {}; }

/// Whether a param is declared as `kind text`.
bool holds_text(Part param) {
  const auto kind = param.child(Kind::field_kind);
  return kind && kind->at(0) && kind->at(0)->text() == name_of(Quality::text);
}

}  // namespace

std::vector<std::string> declared_variables(Part item) {
  std::vector<std::string> names;
  for (const Part child : item) {
    if (!child.is(Kind::labels) && !child.is(Kind::parameters)) continue;
    for (const Part name : child) {
      names.push_back(name.is(Kind::string) ? text_of(name) : std::string(name.text()));
    }
    break;
  }
  return names;
}

std::vector<Expression> both(Expression a, Expression b) {
  std::vector<Expression> operands;
  operands.reserve(2);
  operands.push_back(std::move(a));
  operands.push_back(std::move(b));
  return operands;
}

std::optional<double> constant(const Expression& e) {
  if (e.kind == EKind::number) return e.number;
  if (e.kind != EKind::operation) return {};
  std::vector<double> values;
  for (const Expression& operand : e.operands) {
    const auto value = constant(operand);
    if (!value) return {};
    values.push_back(*value);
  }
  if (e.op == Operator::negate) return -values.front();
  if (values.size() != 2) return {};
  switch (e.op) {
    case Operator::add: return values[0] + values[1];
    case Operator::subtract: return values[0] - values[1];
    case Operator::multiply: return values[0] * values[1];
    case Operator::divide: return values[0] / values[1];
    case Operator::power: return std::pow(values[0], values[1]);
    default: return {};
  }
}

Lowering Expressions::any(Part part, const Environment& env) {
  Environment with_atoms = env;
  bind_atoms(part, with_atoms);
  left_ = largest;
  depth_ = 0;
  too_deep_ = false;
  Lowering e = lower(part, with_atoms);
  if (left_ > 0 && !too_deep_) return e;
  problems_->add(
      {.code = "expression-too-large",
       .message = fmt::format("with its lets put in place this is {}",
                              too_deep_ ? "nested too deep" : "too large"),
       .primary = {part.span(), "grows too far"},
       .hint = "write less in one expression, or let the lets build less upon one another"});
  return {};
}

Lowering Expressions::of_type(Type type, Part part, const Environment& env) {
  Lowering e = any(part, env);
  if (!e || !want(*e, type, part, env)) return {};
  return e;
}

Lowering Expressions::lower(Part part, const Environment& env) {
  if (left_ == 0) return {};
  if (depth_ >= deepest_expression) too_deep_ = true;
  if (too_deep_) return {};
  --left_;
  ++depth_;
  Lowering e = lower_here(part, env);
  --depth_;
  return e;
}

Lowering Expressions::lower_here(Part part, const Environment& env) {
  switch (part.kind()) {
    case Kind::quantity:
    case Kind::number: return quantity(part);
    case Kind::string:
    case Kind::text: {
      Expression e = leaf(EKind::text, Type::text, part);
      e.text = text_of(part);
      return e;
    }
    case Kind::reference: return reference(part, env);
    case Kind::call: return call(part, env);
    case Kind::grouped: {
      const auto inner = part.at(0);
      return inner ? lower(*inner, env) : Lowering();
    }
    case Kind::argument: return argument(part, env);
    case Kind::disjunction: return logical(part, Operator::logical_or, env);
    case Kind::conjunction: return logical(part, Operator::logical_and, env);
    case Kind::negation: return negation(part, env);
    case Kind::above: return ramp(part, EKind::above, env);
    case Kind::below: return ramp(part, EKind::below, env);
    case Kind::between: return ramp(part, EKind::between, env);
    case Kind::before: return times(part, EKind::before, env);
    case Kind::after: return times(part, EKind::after, env);
    case Kind::near: return near(part, env);
    case Kind::then: return sequence(part, EKind::then, env);
    case Kind::during: return sequence(part, EKind::during, env);
    case Kind::overlaps: return sequence(part, EKind::overlaps, env);
    case Kind::until: return until(part, env);
    case Kind::compare: return compare(part, env);
    case Kind::in: return one_of(part, env);
    case Kind::matches: return matches(part, env);
    case Kind::sustained: return sustained(part, env);
    case Kind::otherwise: return otherwise(part, env);
    case Kind::add:
    case Kind::multiply: return chain(part, env);
    case Kind::negate: return negate(part, env);
    case Kind::power: return power(part, env);
    case Kind::wildcard:
      report({.code = "wrong-type",
              .message = "`_` stands for any value in an atom, and nowhere else",
              .primary = {part.span(), "not a value"}},
             env);
      return {};
    default: return {};  // the parser has reported what should stand here
  }
}

Lowering Expressions::quantity(Part part) {
  const auto quantity = quantity_of(part);
  if (!quantity) return {};
  if (!std::isfinite(quantity->value)) {
    problems_->add({.code = "out-of-range",
                    .message = fmt::format("`{}` is more than a number can hold", part.text()),
                    .primary = {part.span(), "too large"}});
    return {};
  }
  Expression e = leaf(EKind::number, Type::number, part);
  e.number = quantity->value;
  e.unit = quantity->unit;
  return e;
}

Lowering Expressions::reference(Part part, const Environment& env) {
  const auto path = part.child(Kind::path);
  if (!path) return {};
  const auto labels = part.child(Kind::labels);
  if (!labels) {
    if (const Variable* variable = env.variable(path->text())) {
      Expression e = leaf(EKind::variable, variable->type, part);
      e.text = variable->unique;
      return e;
    }
    if (const auto argument = env.arguments.find(path->text()); argument != env.arguments.end()) {
      return copied(argument->second);
    }
    bool found = false;
    Lowering e = local_or_let(part, path->text(), no_arguments(), env, found);
    if (found) return e;
  }
  const Declaration* named =
      names_->find(*path, *env.pack, {Kind::metric, Kind::param, Kind::finding});
  if (named == nullptr) return {};
  const bool metric = named->kind == Kind::metric, param = named->kind == Kind::param;
  Expression e = leaf(metric  ? EKind::metric
                      : param ? EKind::parameter
                              : EKind::finding,
                      metric  ? Type::series
                      : param ? Type::number
                              : Type::degree,
                      part);
  e.index = named->index;
  if (param && holds_text(named->part)) e.type = Type::text;
  if (!labels) return e;
  const std::size_t takes = declared_variables(named->part).size();
  if (labels->count() != takes) {
    report({.code = "wrong-labels",
            .message = takes == 0 ? fmt::format("`{}` has no labels", named->name)
                                  : fmt::format("`{}` has {} label{}, not {}", named->name, takes,
                                                takes == 1 ? "" : "s", labels->count()),
            .primary = {labels->span(), "these do not fit"},
            .secondary = {{named->span, "declared here"}}},
           env);
    return {};
  }
  if (!put_labels(*labels, env, e)) return {};
  return e;
}

bool Expressions::put_labels(Part labels, const Environment& env, Expression& of) {
  for (const Part part : labels) {
    auto text = label(part, env);
    if (!text) return false;
    of.labels.push_back(std::move(*text));
  }
  return true;
}

/// A variable by its name, a value in quotes.
std::optional<std::string> Expressions::label(Part part, const Environment& env) {
  if (part.is(Kind::string)) return fmt::format("\"{}\"", text_of(part));
  if (const Variable* variable = env.variable(part.text())) return variable->unique;
  const auto argument = env.arguments.find(part.text());
  if (argument != env.arguments.end()) {
    if (!argument->second) return {};
    if (argument->second->kind == EKind::variable) return argument->second->text;
    if (argument->second->kind == EKind::text) return fmt::format("\"{}\"", argument->second->text);
  }
  report(
      {.code = "unbound-variable",
       .message = fmt::format("nothing gives `{}` its values", part.text()),
       .primary = {part.span(), "not a variable here"},
       .hint = fmt::format("write `... for each {0}`, declare the finding as `name[{0}]`, or quote "
                           "the label's value: `\"{0}\"`",
                           part.text())},
      env);
  return {};
}

/// A mistake inside a let or a template also shows where that was used: its arguments may be the
/// cause.
void Expressions::in_let(Diagnostic& diagnostic, const Environment& env) const {
  const bool takes_values = env.let && env.let->child(Kind::parameters);
  if (takes_values) diagnostic.secondary.push_back({env.used_at, "with these values"});
  if (env.instance) diagnostic.secondary.push_back({*env.instance, "of the template put in here"});
}

void Expressions::take_over(Expressions other) {
  used_lets_.merge(other.used_lets_);
  unknown_functions_.take_over(other.unknown_functions_);
}

void Expressions::report(Diagnostic diagnostic, const Environment& env) {
  in_let(diagnostic, env);
  problems_->add(std::move(diagnostic));
}

}  // namespace fmx::dsl
