#pragma once

#include <string>

#include "engine/explain/explain.hpp"
#include "knowledge/source.hpp"
#include "src/reports/case.hpp"

namespace fmx::reports {

/// Comparisons as people say them. Lives no longer than what `facts` views.
engine::Wording in_words(const Case& facts);

/// An explanation as a tree of lines of `width` columns, each with the rule that it comes from:
///
///     Learning rate too high: 93 % [lr_too_high.fmrule:12]
///       why
///         before the evidence: 6 % of such runs have it [lr_too_high.fmrule:12]
std::string text(const engine::Reason& reason, const Sources& sources, int width);

/// The same for an issue or a notebook: a heading for what was asked and one for each branch, below
/// them lists.
std::string markdown(const engine::Reason& reason, const Sources& sources);

/// `fmx-explanation/1`, see docs/explanation.schema.json.
std::string json(const engine::Reason& reason, const Sources& sources);

}  // namespace fmx::reports
