#pragma once

#include <deque>
#include <utility>

#include "engine/match/value.hpp"
#include "knowledge/expression.hpp"

namespace fmx::engine {

/// Owns the samples that were worked out during one evaluation; views of them stay good.
class Columns {
 public:
  Window keep(Column column) { return kept_.emplace_back(std::move(column)).window(); }

 private:
  std::deque<Column> kept_;
};

/// `a op b` for + - * / ^ and, sample by sample, for comparisons and connectives of masks. Of two
/// numbers a number (unknown `undefined` where the arithmetic has no answer), else samples.
Value operate(Operator op, const Value& a, const Value& b, Columns& columns);

/// `-a`, `not mask`.
Value operate(Operator op, const Value& a, Columns& columns);

/// abs, log, log10, exp, sqrt; min_of, max_of: of numbers, or sample by sample.
Value apply(Function function, const Value& x, Columns& columns);
Value apply(Function function, const Value& a, const Value& b, Columns& columns);

/// The samples of `x` at the steps of `events`: as it last stood; NaN before its first sample.
Value values_at(const Value& x, const Value& events, Columns& columns);

}  // namespace fmx::engine
