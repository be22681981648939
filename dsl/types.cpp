// What is said where a value of one type stands in the place of another.

#include <fmt/format.h>

#include <algorithm>

#include "dsl/expressions.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

std::string a(Type type) {
  if (type == Type::events) return "events";
  return fmt::format("a {}", name_of(type));
}

bool short_enough(std::string_view text) {
  return text.size() <= 40 && text.find('\n') == text.npos;
}

/// How an author gets from what stands here (`text`) to what is wanted.
std::string advice(Type found, Type wanted, std::string_view text) {
  const std::string x = short_enough(text) ? std::string(text) : "...";
  switch (wanted) {
    case Type::degree:
      if (found == Type::mask) {
        return fmt::format(
            "say how much of it: `share({0}) > 50%`, `count({0}) > 0`, "
            "`longest({0}) > 10`, or `{0} sustained for 10%`",
            x);
      }
      if (found == Type::series)
        return fmt::format("say which value and compare it: `last({}) > 1`", x);
      if (found == Type::events) return fmt::format("count them: `count({}) > 0`", x);
      if (found == Type::text) return fmt::format("compare it: `{} == \"...\"`", x);
      if (found == Type::number) return fmt::format("compare it: `{} > 0`", x);
      return fmt::format("compare it: `{} before ...`", x);
    case Type::number:
      if (found == Type::series) {
        return fmt::format("say which value: `last({0})`, `min({0})`, `median({0})`", x);
      }
      if (found == Type::mask)
        return fmt::format("say how much of it: `share({0})`, `count({0})`", x);
      if (found == Type::events) return fmt::format("count them: `count({})`", x);
      if (found == Type::degree) return "a condition stands by itself, under `and`, `or` and `not`";
      if (found == Type::time) return "a time becomes a number by subtracting another time";
      return {};
    case Type::mask:
      if (found == Type::series) return fmt::format("compare it, sample by sample: `{} > 0`", x);
      if (found == Type::degree) return "compare the series itself, not one value of it";
      return {};
    case Type::series:
      if (found == Type::mask)
        return fmt::format(
            "of a mask there are `share({0})`, `count({0})`, "
            "`first({0})`",
            x);
      if (found == Type::number)
        return "a series is a metric, or made from one: `smooth(train_loss)`";
      return {};
    case Type::events: return "events are what `spikes`, `jumps`, `rising(mask)`, ... find";
    case Type::time: return "times are `argmin(x)`, `first(mask)`, `since(finding)`, ...";
    case Type::text: return {};
  }
  return {};
}

/// The first mask under `and`, `or` and `not`: the smallest thing to change.
const Expression& first_mask(const Expression& e) {
  const bool logical =
      e.kind == EKind::operation && (e.op == Operator::logical_and ||
                                     e.op == Operator::logical_or || e.op == Operator::logical_not);
  if (!logical) return e;
  for (const Expression& operand : e.operands) {
    if (operand.type == Type::mask) return first_mask(operand);
  }
  return e;
}

/// A param holds whatever the config says: where a text is wanted it is one.
bool becomes_text(Expression& e) {
  if (e.type == Type::text) return true;
  if (e.kind == EKind::parameter) {
    e.type = Type::text;
    return true;
  }
  const bool otherwise = e.kind == EKind::operation && e.op == Operator::otherwise;
  if (!otherwise || !std::all_of(e.operands.begin(), e.operands.end(), becomes_text)) return false;
  e.type = Type::text;
  return true;
}

/// A step that is written out, or stands in the config: `argmin(x) before 500`.
bool is_step(const Expression& e) {
  if (e.type != Type::number) return false;
  if (e.kind == EKind::number || e.kind == EKind::parameter) return true;
  return e.kind == EKind::operation && std::all_of(e.operands.begin(), e.operands.end(), is_step);
}

}  // namespace

bool Expressions::want(Expression& e, Type type, Part part, const Environment& env) {
  if (e.type == type) return true;
  if (type == Type::text && becomes_text(e)) return true;
  if (type == Type::degree && is_sequence(e)) {
    e = happens(std::move(e));
    return true;
  }
  if (type == Type::time && is_step(e)) {
    e.type = Type::time;
    return true;
  }
  wrong_type(e, type, part, env);
  return false;
}

void Expressions::wrong_type(const Expression& e, Type wanted, Part part, const Environment& env) {
  const bool loose_mask = e.type == Type::mask && wanted == Type::degree;
  const Span at = loose_mask ? first_mask(e).span : part.span();
  report({.code = loose_mask ? "mask-as-condition" : "wrong-type",
          .message = loose_mask ? "a series compared sample by sample is a mask, not a condition"
                                : fmt::format("expected {}, not {}", a(wanted), a(e.type)),
          .primary = {at, e.type == Type::events ? "these are events"
                                                 : fmt::format("this is {}", a(e.type))},
          .hint = advice(e.type, wanted, sources_->text(at))},
         env);
}

}  // namespace fmx::dsl
