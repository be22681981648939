#include "dsl/expressions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dsl/literal.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

constexpr int deepest = 400;             ///< nested expressions, lets included
constexpr std::size_t largest = 50'000;  ///< parts of one expression, lets included

Expression leaf(EKind kind, Type type, Part part) {
  Expression e;
  e.kind = kind;
  e.type = type;
  e.span = part.span();
  return e;
}

struct Extent {
  std::size_t size = 1;
  int depth = 1;
};

Extent extent_of(const Expression& e) {
  Extent all;
  for (const Expression& operand : e.operands) {
    const Extent one = extent_of(operand);
    all.size += one.size;
    all.depth = std::max(all.depth, one.depth + 1);
  }
  return all;
}

std::vector<Argument> no_arguments() { return {}; }

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
  problems_->add({.code = "expression-too-large",
                  .message = fmt::format("with its lets put in place this is {}",
                                         too_deep_ ? "nested too deep" : "too large"),
                  .primary = {part.span(), "grows too far"},
                  .hint = "let the lets build less upon one another"});
  return {};
}

Lowering Expressions::of_type(Type type, Part part, const Environment& env) {
  Lowering e = any(part, env);
  if (!e || !want(*e, type, part, env)) return {};
  return e;
}

Lowering Expressions::lower(Part part, const Environment& env) {
  if (left_ == 0) return {};
  if (depth_ >= deepest) too_deep_ = true;
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

/// The argument of a let, once more: what it adds to the expression counts.
Lowering Expressions::copied(const Argument& argument) {
  if (!argument) return {};
  const Extent extent = extent_of(*argument);
  too_deep_ = too_deep_ || depth_ + extent.depth > deepest;
  left_ -= std::min(left_, extent.size);
  return left_ == 0 || too_deep_ ? Lowering() : argument;
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

/// What `name` stands for where it is a let; `found` tells whether it is one.
Lowering Expressions::local_or_let(Part use, std::string_view name, std::vector<Argument> arguments,
                                   const Environment& env, bool& found) {
  found = true;
  if (env.lets != nullptr) {
    if (const auto local = env.lets->find(name); local != env.lets->end()) {
      const Environment* entity = env.entity != nullptr ? env.entity : &env;
      return let_in_place(local->second, use, std::move(arguments), env, entity, *env.pack);
    }
  }
  if (const Declaration* let = names_->peek(name, *env.pack, {Kind::let})) {
    return let_in_place(let->part, use, std::move(arguments), env, nullptr, let->pack);
  }
  found = false;
  return {};
}

/// The body of `let`, with the arguments in the places of its parameters. `entity` is where a let
/// of an entity sees its names, null for a let of a pack.
Lowering Expressions::let_in_place(Part let, Part use, std::vector<Argument> arguments,
                                   const Environment& env, const Environment* entity,
                                   const std::string& pack) {
  used_lets_.insert({let.span().source, let.span().begin});
  const auto name = let.child(Kind::name);
  for (const Environment* e = &env; e != nullptr; e = e->caller) {
    if (!e->let || !(*e->let == let)) continue;
    problems_->add({.code = "let-cycle",
                    .message = fmt::format("`{}` is defined by itself", name->text()),
                    .primary = {name->span(), "its value needs its own value"},
                    .secondary = {{use.span(), "used here on the way"}},
                    .hint = "a let is put in place where it is used: it cannot contain itself"});
    return {};
  }

  std::vector<std::string> parameters;
  if (const auto list = let.child(Kind::parameters)) {
    for (const Part parameter : *list) parameters.emplace_back(parameter.text());
  }
  if (arguments.size() != parameters.size()) {
    report({.code = "wrong-arguments",
            .message = fmt::format("`{}` takes {} value{}, not {}", name->text(), parameters.size(),
                                   parameters.size() == 1 ? "" : "s", arguments.size()),
            .primary = {use.span(), "used here"},
            .secondary = {{name->span(), "declared here"}}},
           env);
    return {};
  }

  Environment inner;
  inner.pack = &pack;
  if (entity != nullptr) {
    inner.lets = entity->lets;
    inner.variables = entity->variables;
  }
  inner.entity = entity;
  inner.caller = &env;
  inner.let = let;
  inner.used_at = use.span();
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    inner.arguments.insert_or_assign(parameters[i], std::move(arguments[i]));
  }
  std::optional<Part> body;
  for (const Part child : let) {
    if (!child.is(Kind::name) && !child.is(Kind::parameters)) body = child;
  }
  if (!body) return {};
  bind_atoms(*body, inner);
  return lower(*body, inner);
}

/// A mistake inside a let also shows where the let was used: its arguments may be the cause.
void Expressions::in_let(Diagnostic& diagnostic, const Environment& env) const {
  if (env.let && env.let->child(Kind::parameters)) {
    diagnostic.secondary.push_back({env.used_at, "with these values"});
  }
}

void Expressions::report(Diagnostic diagnostic, const Environment& env) {
  in_let(diagnostic, env);
  problems_->add(std::move(diagnostic));
}

}  // namespace fmx::dsl
