// Metrics, params and findings: what can be measured, what is set, what can be seen.

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "dsl/dimension.hpp"
#include "dsl/literal.hpp"
#include "dsl/values.hpp"
#include "dsl/variables.hpp"

namespace fmx::dsl {
namespace {

constexpr std::array<std::pair<std::string_view, Better>, 2> better_words{
    {{"lower", Better::lower}, {"higher", Better::higher}}};

constexpr std::array<std::pair<std::string_view, Quality>, 7> metric_kinds{
    {{"gauge", Quality::gauge},
     {"counter", Quality::counter},
     {"fraction", Quality::fraction},
     {"count", Quality::count},
     {"duration", Quality::duration},
     {"bytes", Quality::bytes},
     {"flag", Quality::flag}}};

constexpr std::array<std::pair<std::string_view, Quality>, 7> param_kinds{
    {{"gauge", Quality::gauge},
     {"fraction", Quality::fraction},
     {"count", Quality::count},
     {"duration", Quality::duration},
     {"bytes", Quality::bytes},
     {"flag", Quality::flag},
     {"text", Quality::text}}};

constexpr std::array<std::pair<std::string_view, bool>, 2> evidence_words{
    {{"direct", true}, {"circumstantial", false}}};

std::optional<Part> word_of(const std::optional<Field>& field) {
  return field ? field->part.child(Kind::word) : std::nullopt;
}

std::string unit_of(const Body& body) {
  const auto word = word_of(body.one(Kind::field_unit));
  return word ? std::string(word->text()) : std::string();
}

/// What the unit of a quantity of this kind is made of; empty where it may be anything.
std::optional<std::vector<std::string_view>> bases_of(Quality kind) {
  switch (kind) {
    case Quality::fraction:
    case Quality::flag: return std::vector<std::string_view>{};
    case Quality::duration:
      return std::vector<std::string_view>{"s", "steps", "epochs", "samples", "tokens"};
    case Quality::bytes: return std::vector<std::string_view>{"B"};
    default: return {};
  }
}

/// A unit must fit the kind of quantity that it counts: a duration is no number of bytes.
void check_unit(const Body& body, Quality kind, Context& context) {
  const auto word = word_of(body.one(Kind::field_unit));
  if (!word) return;
  const std::string_view unit = word->text();
  if (unit.ends_with('/') || unit.starts_with('/') || unit.find("//") != unit.npos) {
    context.problems.add({.code = "expected-value",
                          .message = "a unit stands on both sides of `/`",
                          .primary = {word->span(), "one is missing"},
                          .hint = "write it as in `tokens/s`, or `1/s`"});
    return;
  }
  const auto bases = bases_of(kind);
  if (!bases) return;
  const Dimension dimension = dimension_of(unit);
  const bool fits =
      bases->empty()
          ? dimension.plain()
          : dimension.powers.size() == 1 && dimension.powers.begin()->second == 1 &&
                std::ranges::find(*bases, dimension.powers.begin()->first) != bases->end();
  if (fits) return;
  const auto said = word_of(body.one(Kind::field_kind));
  context.problems.add(
      {.code = "unit-mismatch",
       .message = fmt::format("`kind {}` is not counted in {}", said ? said->text() : "",
                              words_for(dimension)),
       .primary = {word->span(), "does not fit the kind"},
       .secondary = {{said ? said->span() : word->span(), "the kind"}},
       .hint = bases->empty()           ? "leave the unit out, or say another kind: `kind gauge`"
               : kind == Quality::bytes ? "write `B`, `MiB`, `GiB`, ... or say another kind"
                                        : "write `ms`, `s`, `min`, ... or say another kind"});
}

/// `{name}` in a text must be one of `variables`.
void check_placeholders(Part text, const std::vector<std::string>& variables, Context& context) {
  const std::string_view raw = text.text();
  for (std::size_t open = raw.find('{'); open != raw.npos; open = raw.find('{', open + 1)) {
    const std::size_t close = raw.find('}', open);
    if (close == raw.npos) return;
    const std::string_view name = raw.substr(open + 1, close - open - 1);
    if (std::find(variables.begin(), variables.end(), name) != variables.end()) continue;
    Span span = text.span();
    span.end = span.begin + static_cast<std::uint32_t>(close + 1);
    span.begin += static_cast<std::uint32_t>(open);
    std::vector<std::string_view> known(variables.begin(), variables.end());
    context.problems.add({.code = "unbound-variable",
                          .message = fmt::format("nothing gives `{}` its values", name),
                          .primary = {span, "not a label or variable of this"},
                          .hint = did_you_mean(name, known)});
  }
}

/// The lowest and the highest value that a metric or a param can take.
template <class Quantity>
void lower_range(const Field& field, Context& context, Quantity& quantity) {
  std::vector<double> ends;
  for (const Part part : field.part) {
    const Lowering e = context.expressions.of_type(Type::number, part, environment(field));
    if (!e) return;
    const auto value = constant(*e);
    if (!value) {
      context.problems.add({.code = "wrong-type",
                            .message = "a range has two fixed ends",
                            .primary = {part.span(), "depends on the run"}});
      return;
    }
    ends.push_back(*value);
  }
  if (ends.size() != 2) return;
  if (ends[0] > ends[1]) {
    context.problems.add({.code = "bad-ramp",
                          .message = "the ends of `range` stand in the wrong order",
                          .primary = {field.part.span(), "from the lower to the higher"},
                          .hint = fmt::format("write `range {} .. {}`", field.part.at(1)->text(),
                                              field.part.at(0)->text())});
    return;
  }
  quantity.lowest = ends[0];
  quantity.highest = ends[1];
}

std::vector<std::string> aliases_of(const Declaration& declaration, const Body& body,
                                    const std::vector<std::string>& labels, Context& context) {
  std::vector<std::string> aliases;
  context.claims.push_back(claim(declaration, declaration.name, declaration.span));
  for (const Field& field : body.all(Kind::field_aliases)) {
    for (const Part text : field.part) {
      check_placeholders(text, labels, context);
      if (text_of(text).empty()) {
        context.problems.add({.code = "expected-value",
                              .message = "nothing is logged under an empty name",
                              .primary = {text.span(), "says nothing"},
                              .hint = "write what the log calls it, or leave it out"});
        continue;
      }
      aliases.push_back(text_of(text));
      context.claims.push_back(claim(declaration, aliases.back(), text.span()));
    }
  }
  return aliases;
}

/// The variables of a finding: those of a `name(a, b)` get their types from the tables they stand
/// in.
std::vector<Variable> variables_of(const Declaration& declaration, const Body& body,
                                   Context& context) {
  std::vector<Variable> variables;
  const auto when = body.one(Kind::field_when);
  for (const std::string& name : declared_variables(declaration.part)) {
    const auto column =
        when ? context.expressions.type_in_atoms(when->part, name, *when->pack) : std::nullopt;
    variables.push_back({name, name, column.value_or(Type::text)});
  }
  return variables;
}

/// Every variable needs something that gives it values: else the finding has no instance.
void check_bound(const Declaration& declaration, const Finding& finding, Context& context) {
  const VariableNames bound = bound_variables(finding.when);
  const VariableNames free = free_variables(finding.when);
  for (const Part child : declaration.part) {
    if (!child.is(Kind::labels) && !child.is(Kind::parameters)) continue;
    for (const Part name : child) {
      if (bound.contains(std::string(name.text()))) continue;
      context.problems.add(
          {.code = "unbound-variable",
           .message = fmt::format("nothing gives `{}` its values", name.text()),
           .primary = {name.span(), "no family is indexed by it, no atom holds for it"},
           .hint =
               fmt::format("use it in `when`, as in `last(grad_norm[{}])`; under `not`, or in one "
                           "branch of an `or`, it is not given values",
                           name.text())});
    }
  }
  for (const std::string& name : free) {
    const bool declared = std::find(finding.variables.begin(), finding.variables.end(), name) !=
                          finding.variables.end();
    if (declared || bound.contains(name)) continue;
    context.problems.add(
        {.code = "unbound-variable",
         .message = fmt::format("nothing gives `{}` its values", name),
         .primary = {finding.when.span, "it stands only under `not` or in one branch"},
         .hint = "let an atom that is not negated hold for it, or write `_`"});
  }
}

}  // namespace

Metric lower_metric(const Declaration& declaration, const Body& body, Context& context) {
  Metric metric;
  lower_common(declaration, body, context, metric);
  metric.labels = declared_variables(declaration.part);
  metric.aliases = aliases_of(declaration, body, metric.labels, context);
  metric.unit = unit_of(body);
  if (const auto word = word_of(body.one(Kind::field_kind))) {
    metric.kind = choice(*word, metric_kinds, context).value_or(Quality::unsaid);
  }
  check_unit(body, metric.kind, context);
  if (const auto word = word_of(body.one(Kind::field_better))) {
    metric.better = choice(*word, better_words, context).value_or(Better::unsaid);
  }
  if (const auto range = body.one(Kind::field_range)) lower_range(*range, context, metric);
  metric.how = advice_of(body, context);
  return metric;
}

Param lower_param(const Declaration& declaration, const Body& body, Context& context) {
  Param param;
  lower_common(declaration, body, context, param);
  param.aliases = aliases_of(declaration, body, {}, context);
  param.unit = unit_of(body);
  if (const auto word = word_of(body.one(Kind::field_kind))) {
    param.kind = choice(*word, param_kinds, context).value_or(Quality::unsaid);
  }
  check_unit(body, param.kind, context);
  if (const auto range = body.one(Kind::field_range)) lower_range(*range, context, param);
  return param;
}

Finding lower_finding(const Declaration& declaration, const Body& body, Context& context) {
  Finding finding;
  lower_common(declaration, body, context, finding);
  finding.variables = declared_variables(declaration.part);
  if (const auto title = declaration.part.child(Kind::string)) {
    check_placeholders(*title, finding.variables, context);
  }
  const std::vector<Variable> variables = variables_of(declaration, body, context);
  const auto env_of = [&](const Field& field) {
    Environment env = environment(field);
    env.variables = variables;
    return env;
  };
  if (const auto when = body.one(Kind::field_when); when && when->part.at(0)) {
    if (auto condition = context.expressions.condition(*when->part.at(0), env_of(*when))) {
      finding.when = std::move(*condition);
      check_bound(declaration, finding, context);
    }
  }
  if (const auto since = body.one(Kind::field_since); since && since->part.at(0)) {
    finding.since = context.expressions.of_type(Type::time, *since->part.at(0), env_of(*since));
  }
  if (const auto base = body.one(Kind::field_base); base && base->part.at(0)) {
    finding.base = share(*base->part.at(0), Share::open, "a base", context).value_or(finding.base);
  }
  if (const auto word = word_of(body.one(Kind::field_evidence))) {
    finding.direct = choice(*word, evidence_words, context).value_or(true);
  }
  for (const Field& field : body.all(Kind::field_said)) {
    for (std::string& words : texts(field.part)) finding.said.push_back(std::move(words));
  }
  return finding;
}

}  // namespace fmx::dsl
