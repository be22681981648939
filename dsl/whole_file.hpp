#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dsl/syntax.hpp"
#include "knowledge/diagnostic.hpp"

namespace fmx::dsl {

/// Why a text is not even tried: it is too large, or not UTF-8. Empty where it is.
std::optional<Diagnostic> why_unreadable(std::string_view text, std::uint32_t source);

/// Adds to the `diagnostics` of a file what is wrong with it as a whole: it holds no item, does not
/// begin with `pack`, or has two.
void check_whole_file(const Tree& tree, std::string_view text,
                      std::vector<Diagnostic>& diagnostics);

}  // namespace fmx::dsl
