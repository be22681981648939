#pragma once

#include <cstdint>
#include <vector>

#include "dsl/syntax.hpp"

namespace fmx::dsl {

/// A token of a parsed file, and how it may stand beside the one before: what the formatter lays
/// out.
struct Token {
  /// How a line that is too long is broken in front of a token, if at all.
  enum class Break : std::uint8_t {
    never,
    fill,    ///< where the line is full: between the members of a list
    each,    ///< at every such token, or at none: before `and`, `or`, `because`
    close,   ///< as `each`, without more indent: the `}` of a group
    always,  ///< even where the line is not too long: between the entries of a `context`
  };
  std::uint32_t begin = 0, end = 0;  ///< its bytes
  bool glued = false;                ///< no blank in front
  Break break_before = Break::never;
  std::uint16_t level = 0;  ///< of the break; lower ones are taken first
};

/// All tokens of the tree, in order, with their breaks. Comments are no tokens.
/// Pre: the tree was parsed without errors.
std::vector<Token> tokens_of(const Tree& tree, const Sources& sources);

}  // namespace fmx::dsl
