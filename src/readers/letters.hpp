#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace fmx::readers {

// Letters and digits of ASCII, whatever the locale: logs are no prose.

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || is_upper(c); }
constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string lower(std::string_view text) {
  std::string plain(text);
  std::transform(plain.begin(), plain.end(), plain.begin(), [](char c) { return lower(c); });
  return plain;
}

}  // namespace fmx::readers
