#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fmx::rule_tests {

/// A stretch of a text.
struct Stretch {
  std::size_t begin = 0, end = 0;
};

/// Where one of `words` stands in a condition's text as a word or sign of the condition itself: not
/// inside parentheses, brackets, braces, strings or comments. In order.
std::vector<Stretch> outermost(std::string_view condition,
                               std::initializer_list<std::string_view> words);

/// The number with its unit that begins at `from`, blanks in front left out: `5%`, `-1e-3`,
/// `30 min`.
std::optional<Stretch> literal_at(std::string_view text, std::size_t from);

/// A literal with its number times `factor`, its unit kept: `5%` by 2 is `10%`.
/// Pre: it is one that literal_at() found.
std::string scaled(std::string_view literal, double factor);
/// A literal with `added` to its number.
std::string moved(std::string_view literal, double added);

/// `text` without blanks at its ends.
std::string_view trimmed(std::string_view text);

}  // namespace fmx::rule_tests
