#pragma once

#include <string>
#include <vector>

#include "src/cases/evaluation.hpp"

namespace fmx::cases {

/// For a terminal: the figures, a reliability diagram, the patterns that are not perfect, the cases
/// that went wrong or changed.
std::string text(const Evaluation& evaluation);

/// The same for a pull request, with every pattern.
std::string markdown(const Evaluation& evaluation);

/// `fmx-evaluation/1`, see docs/evaluation.schema.json: with every case, as `--save` keeps it.
std::string json(const Evaluation& evaluation);

/// What was said of each case, as json() wrote it to the file `path`.
Result<std::vector<Said>, Problem> saved(const std::string& path);

/// A reliability diagram: a row for each tenth of the range that has cases, its bar as long as what
/// was said is right, `|` where it ought to end.
std::string diagram(const engine::Reliability& reliability);

/// What could not be used of the cases, as the last part of a report; empty where all could.
std::string not_used(const std::vector<Problem>& problems);

/// "right before, wrong now", ...
std::string_view in_words(Changed::Kind kind);

/// `98.9 %`.
std::string share(double value);

}  // namespace fmx::cases
