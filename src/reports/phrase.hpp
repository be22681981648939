#pragma once

#include <string>

#include "engine/match/match.hpp"
#include "knowledge/expression.hpp"
#include "src/reports/case.hpp"

namespace fmx::reports {

/// An expression as people say it: `last(smooth(train_loss, 2%))` is "last smoothed training loss".
std::string phrase(const Case& facts, const Expression& expression);

/// A comparison with the value it came to: "last training loss is 6 times lowest training loss
/// (fully seen from 4)". `comparison` is the part of the condition that the reading is of, or null
/// where it is not known: then the words of the rule stand for it.
std::string phrase(const Case& facts, const engine::Reading& reading, const Expression* comparison);

/// The part of `condition` that stands at `span`; null where there is none.
const Expression* part_at(const Expression& condition, Span span);

}  // namespace fmx::reports
