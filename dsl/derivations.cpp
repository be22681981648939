// Tables, and rules that derive relations from them.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dsl/literal.hpp"
#include "dsl/values.hpp"
#include "dsl/variables.hpp"

namespace fmx::dsl {
namespace {

constexpr std::array<std::pair<std::string_view, Type>, 4> column_words{
    {{"text", Type::text}, {"number", Type::number}, {"time", Type::number}, {"flag", Type::text}}};

std::vector<Part> columns_of(Part table) {
  std::vector<Part> columns;
  for (const Part child : table) {
    if (child.is(Kind::column)) columns.push_back(child);
  }
  return columns;
}

std::optional<Part> body_of(Part rule) {
  std::optional<Part> body;
  for (const Part child : rule) {
    if (!child.is(Kind::name) && !child.is(Kind::parameters)) body = child;
  }
  return body;
}

/// The relation that a rule derives.
const Declaration* head_of(const Item& rule, const Declarations& declared) {
  const auto name = rule.part.child(Kind::name);
  const Declaration* head =
      name ? declared.find(fmt::format("{}.{}", rule.pack, name->text())) : nullptr;
  return head != nullptr && head->kind == Kind::rule ? head : nullptr;
}

void report_unbound(Part name, Context& context) {
  context.problems.add({.code = "unbound-variable",
                        .message = fmt::format("nothing gives `{}` its values", name.text()),
                        .primary = {name.span(), "no atom of the body holds for it"},
                        .hint = "let a table or a relation hold for it, not under `not`"});
}

void check_arity(const Item& rule, const Declaration& head, Context& context) {
  const auto parameters = rule.part.child(Kind::parameters);
  const std::size_t takes = declared_variables(head.part).size();
  if (!parameters || parameters->count() == takes) return;
  context.problems.add({.code = "wrong-arguments",
                        .message = fmt::format("`{}` has {} column{} elsewhere, not {}", head.name,
                                               takes, takes == 1 ? "" : "s", parameters->count()),
                        .primary = {parameters->span(), "does not fit"},
                        .secondary = {{head.span, "first derived here"}},
                        .hint = "all rules of one name derive one relation"});
}

/// Whether `variable` stands under `part` where something may give it values: as what an atom is
/// about, or as a label.
bool may_be_given(Part part, std::string_view variable) {
  const bool gives = part.is(Kind::call) || part.is(Kind::labels);
  for (const Part child : part) {
    if (gives && child.text() == variable) return true;
    if (!child.leaf() && may_be_given(child, variable)) return true;
  }
  return false;
}

/// Of a variable of the head that the body only compares nothing is known, not even its type.
bool all_may_be_given(const Item& rule, Part body, Context& context) {
  bool all = true;
  const auto parameters = rule.part.child(Kind::parameters);
  for (const Part name : *parameters) {
    if (may_be_given(body, name.text())) continue;
    report_unbound(name, context);
    all = false;
  }
  return all;
}

/// Every variable of the head must be given values by the body, and so must those that stand only
/// under `not`: otherwise the rule would hold for whatever one can think of.
void check_safe(const Item& item, const Rule& rule, Context& context) {
  const VariableNames bound = bound_variables(rule.body);
  const auto parameters = item.part.child(Kind::parameters);
  for (const Part name : *parameters) {
    if (!bound.contains(std::string(name.text()))) report_unbound(name, context);
  }
  for (const std::string& name : free_variables(rule.body)) {
    const auto& heads = rule.variables;
    if (bound.contains(name) || std::find(heads.begin(), heads.end(), name) != heads.end())
      continue;
    context.problems.add(
        {.code = "unbound-variable",
         .message = fmt::format("nothing gives `{}` its values", name),
         .primary = {rule.body.span, "it stands only under `not` or in one branch"},
         .hint = "let an atom that is not negated hold for it, or write `_`"});
  }
}

}  // namespace

Expressions::ColumnTypes column_types(Context& context) {
  Expressions::ColumnTypes types;
  for (const Declaration& d : context.declared.named) {
    if (d.kind != Kind::table && d.kind != Kind::rule) continue;
    if (types.size() <= d.index) types.resize(d.index + 1);
    if (d.kind == Kind::rule) {
      types[d.index].resize(declared_variables(d.part).size());
      continue;
    }
    for (const Part column : columns_of(d.part)) {
      const auto word = column.child(Kind::word);
      types[d.index].push_back(word ? choice(*word, column_words, context).value_or(Type::text)
                                    : Type::text);
    }
  }
  // What a rule derives has the types of the columns that its variables stand in. Each round
  // settles one more column or is the last.
  for (bool settled = false; !settled;) {
    settled = true;
    context.expressions.use_column_types(types);
    for (const Item& rule : context.declared.rules) {
      const Declaration* head = head_of(rule, context.declared);
      const auto body = body_of(rule.part);
      if (head == nullptr || !body) continue;
      const auto variables = declared_variables(rule.part);
      for (std::size_t i = 0; i < std::min(variables.size(), types[head->index].size()); ++i) {
        std::optional<Type>& type = types[head->index][i];
        if (type) continue;
        type = context.expressions.type_in_atoms(*body, variables[i], rule.pack);
        if (type) settled = false;
      }
    }
  }
  return types;
}

Table lower_table(const Declaration& declaration) {
  Table table;
  table.id = declaration.id;
  table.name = declaration.name;
  table.pack = declaration.pack;
  table.span = declaration.span;
  table.declaration = declaration.part.span();
  for (const Part column : columns_of(declaration.part)) {
    const auto name = column.child(Kind::name), word = column.child(Kind::word);
    table.columns.push_back({name ? std::string(name->text()) : std::string(),
                             word ? std::string(word->text()) : std::string()});
  }
  return table;
}

Rule lower_rule(const Item& item, Context& context) {
  Rule rule;
  const Declaration* head = head_of(item, context.declared);
  const auto body = body_of(item.part);
  if (head == nullptr || !body || !item.part.child(Kind::parameters)) return rule;
  rule.id = head->id;
  rule.name = head->name;
  rule.pack = head->pack;
  rule.span = item.part.child(Kind::name)->span();
  rule.declaration = item.part.span();
  rule.relation = head->index;
  rule.variables = declared_variables(item.part);
  check_arity(item, *head, context);
  if (!all_may_be_given(item, *body, context)) return rule;

  Environment env;
  env.pack = &item.pack;
  for (const std::string& name : rule.variables) {
    const auto type = context.expressions.type_in_atoms(*body, name, item.pack);
    env.variables.push_back({name, name, type.value_or(Type::text)});
  }
  if (auto condition = context.expressions.condition(*body, env)) {
    rule.body = std::move(*condition);
    check_safe(item, rule, context);
  }
  return rule;
}

}  // namespace fmx::dsl
