#pragma once

#include <vector>

#include "dsl/syntax.hpp"
#include "knowledge/diagnostic.hpp"

namespace fmx::dsl {

/// A tree of everything that could be read, and a diagnostic for each mistake. After a mistake the
/// parser goes on at the next field or item, so one mistake costs one field.
struct Parsed {
  Tree tree;
  std::vector<Diagnostic> diagnostics;
};

/// Reads one .fmrule file. Any bytes are taken: what is not the language becomes diagnostics whose
/// spans lie inside the text.
Parsed parse(const Sources& sources, std::uint32_t source);

}  // namespace fmx::dsl
