#include "engine/match/judge.hpp"

#include <algorithm>
#include <cmath>

namespace fmx::engine {
namespace {

Degree crisp(bool holds) { return Degree(holds ? 1.0 : 0.0); }

/// Whether the two are to be compared as words: one is text that is no number.
bool as_text(const Value& a, const Value& b) {
  const auto is_word = [](const Value& v) {
    return v.kind == Value::Kind::text && !number_of(v).known();
  };
  return is_word(a) || is_word(b);
}

/// The words of a value; a number has none.
std::string_view words(const Value& value) { return value.text; }

}  // namespace

Judgement judge(bool holds, const Origin& origin) {
  Judgement judgement;
  judgement.degree = crisp(holds);
  judgement.distance = holds ? 1 : -1;
  judgement.origin = origin;
  return judgement;
}

Judgement judge(Unknown reason, const Origin& origin) {
  Judgement judgement;
  judgement.degree = Degree(reason);
  judgement.value = reason;
  judgement.origin = origin;
  return judgement;
}

Judgement compare(Operator op, const Value& a, const Value& b) {
  const Origin origin = a.origin.or_else(b.origin);
  if (a.unknown()) return judge(a.reason, origin);
  if (b.unknown()) return judge(b.reason, origin);
  const bool asks_equal = op == Operator::equal || op == Operator::not_equal;
  if (asks_equal && as_text(a, b)) {
    return judge((folded(words(a)) == folded(words(b))) == (op == Operator::equal), origin);
  }

  const Number x = number_of(a), y = number_of(b);
  if (!x.known()) return judge(x.reason(), origin);
  if (!y.known()) return judge(y.reason(), origin);
  const double difference = x.value() - y.value();
  Judgement judgement;
  judgement.origin = origin;
  // A reader looks for what was measured first: `3 < max(x)` reads max(x) against 3.
  const bool measured_second = a.origin.empty() && !b.origin.empty();
  judgement.value = measured_second ? y : x;
  judgement.low = measured_second ? x.value() : y.value();
  switch (op) {
    case Operator::less:
      judgement.degree = crisp(difference < 0);
      judgement.distance = -difference;
      break;
    case Operator::less_equal:
      judgement.degree = crisp(difference <= 0);
      judgement.distance = -difference;
      break;
    case Operator::greater:
      judgement.degree = crisp(difference > 0);
      judgement.distance = difference;
      break;
    case Operator::greater_equal:
      judgement.degree = crisp(difference >= 0);
      judgement.distance = difference;
      break;
    case Operator::equal:
      judgement.degree = crisp(difference == 0);
      judgement.distance = -std::abs(difference);
      break;
    default:
      judgement.degree = crisp(difference != 0);
      judgement.distance = std::abs(difference);
      break;
  }
  return judgement;
}

Judgement above(const Value& a, const Value& low, const Value& high) {
  const Number x = number_of(a), from = number_of(low), to = number_of(high);
  for (const Number& number : {x, from, to}) {
    if (!number.known()) return judge(number.reason(), a.origin);
  }
  if (from.value() == to.value()) return compare(Operator::greater, a, low);
  Judgement judgement;
  judgement.degree =
      Degree(std::clamp((x.value() - from.value()) / (to.value() - from.value()), 0.0, 1.0));
  judgement.value = x;
  judgement.low = from.value();
  judgement.high = to.value();
  judgement.distance = x.value() - (from.value() + to.value()) / 2;
  judgement.origin = a.origin;
  return judgement;
}

Judgement below(const Value& a, const Value& high, const Value& low) {
  const Number x = number_of(a), from = number_of(high), to = number_of(low);
  for (const Number& number : {x, from, to}) {
    if (!number.known()) return judge(number.reason(), a.origin);
  }
  if (from.value() == to.value()) return compare(Operator::less, a, high);
  Judgement judgement;
  judgement.degree =
      Degree(std::clamp((from.value() - x.value()) / (from.value() - to.value()), 0.0, 1.0));
  judgement.value = x;
  judgement.low = to.value();
  judgement.high = from.value();
  judgement.distance = (from.value() + to.value()) / 2 - x.value();
  judgement.origin = a.origin;
  return judgement;
}

Judgement between(const Value& a, const Value& low, const Value& high) {
  const Number x = number_of(a), from = number_of(low), to = number_of(high);
  for (const Number& number : {x, from, to}) {
    if (!number.known()) return judge(number.reason(), a.origin);
  }
  Judgement judgement;
  judgement.value = x;
  judgement.low = from.value();
  judgement.high = to.value();
  judgement.distance = std::min(x.value() - from.value(), to.value() - x.value());
  judgement.degree = crisp(judgement.distance >= 0);
  judgement.origin = a.origin;
  return judgement;
}

Judgement before(const Value& a, const Value& b, std::optional<double> within) {
  Judgement judgement = compare(Operator::less, a, b);
  if (!judgement.degree.known() || !within) return judgement;
  const double lead = judgement.distance;
  judgement.distance = lead > 0 ? std::min(lead, *within - lead) : lead;
  judgement.degree = crisp(lead > 0 && lead <= *within);
  return judgement;
}

Judgement near(const Value& a, const Value& b, double within) {
  Judgement judgement = compare(Operator::equal, a, b);
  if (!judgement.degree.known()) return judgement;
  judgement.distance += within;
  judgement.degree = crisp(judgement.distance >= 0);
  return judgement;
}

}  // namespace fmx::engine
