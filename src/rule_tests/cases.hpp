#pragma once

#include <vector>

#include "engine/match/program.hpp"
#include "src/rule_tests/outcome.hpp"

namespace fmx::rule_tests {

/// Diagnoses the labelled runs of a `cases` item: every folder below its path that holds a
/// `label.json` (src/cases/label.hpp), an outcome each, ordered by path.
///
/// A case passes where the first that is ranked is one of its labelled or accepted patterns and at
/// least as likely as not; of a healthy run, where it is judged healthy. A case that cannot be
/// read, a label that is none and a path without any case fail.
std::vector<Outcome> outcomes(const Knowledge& knowledge, const engine::Program& program,
                              const Cases& cases);

}  // namespace fmx::rule_tests
