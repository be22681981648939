#pragma once

#include <functional>
#include <string>
#include <vector>

#include "knowledge/expression.hpp"
#include "knowledge/source.hpp"

namespace fmx::rule_tests {

/// A small change of a condition, as text and as what the text means.
struct Alteration {
  std::string what;                        ///< "threshold doubled", "comparison turned", ...
  Span span;                               ///< the text it changes
  std::string replacement;                 ///< what stands there instead; may be empty
  std::function<void(Expression&)> apply;  ///< changes a copy of the condition that was walked
};

/// All alterations of a condition (or of a number, such as a `since`): thresholds and other
/// numbers doubled and halved (of a count: one more, one less), comparisons turned, facts denied,
/// members of `and` and `or` left out, `and` for `or` and the reverse, windows and durations
/// doubled and halved, `not` left out. In the order of the text; lets count where they stand.
///
/// Left out is what cannot be written as a change of the text: arguments that were left out
/// themselves, and 0, which has no scale.
std::vector<Alteration> alterations(const Expression& condition, const Sources& sources);

}  // namespace fmx::rule_tests
