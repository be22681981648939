#pragma once

#include <limits>
#include <optional>
#include <string>

#include "knowledge/knowledge.hpp"

/// What values an expression can take, and what a condition asks of them.
namespace fmx::dsl {

/// All values from `low` to `high`; an end that is open does not belong to it.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false, high_open = false;

  bool empty() const { return low > high || (low == high && (low_open || high_open)); }
};

Interval both(Interval a, Interval b);
/// Whether every value of `a` lies in `b`.
bool inside(Interval a, Interval b);
/// Whether every value there can be lies in one of the two.
bool covers(Interval a, Interval b, Interval all);

/// The values that a number, or a sample of a series, can take: a share lies between 0 and 1, a
/// count is never negative, what a metric's `range` says holds for its samples.
Interval values_of(const Expression& e, const Knowledge& knowledge);

/// What a condition asks of one value: `last(train_loss) above 3 .. 5` asks of the last loss that
/// it is above 3 to hold at all, and at least 5 to hold fully.
struct Demand {
  const Expression* value = nullptr;
  const Expression* condition = nullptr;
  Interval some, full;  ///< degree above 0, degree 1

  bool crisp() const { return some.low == full.low && some.high == full.high; }
};

/// Of a comparison with a fixed number, a ramp, a `between`, or one of them negated.
std::optional<Demand> demand(const Expression& e);

/// A value inside of `in`, not far from its ends.
double some_value(Interval in);

/// In words: "above 3", "between 1 and 2".
std::string words(Interval in);

/// A given of a test for which `value` is `number`, such as `given train_loss = 3 over 100 steps`;
/// empty where it takes more than a constant series.
std::string witness(const Expression& value, double number, const Knowledge& knowledge);

}  // namespace fmx::dsl
