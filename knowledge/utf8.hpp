#pragma once

#include <cstddef>
#include <string_view>

namespace fmx {

/// One character at the head of a text.
struct Character {
  char32_t code_point = 0;
  std::size_t bytes = 1;  ///< that it takes; at least 1
  bool valid = false;  ///< false: the first byte begins no UTF-8 character (code_point is U+FFFD)
};

/// The first character of `text`, which must not be empty. Overlong forms, surrogates and code
/// points above U+10FFFF are not valid.
Character first_character(std::string_view text);

/// Index of the first byte that is not UTF-8; npos where all is.
std::size_t first_invalid_byte(std::string_view text);

/// Columns that a terminal gives a character: 2 for East Asian wide ones and emoji, 0 for combining
/// marks, else 1. (A short table by blocks of Unicode; good enough to place a caret.)
int columns(char32_t code_point);

/// Columns of a text without tabs or line ends; a byte that is not UTF-8 takes one.
int columns(std::string_view text);

}  // namespace fmx
