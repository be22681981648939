// Tests of rules: made-up runs and what must follow from them.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "dsl/literal.hpp"
#include "dsl/shapes.hpp"
#include "dsl/unread.hpp"
#include "dsl/values.hpp"

namespace fmx::dsl {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> outcome_words{
    {{"no_change", "no_change"}, {"better", "better"}, {"worse", "worse"}}};

bool is_curve(Part value) { return value.is(Kind::shape) || value.is(Kind::values); }

std::optional<Given> given_series(Part part, const Declaration& metric, Part value,
                                  Context& context) {
  Given given;
  given.kind = Given::Kind::series;
  given.metric = metric.index;
  given.name = metric.name;
  const auto labels = part.child(Kind::labels);
  const std::size_t takes = declared_variables(metric.part).size();
  if (labels && labels->count() != takes) {
    context.problems.add({.code = "wrong-labels",
                          .message = fmt::format("`{}` has {} label{}, not {}", metric.name, takes,
                                                 takes == 1 ? "" : "s", labels->count()),
                          .primary = {labels->span(), "these do not fit"},
                          .secondary = {{metric.span, "declared here"}}});
    return {};
  }
  if (labels) {
    for (const Part label : *labels) {
      given.labels.push_back(label.is(Kind::string) ? text_of(label) : std::string(label.text()));
      given.name += '/' + given.labels.back();
    }
  }
  if (!is_curve(value)) {
    context.problems.add(
        {.code = "wrong-type",
         .message = fmt::format("`{}` is a series, not one value", metric.name),
         .primary = {value.span(), "one value"},
         .hint = fmt::format("say for how long: `{} over 100 steps`", value.text())});
    return {};
  }
  given.shape = lower_shape(value, context);
  return given;
}

std::optional<Given> given_setting(const Declaration& param, Part value, Context& context) {
  Given given;
  given.kind = Given::Kind::param;
  given.param = param.index;
  given.name = param.name;
  if (is_curve(value)) {
    context.problems.add({.code = "wrong-type",
                          .message = fmt::format("`{}` is a setting: it has one value", param.name),
                          .primary = {value.span(), "a series"},
                          .secondary = {{param.span, "declared here"}}});
    return {};
  }
  if (value.is(Kind::string) || value.is(Kind::text)) {
    given.text = text_of(value);
  } else if (value.is(Kind::word)) {
    given.text = value.text();
    if (given.text == "true" || given.text == "false") given.number = given.text == "true" ? 1 : 0;
  } else {
    given.number = quantity_of(value).value_or(Quantity{}).value;
  }
  return given;
}

std::optional<Given> given_value(Part part, const Field& field, Context& context) {
  const auto path = part.child(Kind::path);
  std::optional<Part> value;
  for (const Part child : part) value = child;
  if (!path || !value || value->is(Kind::path) || value->is(Kind::labels)) return {};
  const Declaration* named = context.names.find(*path, *field.pack, {Kind::metric, Kind::param});
  if (named == nullptr) return {};
  return named->kind == Kind::metric ? given_series(part, *named, *value, context)
                                     : given_setting(*named, *value, context);
}

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

/// The value of a cell as a run would have it. A column of numbers takes no text that is none;
/// times may be written out as dates.
std::string cell_value(Part cell, Type type, const Declaration& table, Context& context) {
  const bool counts = type == Type::number || type == Type::time;
  if (counts && cell.is(Kind::number)) return fmt::format("{}", number_of(cell.text()));
  if (!cell.is(Kind::string)) return std::string(cell.text());
  std::string text = text_of(cell);
  if (type == Type::number && !is_number(text)) {
    context.problems.add({.code = "wrong-type",
                          .message = "expected a number, not a text",
                          .primary = {cell.span(), "a text"},
                          .secondary = {{table.span, "the column is declared here"}}});
  }
  return text;
}

std::optional<Given> given_fact(Part part, const Field& field, Context& context) {
  const auto path = part.child(Kind::path);
  const Declaration* table = path ? context.names.find(*path, *field.pack, {Kind::table}) : nullptr;
  if (table == nullptr) return {};
  Given given;
  given.kind = Given::Kind::fact;
  given.name = table->name;
  given.table = table->index;
  const auto& columns = context.expressions.column_types()[table->index];
  for (const Part cell : part) {
    if (cell.is(Kind::path)) continue;
    const std::size_t at = given.values.size();
    const Type type = at < columns.size() ? columns[at].value_or(Type::text) : Type::text;
    given.values.push_back(cell_value(cell, type, *table, context));
  }
  if (given.values.size() != columns.size()) {
    context.problems.add(
        {.code = "wrong-arguments",
         .message = fmt::format("`{}` has {} column{}, not {}", table->name, columns.size(),
                                columns.size() == 1 ? "" : "s", given.values.size()),
         .primary = {part.span(), "does not fit"},
         .secondary = {{table->span, "declared here"}}});
    return {};
  }
  return given;
}

std::optional<Given> lower_given(Part part, const Field& field, Context& context) {
  Given given;
  switch (part.kind()) {
    case Kind::given_symptom:
      given.kind = Given::Kind::symptom;
      given.text = prose(part);
      return given;
    case Kind::given_code:
      given.kind = Given::Kind::code;
      given.text = prose(part);
      return given;
    case Kind::given_log:
      given.kind = Given::Kind::log;
      given.text = prose(part);
      return given;
    case Kind::given_tried: {
      given.kind = Given::Kind::tried;
      const auto path = part.child(Kind::path), word = part.child(Kind::word);
      if (!path || !word) return {};
      const Declaration* fix = context.names.find(*path, *field.pack, {Kind::fix});
      const auto outcome = choice(*word, outcome_words, context);
      if (fix == nullptr || !outcome) return {};
      given.name = fix->id;
      given.text = *outcome;
      return given;
    }
    case Kind::given_fact: return given_fact(part, field, context);
    case Kind::given_value: return given_value(part, field, context);
    default: return {};
  }
}

void refuse_turned_range(std::optional<double> from, std::optional<double> to, Part range,
                         Context& context) {
  if (!from || !to || *from <= *to) return;
  context.problems.add({.code = "out-of-range",
                        .message = "the range ends before it begins",
                        .primary = {range.span(), "nothing lies in it"},
                        .hint = "write the lower end first"});
}

/// `above 60%`, `below 40%` or `between 40% .. 60%`.
void lower_bound(Part part, Expectation& expectation, Context& context) {
  const auto bound = part.child(Kind::bound);
  if (!bound) return;
  const auto word = bound->child(Kind::word), quantity = bound->child(Kind::quantity);
  if (!word || !quantity) return;
  const auto value = share(*quantity, Share::closed, "a confidence", context);
  (word->text() == "below" ? expectation.below : expectation.above) = value;
  expectation.between = word->text() == "between";
  if (!expectation.between) return;
  if (const auto end = bound->at(2)) {
    expectation.below = share(*end, Share::closed, "a confidence", context);
  }
  refuse_turned_range(expectation.above, expectation.below, *bound, context);
}

/// `first` or `top 3`.
void lower_rank(Part part, Expectation& expectation, Context& context) {
  const auto word = part.child(Kind::word), among = part.child(Kind::among);
  if (word && word->text() == "first") expectation.among = 1;
  if (!among) return;
  const double places = number_of(among->at(0)->text());
  if (places >= 1 && places <= 1000 && places == std::floor(places)) {
    expectation.among = static_cast<std::size_t>(places);
    return;
  }
  context.problems.add({.code = "out-of-range",
                        .message = "a rank is a whole number from 1 on",
                        .primary = {among->at(0)->span(), "not a rank"}});
}

/// `since 100 .. 130`.
void lower_began(Part part, Expectation& expectation, Context& context) {
  const auto began = part.child(Kind::began);
  if (!began) return;
  const auto from = began->at(0), to = began->at(1);
  expectation.since_from = quantity_of(*from).value_or(Quantity{}).value;
  expectation.since_to = to ? quantity_of(*to).value_or(Quantity{}).value : expectation.since_from;
  refuse_turned_range(expectation.since_from, expectation.since_to, *began, context);
}

/// The findings that must speak for a pattern: those that it shows.
void lower_because(Part part, const Field& field, Expectation& expectation, Context& context) {
  const auto by = part.child(Kind::by_findings);
  if (!by) return;
  for (const Part path : *by) {
    if (const auto finding = referred(path, field, Kind::finding, context)) {
      expectation.because.push_back(*finding);
    }
  }
}

/// Which instance of a finding with variables is meant.
void lower_arguments(Part part, Expectation& expectation) {
  const auto labels = part.child(Kind::labels);
  if (!labels) return;
  for (const Part label : *labels) {
    expectation.arguments.push_back(label.is(Kind::string) ? text_of(label)
                                                           : std::string(label.text()));
  }
}

std::optional<Expectation> lower_expectation(Part part, bool negated, const Field& field,
                                             Context& context) {
  using EKind = Expectation::Kind;
  Expectation expectation;
  expectation.negated = negated;
  expectation.span = part.span();
  if (part.is(Kind::expect_state)) {
    const auto word = part.child(Kind::word);
    expectation.kind = word && word->text() == "healthy" ? EKind::healthy : EKind::insufficient;
    return expectation;
  }
  const auto path = part.child(Kind::path);
  if (!path) return {};
  Kind wanted = Kind::pattern;
  switch (part.kind()) {
    case Kind::expect_pattern: expectation.kind = EKind::pattern; break;
    case Kind::expect_benign: expectation.kind = EKind::benign; break;
    case Kind::expect_finding: expectation.kind = EKind::finding, wanted = Kind::finding; break;
    case Kind::expect_unknown:
      expectation.kind = EKind::unknown_finding, wanted = Kind::finding;
      break;
    case Kind::expect_fix: expectation.kind = EKind::fix, wanted = Kind::fix; break;
    case Kind::expect_check: expectation.kind = EKind::check, wanted = Kind::check; break;
    default: return {};
  }
  const auto index = referred(*path, field, wanted, context);
  lower_bound(part, expectation, context);
  if (!index) return {};
  expectation.index = *index;
  lower_rank(part, expectation, context);
  lower_began(part, expectation, context);
  lower_because(part, field, expectation, context);
  lower_arguments(part, expectation);
  if (const auto reason = part.child(Kind::string)) expectation.reason = text_of(*reason);
  return expectation;
}

}  // namespace

namespace {

/// An instance names a value for each variable of its finding.
void check_instance(const Knowledge& knowledge, const Expectation& e, Problems& problems) {
  using EKind = Expectation::Kind;
  if (e.kind != EKind::finding && e.kind != EKind::unknown_finding) return;
  const Finding& finding = knowledge.findings[e.index];
  if (e.arguments.empty() || e.arguments.size() == finding.variables.size()) return;
  problems.add({.code = "wrong-labels",
                .message = fmt::format(
                    "`{}` has {} variable{}, not {}", finding.name, finding.variables.size(),
                    finding.variables.size() == 1 ? "" : "s", e.arguments.size()),
                .primary = {e.span, "these do not fit"},
                .secondary = {{finding.span, "declared here"}}});
}

/// Whether a pattern, or what it leads to, shows a finding.
bool shows(const Knowledge& knowledge, Index pattern, Index finding) {
  std::set<Index> seen{pattern};
  std::vector<Index> open{pattern};
  while (!open.empty()) {  // ends: every pattern is opened once
    const Pattern& at = knowledge.patterns[open.back()];
    open.pop_back();
    const auto is_it = [&](const Link& link) { return link.finding == finding; };
    if (std::ranges::any_of(at.shows, is_it)) return true;
    for (const Leads& leads : at.leads_to) {
      if (seen.insert(leads.pattern).second) open.push_back(leads.pattern);
    }
  }
  return false;
}

/// A finding that a pattern does not show can never speak for it.
void check_because(const Knowledge& knowledge, const Expectation& e, Problems& problems) {
  for (const Index finding : e.because) {
    if (shows(knowledge, e.index, finding)) continue;
    const Pattern& pattern = knowledge.patterns[e.index];
    problems.add({.code = "never-a-reason",
                  .message = fmt::format("`{}` can never speak for `{}`",
                                         knowledge.findings[finding].name, pattern.name),
                  .primary = {e.span, "expected to"},
                  .secondary = {{pattern.span, "does not show it"}},
                  .hint = fmt::format("name a finding that `{}` shows", pattern.name)});
  }
}

}  // namespace

void check_tests(const Knowledge& knowledge, Problems& problems) {
  for (const Test& test : knowledge.tests) {
    for (const Expectation& e : test.expect) {
      check_instance(knowledge, e, problems);
      check_because(knowledge, e, problems);
      if (e.kind != Expectation::Kind::benign) continue;
      const Pattern& pattern = knowledge.patterns[e.index];
      if (pattern.impact == Impact::none) continue;
      problems.add({.code = "not-benign",
                    .message = fmt::format("`{}` is never reported as benign", pattern.name),
                    .primary = {e.span, "expected to be"},
                    .secondary = {{pattern.span, "its severity is not `none`"}},
                    .hint = fmt::format("write `expect {}`", pattern.name)});
    }
  }
}

Test lower_test(const Declaration& declaration, Context& context) {
  Test test;
  test.id = declaration.id;
  test.name = declaration.name;
  test.title = declaration.name;
  test.pack = declaration.pack;
  test.span = declaration.span;
  test.declaration = declaration.part.span();
  const Field field{declaration.part, &declaration.pack, nullptr};
  bool expects = false;
  std::set<std::string> logged;
  for (const Part line : declaration.part) {
    if (line.is(Kind::given)) {
      const auto part = line.at(0);
      auto given = part ? lower_given(*part, field, context) : std::nullopt;
      if (!given) continue;
      const bool named = given->kind == Given::Kind::series || given->kind == Given::Kind::param;
      if (named && !logged.insert(given->name).second) {
        context.problems.add({.code = "named-twice",
                              .message = fmt::format("`{}` is given twice", given->name),
                              .primary = {part->span(), "given again"},
                              .hint = "parts of one curve follow one another after commas"});
        continue;
      }
      test.given.push_back(std::move(*given));
    }
    if (line.is(Kind::expect)) {
      expects = true;
      const bool negated = line.child(Kind::expect_not).has_value();
      const auto part = line.at(negated ? 1 : 0);
      auto expectation = part ? lower_expectation(*part, negated, field, context) : std::nullopt;
      if (expectation) test.expect.push_back(*expectation);
    }
  }
  if (!expects && unread(declaration.part, context.sources).empty()) {
    context.problems.add({.code = "test-expects-nothing",
                          .message = "this test expects nothing, so it cannot fail",
                          .primary = {declaration.span, "no `expect`"},
                          .hint = "say what must follow: `expect some_pattern first`"});
  }
  return test;
}

Cases lower_cases(const Item& cases) {
  Cases lowered;
  lowered.pack = cases.pack;
  lowered.span = cases.part.span();
  if (const auto title = cases.part.at(0)) lowered.title = text_of(*title);
  if (const auto from = cases.part.at(1))
    lowered.from = text_of(*from), lowered.span = from->span();
  return lowered;
}

}  // namespace fmx::dsl
