#pragma once

#include <string>
#include <vector>

#include "knowledge/knowledge.hpp"
#include "knowledge/result.hpp"
#include "src/problem.hpp"

namespace fmx::cases {

/// What somebody who knows says about a run, as it stands in `label.json` beside it:
///
///     {"label": "lr_too_high", "accept": ["missing_warmup"], "group": "resnet"}
///
/// `label` is a pattern's name or id, a list of them where several hold, or "healthy". Names are
/// compared regardless of case, with `-` for `_`. All other keys are the labeller's own.
struct Label {
  std::vector<std::string> says;     ///< empty: healthy
  std::vector<std::string> accepts;  ///< what a fair expert could also name
  std::string group;  ///< runs that are twins of one another share one; empty: there is none
};

/// The file's name. No reader of runs ever looks at it: a diagnosis must not know the answer.
inline constexpr const char* label_file = "label.json";

/// `path` as the file system knows it, `name` as people shall see it.
Result<Label, Problem> read_label(const std::string& path, const std::string& name);

/// A label, in the terms of some knowledge.
struct Truth {
  std::vector<Index> present;   ///< patterns that hold; empty: the run is healthy
  std::vector<Index> accepted;  ///< patterns that may be named, benign ones that were labelled too
  std::vector<Problem> not_used;  ///< of `accepts`: what no pattern is called
};

/// A label that no pattern is called by is a Problem, with what may have been meant; so is one that
/// several are called by. `where` is the label's file.
Result<Truth, Problem> truth(const Knowledge& knowledge, const Label& label,
                             const std::string& where);

}  // namespace fmx::cases
