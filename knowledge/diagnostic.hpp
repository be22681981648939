#pragma once

#include <optional>
#include <string>
#include <vector>

#include "knowledge/source.hpp"

namespace fmx {

enum class Severity { error, warning, note };

/// A place in a rule file and what stands there.
struct Label {
  Span span = {};
  std::string text = {};
};

/// A change of text that would mend a mistake; `fmx check --fix` applies it.
struct Edit {
  Span span = {};
  std::string replacement = {};
};

/// One mistake in a rule file.
///
/// The message names the thing at fault in the words of the file; the primary label covers the
/// smallest whole thing to change; the hint says what to do. Codes are kebab-case names that never
/// change meaning, each with a page in docs/diagnostics/.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string code = {};
  std::string message = {};
  Label primary = {};
  std::vector<Label> secondary = {};
  std::string hint = {};
  std::optional<Edit> edit = {};
};

/// As it is shown to a person, without colour, ending in a newline:
///
///     error[unknown-metric]: no metric is called `grad_nrom`
///       --> optimization.fmrule:12:9
///        |
///     12 |   when last(grad_nrom) above 3
///        |             ^^^^^^^^^ not declared in this pack or its imports
///        = hint: did you mean `grad_norm`?
///
/// Secondary labels follow the primary one, each with its own place and underlined by dashes. A
/// span of several lines is marked on its first, a very long line is cut around its marks.
std::string render(const Diagnostic& diagnostic, const Sources& sources);

/// Puts diagnostics in the order of their places, errors before warnings at one place.
void sort_by_place(std::vector<Diagnostic>& diagnostics);

bool has_errors(const std::vector<Diagnostic>& diagnostics);

}  // namespace fmx
