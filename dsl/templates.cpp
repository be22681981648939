// Templates: the fields of many entities, written once.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dsl/values.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

/// What a parameter may stand for: a thing by its name, or any value of a type.
struct Takes {
  std::optional<EKind> kind;
  Type type = Type::number;
};

constexpr std::array<std::pair<std::string_view, Takes>, 10> parameter_words{
    {{"metric", {EKind::metric, Type::series}},
     {"param", {EKind::parameter, Type::number}},
     {"finding", {EKind::finding, Type::degree}},
     {"number", {{}, Type::number}},
     {"series", {{}, Type::series}},
     {"mask", {{}, Type::mask}},
     {"events", {{}, Type::events}},
     {"condition", {{}, Type::degree}},
     {"time", {{}, Type::time}},
     {"text", {{}, Type::text}}}};

bool fits(const Takes& takes, const Expression& e) {
  if (takes.kind) return e.kind == *takes.kind;
  const bool param = e.kind == EKind::parameter;
  return e.type == takes.type || (takes.type == Type::text && param);
}

std::vector<Part> columns_of(Part item) {
  std::vector<Part> columns;
  for (const Part child : item) {
    if (child.is(Kind::column)) columns.push_back(child);
  }
  return columns;
}

/// `like name(a, b)` in `declaration`.
std::optional<Template> instance(Part call, const Declaration& declaration, Context& context) {
  const auto callee = call.at(0);
  if (!callee) return {};
  const Declaration* found = context.names.find(*callee, declaration.pack, {Kind::family});
  if (found == nullptr) return {};
  const std::vector<Part> columns = columns_of(found->part);
  if (columns.size() != call.count() - 1) {
    context.problems.add(
        {.code = "wrong-arguments",
         .message = fmt::format("`{}` takes {} value{}, not {}", found->name, columns.size(),
                                columns.size() == 1 ? "" : "s", call.count() - 1),
         .primary = {call.span(), "used here"},
         .secondary = {{found->span, "declared here"}}});
    return {};
  }
  Environment env;
  env.pack = &declaration.pack;
  for (const std::string& variable : declared_variables(declaration.part)) {
    env.variables.push_back({variable, variable, Type::text});
  }
  Template made{.part = found->part, .pack = &found->pack, .arguments = {}, .used_at = call.span()};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto name = columns[i].child(Kind::name), word = columns[i].child(Kind::word);
    const Part value = *call.at(i + 1);
    Argument argument = context.expressions.any(value, env);
    const auto takes = name && word ? choice(*word, parameter_words, context) : std::nullopt;
    if (argument && takes && !fits(*takes, *argument)) {
      context.problems.add(
          {.code = "wrong-type",
           .message = fmt::format("`{}` takes a {} here", found->name, word->text()),
           .primary = {value.span(), fmt::format("this is a {}", name_of(argument->type))},
           .secondary = {{columns[i].span(), "declared here"}}});
      argument.reset();
    }
    if (name) made.arguments.insert_or_assign(std::string(name->text()), std::move(argument));
  }
  return made;
}

}  // namespace

std::vector<Template> templates_of(const Declaration& declaration, Context& context) {
  std::vector<Template> all;
  for (const Part field : declaration.part) {
    const auto call = field.is(Kind::field_like) ? field.child(Kind::call) : std::nullopt;
    if (!call) continue;
    if (auto one = instance(*call, declaration, context)) all.push_back(std::move(*one));
  }
  return all;
}

void check_templates(Context& context) {
  for (const Declaration& declaration : context.declared.named) {
    if (declaration.kind != Kind::family) continue;
    for (const Part column : columns_of(declaration.part)) {
      if (const auto word = column.child(Kind::word)) choice(*word, parameter_words, context);
    }
  }
}

}  // namespace fmx::dsl
