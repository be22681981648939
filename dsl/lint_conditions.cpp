// Comparisons whose outcome does not depend on the run.

#include <fmt/format.h>

#include "dsl/bounds.hpp"
#include "dsl/expressions.hpp"
#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

constexpr double infinity = std::numeric_limits<double>::infinity();

enum class Outcome { open, always, never };

Outcome is_less(Interval a, Interval b) {
  if (a.high < b.low) return Outcome::always;
  return a.low >= b.high ? Outcome::never : Outcome::open;
}

Outcome is_at_most(Interval a, Interval b) {
  if (a.high <= b.low) return Outcome::always;
  return a.low > b.high ? Outcome::never : Outcome::open;
}

Outcome is_equal(Interval a, Interval b) {
  if (a.high < b.low || b.high < a.low) return Outcome::never;
  const bool points = a.low == a.high && b.low == b.high;
  return points && a.low == b.low ? Outcome::always : Outcome::open;
}

Outcome turned(Outcome outcome) {
  if (outcome == Outcome::open) return outcome;
  return outcome == Outcome::always ? Outcome::never : Outcome::always;
}

/// Of a value with itself.
Outcome with_itself(Operator op) {
  switch (op) {
    case Operator::less:
    case Operator::greater:
    case Operator::not_equal: return Outcome::never;
    case Operator::less_equal:
    case Operator::greater_equal:
    case Operator::equal: return Outcome::always;
    default: return Outcome::open;
  }
}

/// Where among the sorted samples a value lies: the lowest at 0, the highest at 1.
std::optional<Interval> place_among_samples(const Expression& e) {
  if (e.kind != EKind::call) return {};
  switch (e.function) {
    case Function::min: return Interval{0, 0};
    case Function::max: return Interval{1, 1};
    case Function::median: return Interval{0.5, 0.5};
    case Function::mean:
    case Function::first:
    case Function::last: return Interval{0, 1};
    case Function::quantile:
      if (const auto q = constant(e.operands[1])) return Interval{*q, *q};
      return {};
    default: return {};
  }
}

/// Of two values of the same samples, such as their lowest and their highest.
Outcome of_same_samples(const Expression& e) {
  const auto a = place_among_samples(e.operands[0]), b = place_among_samples(e.operands[1]);
  if (!a || !b || key_of(e.operands[0].operands[0]) != key_of(e.operands[1].operands[0])) {
    return Outcome::open;
  }
  const bool never_above = a->high <= b->low, never_below = a->low >= b->high;
  switch (e.op) {
    case Operator::less: return never_below ? Outcome::never : Outcome::open;
    case Operator::less_equal: return never_above ? Outcome::always : Outcome::open;
    case Operator::greater: return never_above ? Outcome::never : Outcome::open;
    case Operator::greater_equal: return never_below ? Outcome::always : Outcome::open;
    default: return Outcome::open;
  }
}

Outcome comparison(const Expression& e, const Knowledge& knowledge) {
  if (key_of(e.operands[0]) == key_of(e.operands[1])) return with_itself(e.op);
  if (const Outcome of_both = of_same_samples(e); of_both != Outcome::open) return of_both;
  const Interval a = values_of(e.operands[0], knowledge), b = values_of(e.operands[1], knowledge);
  switch (e.op) {
    case Operator::less: return is_less(a, b);
    case Operator::less_equal: return is_at_most(a, b);
    case Operator::greater: return is_less(b, a);
    case Operator::greater_equal: return is_at_most(b, a);
    case Operator::equal: return is_equal(a, b);
    case Operator::not_equal: return turned(is_equal(a, b));
    default: return Outcome::open;
  }
}

/// A ramp that stays at one of its ends for every value that there can be.
Outcome ramp(const Expression& e, const Knowledge& knowledge) {
  const Interval value = values_of(e.operands[0], knowledge);
  const Interval first = values_of(e.operands[1], knowledge);
  const Interval last = values_of(e.operands.back(), knowledge);
  if (e.operands.size() == 2) {
    return e.kind == EKind::above ? is_less(first, value) : is_less(value, first);
  }
  const bool rises = e.kind == EKind::above;
  if ((rises ? is_at_most(value, first) : is_at_most(first, value)) == Outcome::always) {
    return Outcome::never;
  }
  const Outcome full = rises ? is_at_most(last, value) : is_at_most(value, last);
  return full == Outcome::always ? full : Outcome::open;
}

Outcome between(const Expression& e, const Knowledge& knowledge) {
  const Interval value = values_of(e.operands[0], knowledge);
  const Outcome above = is_at_most(values_of(e.operands[1], knowledge), value);
  const Outcome below = is_at_most(value, values_of(e.operands[2], knowledge));
  if (above == Outcome::never || below == Outcome::never) return Outcome::never;
  return above == Outcome::always ? below : Outcome::open;
}

Outcome outcome(const Expression& e, const Knowledge& knowledge) {
  switch (e.kind) {
    case EKind::operation: return e.operands.size() == 2 ? comparison(e, knowledge) : Outcome::open;
    case EKind::above:
    case EKind::below: return ramp(e, knowledge);
    case EKind::between: return between(e, knowledge);
    default: return Outcome::open;
  }
}

/// Why the outcome is settled: what the left side can be.
std::string why(const Expression& e, const Knowledge& knowledge) {
  const Expression& value = e.operands.front();
  if (e.operands.size() == 2 && of_same_samples(e) != Outcome::open) {
    return "both are values of the same samples, of which one is never above the other";
  }
  const Interval range = values_of(value, knowledge);
  const std::string_view text = knowledge.sources.text(value.span);
  if (range.low == range.high) return "both sides are fixed";
  if (range.low == -infinity && range.high == infinity) return "both sides are the same";
  if (range.high == infinity) return fmt::format("`{}` is never below {}", text, range.low);
  if (range.low == -infinity) return fmt::format("`{}` is never above {}", text, range.high);
  return fmt::format("`{}` lies between {} and {}", text, range.low, range.high);
}

/// The numbers behind a comparison of a share with 50, where 50% was meant.
std::vector<const Expression*> forgotten_percents(const Expression& e, const Knowledge& knowledge) {
  const Interval range = values_of(e.operands.front(), knowledge);
  if (range.low < 0 || range.high > 1 || range.low == range.high) return {};
  std::vector<const Expression*> limits;
  for (std::size_t i = 1; i < e.operands.size(); ++i) {
    const Expression& limit = e.operands[i];
    const bool bare =
        limit.kind == EKind::number && !knowledge.sources.text(limit.span).ends_with('%');
    if (bare && limit.number > 1 && limit.number <= 100) limits.push_back(&limit);
  }
  return limits;
}

void report_percents(const Expression& e, const std::vector<const Expression*>& limits,
                     const Knowledge& knowledge, Warnings& warnings) {
  const Sources& sources = knowledge.sources;
  const Expression& first = *limits.front();
  std::string meant;  // from the first number to the last
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (i > 0) {
      meant += sources.text({first.span.source, limits[i - 1]->span.end, limits[i]->span.begin});
    }
    meant += fmt::format("{}%", sources.text(limits[i]->span));
  }
  const Span all{first.span.source, first.span.begin, limits.back()->span.end};
  warnings.push_back(warning(
      "percent-where-fraction",
      fmt::format("{}, so it is never {}", why(e, knowledge), sources.text(first.span)),
      {all, "a share, written as a percentage without its `%`"}, fmt::format("write `{}`", meant)));
  warnings.back().secondary.push_back({e.operands.front().span, "a share: 1 is all of it"});
  warnings.back().edit = Edit{all, meant};
}

}  // namespace

void lint_conditions(const Knowledge& knowledge, Warnings& warnings) {
  each_condition(knowledge, [&](const Expression& condition) {
    each_part(condition, [&](const Expression& e) {
      if (e.type != Type::degree && e.type != Type::mask) return;
      const Outcome settled = outcome(e, knowledge);
      if (settled == Outcome::open) return;
      const auto limits = forgotten_percents(e, knowledge);
      if (!limits.empty()) {
        report_percents(e, limits, knowledge, warnings);
        return;
      }
      const bool always = settled == Outcome::always;
      warnings.push_back(
          warning("constant-condition",
                  fmt::format("this {} holds, whatever the run", always ? "always" : "never"),
                  {e.span, always ? "always" : "never"}, why(e, knowledge)));
    });
  });
}

}  // namespace fmx::dsl
