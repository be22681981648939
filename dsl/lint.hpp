#pragma once

#include <vector>

#include "dsl/lower.hpp"

namespace fmx::dsl {

/// Warnings of what is allowed but rarely meant: knowledge that never speaks, that speaks against
/// itself, or that a reader could not check. In order of place.
///
/// A comment `# allow(code): reason` on a line before silences that warning for the next line that
/// is no comment; one without a reason, or that silences nothing, is itself warned of.
std::vector<Diagnostic> lint(const Lowered& lowered);

}  // namespace fmx::dsl
