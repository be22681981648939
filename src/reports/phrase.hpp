#pragma once

#include <string>

#include "engine/match/match.hpp"
#include "knowledge/expression.hpp"
#include "src/reports/case.hpp"

namespace fmx::reports {

/// An expression as people say it: `last(smooth(train_loss, 2%))` is "last smoothed training loss".
std::string phrase(const Case& facts, const Expression& expression);

/// The title of a finding for whatever its variables are: "Task (any) waits for itself".
std::string title_of_any(const Finding& finding);

/// Whether something is logged, set, said or written, as a sentence of what is so: "the gradient
/// norm is not logged". Empty for any other expression.
std::string yes_or_no(const Case& facts, const Expression& expression, bool holds);

/// Whether it compares a value, its first operand, with others.
bool is_comparison(const Expression& expression);

/// A comparison with the value it came to: "last training loss is 6 times lowest training loss
/// (fully seen from 4)". `comparison` is the part of the condition that the reading is of, or null
/// where it is not known: then the words of the rule stand for it.
std::string phrase(const Case& facts, const engine::Reading& reading, const Expression* comparison);

/// What an expression would be said to be, had it the value `value`: "last training loss is 2 times
/// its lowest".
std::string measured(const Case& facts, const Expression& expression, double value);

/// The part of `condition` that stands at `span`, in it or in a finding that it asks for; null
/// where there is none.
const Expression* part_at(const Knowledge& knowledge, const Expression& condition, Span span);

}  // namespace fmx::reports
