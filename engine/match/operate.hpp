#pragma once

#include <utility>
#include <vector>

#include "engine/match/value.hpp"
#include "knowledge/expression.hpp"

namespace fmx::engine {

/// Owns samples that were worked out; views of them stay good, also when it is moved.
class Columns {
 public:
  Window keep(Column column) { return kept_.emplace_back(std::move(column)).window(); }

 private:
  std::vector<Column> kept_;  ///< the samples lie behind pointers: they stay where they are
};

/// `a op b` for + - * / ^ and, sample by sample, for comparisons and connectives of masks. Of two
/// numbers a number (unknown `undefined` where the arithmetic has no answer), else samples.
Value operate(Operator op, const Value& a, const Value& b, Columns& columns);

/// `-a`, `not mask`.
Value operate(Operator op, const Value& a, Columns& columns);

/// abs, log, log10, exp, sqrt; min_of, max_of: of numbers, or sample by sample.
Value apply(Function function, const Value& x, Columns& columns);
Value apply(Function function, const Value& a, const Value& b, Columns& columns);

/// A mask that holds from where `set` does to where `reset` does; on their common steps. Where both
/// hold it does not; a sample without an answer changes nothing.
Value latch(const Value& set, const Value& reset, Columns& columns);

/// The samples of `x` at the steps of `events`: as it last stood; NaN before its first sample.
Value values_at(const Value& x, const Value& events, Columns& columns);

}  // namespace fmx::engine
