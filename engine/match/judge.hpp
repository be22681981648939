#pragma once

#include <optional>

#include "engine/match/value.hpp"
#include "knowledge/expression.hpp"

namespace fmx::engine {

/// How a comparison came out: a Reading without its names and its text.
struct Judgement {
  Degree degree;
  Number value = Unknown::undefined;
  std::optional<double> low, high;  ///< the threshold, or the two ends of the ramp
  double distance = 0;              ///< from where it flips; > 0: it holds
  Origin origin;
};

/// `a op b`, a comparison. `==` and `!=` also compare texts, regardless of case.
Judgement compare(Operator op, const Value& a, const Value& b);

/// 0 at `low` and below, 1 at `high` and above, linear between; flips in the middle.
Judgement above(const Value& a, const Value& low, const Value& high);
/// 0 at `high` and above, 1 at `low` and below.
Judgement below(const Value& a, const Value& high, const Value& low);
/// 1 where low <= a <= high.
Judgement between(const Value& a, const Value& low, const Value& high);

/// 1 where time `a` lies before time `b`, by at most `within` where there is one.
Judgement before(const Value& a, const Value& b, std::optional<double> within);
/// 1 where the two times are at most `within` apart.
Judgement near(const Value& a, const Value& b, double within);

/// 1 where `holds`; of something that has no number.
Judgement judge(bool holds, const Origin& origin);
Judgement judge(Unknown reason, const Origin& origin);

}  // namespace fmx::engine
