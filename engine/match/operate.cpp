#include "engine/match/operate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fmx::engine {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double truth(bool holds) { return holds ? 1 : 0; }

/// Kleene's connectives on 0, 1 and NaN for unknown.
double both(double a, double b) {
  if (a <= 0 || b <= 0) return 0;
  return std::isnan(a) || std::isnan(b) ? nan : std::min(a, b);
}
double either(double a, double b) {
  if (a >= 1 || b >= 1) return 1;
  return std::isnan(a) || std::isnan(b) ? nan : std::max(a, b);
}

double compute(Operator op, double a, double b) {
  switch (op) {
    case Operator::add: return a + b;
    case Operator::subtract: return a - b;
    case Operator::multiply: return a * b;
    case Operator::divide: return a / b;
    case Operator::power: return std::pow(a, b);
    case Operator::logical_and: return both(a, b);
    case Operator::logical_or: return either(a, b);
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
    case Operator::equal:
    case Operator::not_equal: break;
    case Operator::negate:
    case Operator::logical_not:
    case Operator::otherwise: return nan;  // not of two numbers
  }
  if (std::isnan(a) || std::isnan(b)) return nan;
  if (op == Operator::less) return truth(a < b);
  if (op == Operator::less_equal) return truth(a <= b);
  if (op == Operator::greater) return truth(a > b);
  if (op == Operator::greater_equal) return truth(a >= b);
  return truth((a == b) == (op == Operator::equal));
}

/// Whether samples combined by `op` answer yes or no.
bool gives_mask(Operator op) {
  return (op >= Operator::less && op <= Operator::not_equal) || op == Operator::logical_and ||
         op == Operator::logical_or || op == Operator::logical_not;
}

double compute(Function function, double x) {
  switch (function) {
    case Function::abs: return std::abs(x);
    case Function::log: return x > 0 ? std::log(x) : nan;
    case Function::log10: return x > 0 ? std::log10(x) : nan;
    case Function::exp: return std::exp(x);
    case Function::sqrt: return std::sqrt(x);
    default: return nan;  // the other functions are not of single numbers
  }
}

bool same_steps(const Window& a, const Window& b) {
  if (a.size() != b.size()) return false;
  return a.steps.data() == b.steps.data() ||
         std::equal(a.steps.begin(), a.steps.end(), b.steps.begin());
}

template <class Compute>
Value each(const Value& x, Value::Kind kind, Columns& columns, Compute compute_one) {
  Column column;
  column.steps.assign(x.samples.steps.begin(), x.samples.steps.end());
  column.values.reserve(column.steps.size());
  for (const double value : x.samples.values) column.values.push_back(compute_one(value));
  return Value::of(kind, columns.keep(std::move(column)), x.origin);
}

/// Both series on common steps, joined sample by sample.
template <class Compute>
Value join(const Value& a, const Value& b, Value::Kind kind, Columns& columns,
           Compute compute_two) {
  Column column;
  if (same_steps(a.samples, b.samples)) {
    column.steps.assign(a.samples.steps.begin(), a.samples.steps.end());
    column.values.resize(column.steps.size());
    for (std::size_t i = 0; i < column.values.size(); ++i) {
      column.values[i] = compute_two(a.samples.values[i], b.samples.values[i]);
    }
  } else {
    Aligned aligned = align(a.samples, b.samples);
    column.steps = std::move(aligned.steps);
    column.values.resize(column.steps.size());
    for (std::size_t i = 0; i < column.values.size(); ++i) {
      column.values[i] = compute_two(aligned.x[i], aligned.y[i]);
    }
  }
  return Value::of(kind, columns.keep(std::move(column)), a.origin.or_else(b.origin));
}

/// Numbers give a number, anything with samples gives samples; what is unknown stays so.
template <class Compute>
Value combine(const Value& a, const Value& b, Value::Kind kind, Columns& columns,
              Compute compute_two) {
  const Origin origin = a.origin.or_else(b.origin);
  if (a.unknown()) return Value::of(a.reason, origin);
  if (b.unknown()) return Value::of(b.reason, origin);
  if (a.sampled() && b.sampled()) return join(a, b, kind, columns, compute_two);

  const Value& single = a.sampled() ? b : a;
  const Number number = number_of(single);
  if (!number.known()) return Value::of(number, origin);
  if (a.sampled()) {
    return each(a, kind, columns, [&](double x) { return compute_two(x, number.value()); });
  }
  if (b.sampled()) {
    return each(b, kind, columns, [&](double x) { return compute_two(number.value(), x); });
  }
  const Number other = number_of(b);
  if (!other.known()) return Value::of(other, origin);
  return Value::of(compute_two(number.value(), other.value()), origin);
}

}  // namespace

Value operate(Operator op, const Value& a, const Value& b, Columns& columns) {
  const auto kind = gives_mask(op) ? Value::Kind::mask : Value::Kind::series;
  return combine(a, b, kind, columns, [op](double x, double y) { return compute(op, x, y); });
}

Value operate(Operator op, const Value& a, Columns& columns) {
  const bool negates = op == Operator::negate;
  const auto change = [negates](double x) { return negates ? -x : 1 - x; };
  if (a.sampled()) {
    return each(a, negates ? Value::Kind::series : Value::Kind::mask, columns, change);
  }
  const Number number = number_of(a);
  return number.known() ? Value::of(change(number.value()), a.origin) : Value::of(number, a.origin);
}

Value apply(Function function, const Value& x, Columns& columns) {
  if (x.sampled()) {
    return each(x, Value::Kind::series, columns,
                [function](double v) { return compute(function, v); });
  }
  const Number number = number_of(x);
  return number.known() ? Value::of(compute(function, number.value()), x.origin)
                        : Value::of(number, x.origin);
}

Value apply(Function function, const Value& a, const Value& b, Columns& columns) {
  const bool lower = function == Function::min_of;
  return combine(a, b, Value::Kind::series, columns, [lower](double x, double y) {
    if (std::isnan(x) || std::isnan(y)) return nan;
    return lower ? std::min(x, y) : std::max(x, y);
  });
}

Value latch(const Value& set, const Value& reset, Columns& columns) {
  bool holds = false;
  return combine(set, reset, Value::Kind::mask, columns, [&holds](double on, double off) {
    holds = off >= 1 ? false : on >= 1 ? true : holds;
    return truth(holds);
  });
}

Value values_at(const Value& x, const Value& events, Columns& columns) {
  const Window& samples = x.samples;
  Column column;
  column.steps.assign(events.samples.steps.begin(), events.samples.steps.end());
  for (const double step : column.steps) {
    const auto after = std::upper_bound(samples.steps.begin(), samples.steps.end(), step);
    const auto i = static_cast<std::size_t>(after - samples.steps.begin());
    column.values.push_back(i == 0 ? nan : samples.values[i - 1]);
  }
  return Value::of(Value::Kind::series, columns.keep(std::move(column)), x.origin);
}

}  // namespace fmx::engine
