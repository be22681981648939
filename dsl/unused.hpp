#pragma once

#include <vector>

#include "dsl/entities.hpp"

namespace fmx::dsl {

/// Warnings of lets and imports that nothing uses. Only right after lowering is it known what was.
std::vector<Diagnostic> unused_names(const std::vector<Tree>& trees, const Context& context);

}  // namespace fmx::dsl
