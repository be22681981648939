#pragma once

#include "knowledge/diagnostic.hpp"

namespace fmx::dsl {

/// The edit that leaves out what stands at `span`: with its lines, where nothing else stands on
/// them, else with the blanks in front.
Edit removal(Span span, const Sources& sources);

}  // namespace fmx::dsl
