#pragma once

#include <string_view>
#include <vector>

#include "dsl/part.hpp"

namespace fmx::dsl {

/// Stretches between the children of a file, or of an item's block, that hold more than blanks,
/// comments and brackets: what the parser could not read, and has reported. Nothing can be said of
/// what may be missing there.
std::vector<std::string_view> unread(Part parent, const Sources& sources);

/// The names that such stretches seem to declare: `finding loss_spikes "...` without its end.
std::vector<std::string_view> names_declared_in(std::string_view unread_text);

}  // namespace fmx::dsl
