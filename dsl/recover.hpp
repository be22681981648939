#pragma once

#include <cstdint>
#include <string_view>

namespace fmx::dsl {

/// Where to go on behind a mistake in a field that begins at `start`: at the next field, at the
/// next item, at the `}` that closes the block, or at the end of the text. Lies behind `start` and
/// not in front of `mistake`.
std::uint32_t next_field(std::string_view text, std::uint32_t start, std::uint32_t mistake);

/// Where to go on behind a mistake in the head of an item that begins at `start`: behind its block,
/// at the next item, or at the end of the text.
std::uint32_t next_item(std::string_view text, std::uint32_t start, std::uint32_t mistake);

/// The `{` of the block that belongs to an item whose head, from `start`, holds a mistake; the end
/// of the text where it has none before the next item.
std::uint32_t block_of_item(std::string_view text, std::uint32_t start, std::uint32_t mistake);

}  // namespace fmx::dsl
