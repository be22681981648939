#pragma once

#include <cstdint>
#include <string_view>

#include "dsl/expected.hpp"
#include "knowledge/diagnostic.hpp"

namespace fmx::dsl {

/// Something must stand at `at` and does not. Thrown by the parser, caught where it goes on.
struct Mistake {
  std::uint32_t at = 0;
  Expected expected;
};

/// What was read in front of a mistake.
struct Around {
  std::string_view item = {};  ///< the keyword of the item that it stands in: "finding"
  bool behind_expression =
      false;  ///< what was read last is a field, `let` or `rule` that ends in one
};

/// The diagnostic for a mistake, made from what stands there instead. Its span lies inside the text
/// and is empty only where the text is.
Diagnostic describe(const Mistake& mistake, const Around& around, std::uint32_t source,
                    std::string_view text);

/// The diagnostic for the word at `at`, which stands where a name should: it is reserved, or not
/// written as names are.
Diagnostic describe_misnamed(std::uint32_t at, std::uint32_t source, std::string_view text);

/// The diagnostic for a block that is opened at `open` and not closed before `at`.
Diagnostic describe_unclosed(std::uint32_t open, std::uint32_t at, std::uint32_t source,
                             std::string_view text);

/// The word (letters, digits, `_`) that begins at `at`; empty where none does.
std::string_view word_at(std::string_view text, std::uint32_t at);

}  // namespace fmx::dsl
