// Comparisons whose outcome does not depend on the run.

#include <fmt/format.h>

#include <limits>

#include "dsl/expressions.hpp"
#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The values that an expression can take, both ends included.
struct Interval {
  double low = -infinity, high = infinity;
};

Interval range_of(Function function) {
  switch (function) {
    case Function::share:
    case Function::longest_share:
    case Function::plateau:
    case Function::longest_repeat:
    case Function::roughness:
    case Function::oscillation: return {0, 1};
    case Function::trend:
    case Function::correlation:
    case Function::autocorrelation: return {-1, 1};
    case Function::count:
    case Function::longest:
    case Function::duration:
    case Function::samples:
    case Function::finite:
    case Function::nonfinite:
    case Function::distinct:
    case Function::std:
    case Function::mad:
    case Function::range:
    case Function::noise:
    case Function::variation:
    case Function::shift:
    case Function::period:
    case Function::abs:
    case Function::exp:
    case Function::sqrt: return {0, infinity};
    default: return {};
  }
}

Interval interval(const Expression& e) {
  if (const auto value = constant(e)) return {*value, *value};
  if (e.kind == EKind::call) return range_of(e.function);
  if (e.kind != EKind::aggregate) return {};
  switch (e.aggregate) {
    case Expression::Aggregate::share: return {0, 1};
    case Expression::Aggregate::count:
    case Expression::Aggregate::spread: return {0, infinity};
    case Expression::Aggregate::min:
    case Expression::Aggregate::max:
    case Expression::Aggregate::mean:
    case Expression::Aggregate::median: return interval(e.operands.front());
    default: return {};
  }
}

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

Outcome comparison(const Expression& e) {
  const Interval a = interval(e.operands[0]), b = interval(e.operands[1]);
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
Outcome ramp(const Expression& e) {
  const Interval value = interval(e.operands[0]);
  const Interval first = interval(e.operands[1]), last = interval(e.operands.back());
  if (e.operands.size() == 2) {
    return e.kind == EKind::above ? is_less(first, value) : is_less(value, first);
  }
  const bool rises = e.kind == EKind::above;
  if ((rises ? is_at_most(value, first) : is_at_most(first, value)) == Outcome::always) {
    return Outcome::never;
  }
  return rises ? is_at_most(last, value) : is_at_most(value, last);
}

Outcome between(const Expression& e) {
  const Interval value = interval(e.operands[0]);
  const Outcome above = is_at_most(interval(e.operands[1]), value);
  const Outcome below = is_at_most(value, interval(e.operands[2]));
  if (above == Outcome::never || below == Outcome::never) return Outcome::never;
  return above == Outcome::always ? below : Outcome::open;
}

Outcome outcome(const Expression& e) {
  switch (e.kind) {
    case EKind::operation: return e.operands.size() == 2 ? comparison(e) : Outcome::open;
    case EKind::above:
    case EKind::below: {
      const Outcome settled = ramp(e);
      const bool graded = e.operands.size() == 3;
      return graded && settled == Outcome::open ? Outcome::open : settled;
    }
    case EKind::between: return between(e);
    default: return Outcome::open;
  }
}

/// What the left side can be: why the outcome is settled.
std::string values_of(const Expression& e, const Sources& sources) {
  const Interval range = interval(e);
  const std::string_view text = sources.text(e.span);
  if (range.low == range.high) return "both sides are fixed";
  if (range.high == infinity) return fmt::format("`{}` is never below {}", text, range.low);
  return fmt::format("`{}` lies between {} and {}", text, range.low, range.high);
}

}  // namespace

void lint_conditions(const Knowledge& knowledge, Warnings& warnings) {
  each_condition(knowledge, [&](const Expression& condition) {
    each_part(condition, [&](const Expression& e) {
      if (e.type != Type::degree && e.type != Type::mask) return;
      const Outcome settled = outcome(e);
      if (settled == Outcome::open) return;
      warnings.push_back(warning("constant-condition",
                                 fmt::format("this {} holds, whatever the run",
                                             settled == Outcome::always ? "always" : "never"),
                                 {e.span, settled == Outcome::always ? "always" : "never"},
                                 values_of(e.operands.front(), knowledge.sources)));
    });
  });
}

}  // namespace fmx::dsl
