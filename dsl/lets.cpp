// Lets, put in place where they are used.

#include <fmt/format.h>

#include <algorithm>

#include "dsl/expressions.hpp"

namespace fmx::dsl {
namespace {

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

}  // namespace

/// The argument of a let, once more: what it adds to the expression counts.
Lowering Expressions::copied(const Argument& argument) {
  if (!argument) return {};
  const Extent extent = extent_of(*argument);
  too_deep_ = too_deep_ || depth_ + extent.depth > deepest_expression;
  left_ -= std::min(left_, extent.size);
  return left_ == 0 || too_deep_ ? Lowering() : argument;
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
    inner.arguments = entity->arguments;
    inner.instance = entity->instance;
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

}  // namespace fmx::dsl
