#include "dsl/bounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "dsl/expressions.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

constexpr double infinity = std::numeric_limits<double>::infinity();

Interval range_of(Function function) {
  const auto [low, high] = signature_of(function).range;
  return {low, high};
}

/// Whether the function gives one of the samples' values, or one between them.
bool stays_among_samples(Function function) { return signature_of(function).gives == Gives::value; }

/// What the `range` of a metric or a param says.
template <class Quantity>
Interval range_said(const Quantity& quantity) {
  Interval range;
  if (quantity.lowest) range.low = *quantity.lowest;
  if (quantity.highest) range.high = *quantity.highest;
  return range;
}

/// The metric or param whose value this is as it stands, if it is one.
const Expression* plain(const Expression& e) {
  if (e.kind == EKind::metric || e.kind == EKind::parameter) return &e;
  const bool passes = e.kind == EKind::windowed ||
                      (e.kind == EKind::call && stays_among_samples(e.function) &&
                       e.function != Function::positive_only && e.function != Function::values_at);
  return passes && !e.operands.empty() ? plain(e.operands.front()) : nullptr;
}

std::optional<Demand> comparison(const Expression& e) {
  if (e.operands.size() != 2) return {};
  std::optional<double> limit = constant(e.operands[1]);
  const bool turned = !limit;
  if (turned) limit = constant(e.operands[0]);
  if (!limit) return {};
  const Expression& value = e.operands[turned ? 1 : 0];
  if (constant(value)) return {};
  const bool less = e.op == Operator::less || e.op == Operator::less_equal;
  const bool open = e.op == Operator::less || e.op == Operator::greater;
  if (e.op == Operator::equal) return Demand{&value, &e, {*limit, *limit}, {*limit, *limit}};
  if (!less && e.op != Operator::greater && e.op != Operator::greater_equal) return {};
  const Interval in = less != turned ? Interval{-infinity, *limit, false, open}
                                     : Interval{*limit, infinity, open, false};
  return Demand{&value, &e, in, in};
}

std::optional<Demand> ramp(const Expression& e) {
  const bool above = e.kind == EKind::above;
  const auto first = constant(e.operands[1]), last = constant(e.operands.back());
  if (!first || !last || constant(e.operands[0])) return {};
  const bool graded = e.operands.size() == 3;
  Demand d{&e.operands[0], &e, {}, {}};
  if (above) {
    d.some = {*first, infinity, true, false};
    d.full = {*last, infinity, !graded, false};
  } else {
    d.some = {-infinity, *first, false, true};
    d.full = {-infinity, *last, false, !graded};
  }
  return d;
}

std::optional<Demand> negated(const Expression& e) {
  auto d = demand(e.operands.front());
  if (!d || !d->crisp()) return {};
  const Interval in = d->some;
  Interval rest;
  if (in.low == -infinity && in.high < infinity) {
    rest = {in.high, infinity, !in.high_open, false};
  } else if (in.high == infinity && in.low > -infinity) {
    rest = {-infinity, in.low, false, !in.low_open};
  } else {
    return {};
  }
  return Demand{d->value, &e, rest, rest};
}

}  // namespace

Interval both(Interval a, Interval b) {
  Interval in;
  in.low = std::max(a.low, b.low);
  in.low_open = (a.low == in.low && a.low_open) || (b.low == in.low && b.low_open);
  in.high = std::min(a.high, b.high);
  in.high_open = (a.high == in.high && a.high_open) || (b.high == in.high && b.high_open);
  return in;
}

bool inside(Interval a, Interval b) {
  const bool low = a.low > b.low || (a.low == b.low && (!b.low_open || a.low_open));
  const bool high = a.high < b.high || (a.high == b.high && (!b.high_open || a.high_open));
  return low && high;
}

bool covers(Interval a, Interval b, Interval all) {
  if (inside(all, a) || inside(all, b)) return true;
  if (std::tie(b.low, b.low_open) < std::tie(a.low, a.low_open)) std::swap(a, b);
  const bool begins = inside({all.low, all.low, false, false}, a) || all.low == -infinity;
  const bool whole_left = all.low != -infinity || a.low == -infinity;
  const bool ends =
      all.high == infinity ? b.high == infinity : inside({all.high, all.high, false, false}, b);
  const bool joined = a.high > b.low || (a.high == b.low && !(a.high_open && b.low_open));
  return begins && whole_left && ends && joined;
}

Interval values_of(const Expression& e, const Knowledge& knowledge) {
  if (const auto value = constant(e)) return {*value, *value};
  switch (e.kind) {
    case EKind::metric: return range_said(knowledge.metrics[e.index]);
    case EKind::parameter: return range_said(knowledge.params[e.index]);
    case EKind::windowed: return values_of(e.operands.front(), knowledge);
    case EKind::call:
      return stays_among_samples(e.function) ? values_of(e.operands.front(), knowledge)
                                             : range_of(e.function);
    case EKind::aggregate: break;
    default: return {};
  }
  switch (e.aggregate) {
    case Expression::Aggregate::share: return {0, 1};
    case Expression::Aggregate::count:
    case Expression::Aggregate::spread: return {0, infinity};
    case Expression::Aggregate::min:
    case Expression::Aggregate::max:
    case Expression::Aggregate::mean:
    case Expression::Aggregate::median: return values_of(e.operands.front(), knowledge);
    default: return {};
  }
}

std::optional<Demand> demand(const Expression& e) {
  if (e.type != Type::degree && e.type != Type::mask) return {};
  switch (e.kind) {
    case EKind::above:
    case EKind::below: return ramp(e);
    case EKind::between: {
      const auto low = constant(e.operands[1]), high = constant(e.operands[2]);
      if (!low || !high) return {};
      return Demand{&e.operands[0], &e, {*low, *high}, {*low, *high}};
    }
    case EKind::operation: return e.op == Operator::logical_not ? negated(e) : comparison(e);
    default: return {};
  }
}

double some_value(Interval in) {
  if (in.low == -infinity && in.high == infinity) return 0;
  if (in.low == -infinity) return in.high - std::max(1.0, std::abs(in.high));
  if (in.high == infinity) return in.low + std::max(1.0, std::abs(in.low));
  return (in.low + in.high) / 2;
}

std::string words(Interval in) {
  if (in.low == in.high) return fmt::format("{:g}", in.low);
  if (in.low == -infinity) {
    return fmt::format("{} {:g}", in.high_open ? "below" : "at most", in.high);
  }
  if (in.high == infinity) {
    return fmt::format("{} {:g}", in.low_open ? "above" : "at least", in.low);
  }
  return fmt::format("between {:g} and {:g}", in.low, in.high);
}

std::string witness(const Expression& value, double number, const Knowledge& knowledge) {
  const Expression* source = plain(value);
  if (source == nullptr) return {};
  if (source->kind == EKind::parameter) {
    return fmt::format("`given {} = {:g}`", knowledge.params[source->index].name, number);
  }
  const Metric& metric = knowledge.metrics[source->index];
  std::string labels;
  for (std::size_t i = 0; i < metric.labels.size(); ++i) labels += i == 0 ? "[\"a\"" : ", \"a\"";
  if (!labels.empty()) labels += ']';
  return fmt::format("`given {}{} = {:g} over 100 steps`", metric.name, labels, number);
}

}  // namespace fmx::dsl
