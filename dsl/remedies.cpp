// Fixes, checks and delegates: what to do about a failure.

#include <fmt/format.h>

#include <algorithm>

#include "dsl/literal.hpp"
#include "dsl/values.hpp"

namespace fmx::dsl {
namespace {

constexpr std::array<std::pair<std::string_view, Impact>, 3> risk_words{
    {{"low", Impact::low}, {"medium", Impact::medium}, {"high", Impact::high}}};

constexpr std::array<std::pair<std::string_view, bool>, 1> kinds_of_check{{{"last_resort", true}}};

std::vector<Cure> lower_cures(const Body& body, Context& context) {
  struct Read {
    Cure cure;
    const LocalLets* body = nullptr;
  };
  std::vector<Read> cures;
  for (const Field& field : body.all(Kind::field_cures)) {
    std::optional<Part> path;
    for (const Part child : field.part) {
      if (child.is(Kind::path)) path = child;
      if (!child.is(Kind::quantity) || !path) continue;
      const auto pattern = referred(*path, field, Kind::pattern, context);
      const auto p = share(child, Share::above_zero, "P(it helps | pattern)", context);
      if (!pattern || !p) continue;
      const auto same = std::find_if(cures.begin(), cures.end(),
                                     [&](const Read& r) { return r.cure.pattern == *pattern; });
      if (same == cures.end()) {
        cures.push_back({{*pattern, *p}, field.lets});
      } else if (same->body != field.lets) {
        *same = {{*pattern, *p}, field.lets};
      } else {
        context.problems.add({.code = "named-twice",
                              .message = fmt::format("`{}` is cured twice", path->text()),
                              .primary = {path->span(), "named again"},
                              .hint = "keep one of the two probabilities"});
      }
    }
  }
  std::vector<Cure> all;
  for (const Read& read : cures) all.push_back(read.cure);
  return all;
}

std::vector<ParamChange> lower_changes(const Body& body, Context& context) {
  std::vector<ParamChange> changes;
  for (const Field& field : body.all(Kind::field_change)) {
    const auto path = field.part.at(0), to = field.part.at(1);
    if (!path || !to) continue;
    const auto param = referred(*path, field, Kind::param, context);
    Lowering value = context.expressions.any(*to, environment(field));
    if (!param || !value) continue;
    if (value->type != Type::number && value->type != Type::text) {
      context.problems.add({.code = "wrong-type",
                            .message = fmt::format("a setting is a number or a text, not a {}",
                                                   name_of(value->type)),
                            .primary = {to->span(), fmt::format("a {}", name_of(value->type))}});
      continue;
    }
    changes.push_back({*param, std::move(*value)});
  }
  return changes;
}

/// `verify "in words"` and `verify within N { condition }`, each at most once.
void lower_verify(const Body& body, Context& context, Fix& fix) {
  std::optional<Span> words, condition;
  for (const Field& field : body.all(Kind::field_verify)) {
    std::optional<Part> test, within;
    for (const Part child : field.part) {
      const bool prose_child = child.is(Kind::string) || child.is(Kind::text);
      const bool length = child.is(Kind::quantity) && !within && child == *field.part.at(0) &&
                          field.part.count() > 1;
      if (length) within = child;
      if (!prose_child && !length) test = child;
    }
    std::optional<Span>& earlier = test ? condition : words;
    if (earlier) {
      context.problems.add({.code = "field-twice",
                            .message = fmt::format("`verify` stands twice in `{}`", fix.name),
                            .primary = {field.part.span(), "given again"},
                            .secondary = {{*earlier, "first given here"}},
                            .hint = "join the conditions by `and`"});
      continue;
    }
    earlier = field.part.span();
    if (!test) {
      fix.verify_text = prose(field.part);
      continue;
    }
    fix.verify = context.expressions.condition(*test, environment(field));
    if (within) {
      fix.verify_within =
          context.expressions.length(*within, "how long to wait", environment(field));
    }
  }
}

std::vector<Exception> lower_exceptions(const Body& body, Context& context) {
  std::vector<Exception> all;
  for (const Field& field : body.all(Kind::field_unless)) {
    Exception exception{prose(field.part), {}};
    if (const auto when = field.part.at(1)) {
      exception.when = context.expressions.condition(*when, environment(field));
    }
    all.push_back(std::move(exception));
  }
  return all;
}

std::vector<Contradiction> lower_contradictions(const Declaration& declaration, const Body& body,
                                                Context& context) {
  std::vector<Contradiction> all;
  for (const Field& field : body.all(Kind::field_contradicts)) {
    const auto path = field.part.child(Kind::path);
    const auto fix = path ? referred(*path, field, Kind::fix, context) : std::nullopt;
    if (!fix) continue;
    if (*fix == declaration.index) {
      context.problems.add({.code = "refers-to-itself",
                            .message = fmt::format("`{}` contradicts itself", declaration.name),
                            .primary = {path->span(), "the fix itself"}});
      continue;
    }
    all.push_back({*fix, prose(field.part)});
  }
  return all;
}

double lower_effort(const Body& body, double left_out, Context& context) {
  const auto effort = body.one(Kind::field_effort);
  const auto quantity = effort ? effort->part.at(0) : std::nullopt;
  return quantity ? minutes(*quantity, context).value_or(left_out) : left_out;
}

}  // namespace

Fix lower_fix(const Declaration& declaration, const Body& body, Context& context) {
  Fix fix;
  lower_common(declaration, body, context, fix);
  fix.cures = lower_cures(body, context);
  fix.changes = lower_changes(body, context);
  fix.why = prose(body.one(Kind::field_why));
  fix.how = advice_of(body, context);
  fix.effort_minutes = lower_effort(body, fix.effort_minutes, context);
  if (const auto risk = body.one(Kind::field_risk_level)) {
    if (const auto word = risk->part.child(Kind::word)) {
      fix.risk = choice(*word, risk_words, context).value_or(Impact::low);
    }
    fix.risk_because = prose(risk->part);
  }
  lower_verify(body, context, fix);
  fix.leaves = prose(body.one(Kind::field_leaves));
  for (const Field& field : body.all(Kind::field_when)) {
    const auto part = field.part.at(0);
    if (!part) continue;
    auto when = context.expressions.condition(*part, environment(field));
    if (when) fix.when.push_back(std::move(*when));
  }
  fix.unless = lower_exceptions(body, context);
  fix.contradicts = lower_contradictions(declaration, body, context);
  return fix;
}

Check lower_check(const Declaration& declaration, const Body& body, Context& context) {
  Check check;
  lower_common(declaration, body, context, check);
  if (const auto kind = body.one(Kind::field_kind)) {
    const auto word = kind->part.child(Kind::word);
    check.last_resort = word && choice(*word, kinds_of_check, context).value_or(false);
  }
  for (const Field& field : body.all(Kind::field_reveals)) {
    for (const Index finding : all_referred(field, Kind::finding, context)) {
      check.reveals.push_back(finding);
    }
  }
  check.effort_minutes = lower_effort(body, check.effort_minutes, context);
  check.how = advice_of(body, context);
  check.reads = prose(body.one(Kind::field_reads));
  return check;
}

Delegate lower_delegate(const Declaration& declaration, const Body& body, Context& context) {
  Delegate delegate;
  lower_common(declaration, body, context, delegate);
  for (const Field& field : body.all(Kind::field_for)) {
    for (const Index pattern : all_referred(field, Kind::pattern, context)) {
      delegate.patterns.push_back(pattern);
    }
  }
  delegate.asks = prose(body.one(Kind::field_asks));
  delegate.looks_at = prose(body.one(Kind::field_looks_at));
  return delegate;
}

}  // namespace fmx::dsl
