#include "src/rule_tests/rule_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "dsl/keywords.hpp"
#include "dsl/unit_words.hpp"

namespace fmx::rule_tests {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The word or sign at `from`: letters together, comparison signs together, else one byte.
std::size_t end_of_token(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && is_word_byte(text[end])) ++end;
  if (end > from) return end;
  const std::string_view two = text.substr(from, 2);
  constexpr std::array<std::string_view, 5> pairs{"..", "<=", ">=", "==", "!="};
  return from + (std::ranges::find(pairs, two) != pairs.end() ? 2 : 1);
}

std::size_t end_of_string(std::string_view text, std::size_t quote) {
  std::size_t at = quote + 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

/// The end of the digits of a number that begins at `from`; `from` itself where none does.
std::size_t end_of_number(std::string_view text, std::size_t from) {
  std::size_t at = from;
  const auto digits = [&] {
    while (at < text.size() && (is_digit(text[at]) || text[at] == '_')) ++at;
  };
  if (at >= text.size() || !is_digit(text[at])) return from;
  digits();
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
    ++at;
    digits();
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t power = at + 1;
    if (power < text.size() && (text[power] == '-' || text[power] == '+')) ++power;
    if (power < text.size() && is_digit(text[power])) {
      at = power;
      digits();
    }
  }
  return at;
}

struct Parsed {
  double value = 0;
  std::string_view rest;
};

Parsed parse(std::string_view literal) {
  std::string digits;
  std::size_t at = 0;
  if (literal.starts_with("-")) digits = "-", at = 1;
  while (at < literal.size() && (literal[at] == ' ' || literal[at] == '\t')) ++at;
  const std::size_t end = end_of_number(literal, at);
  for (const char c : literal.substr(at, end - at)) {
    if (c != '_') digits += c;
  }
  Parsed parsed;
  std::from_chars(digits.data(), digits.data() + digits.size(), parsed.value);
  parsed.rest = literal.substr(end);
  return parsed;
}

std::string written(double value, std::string_view unit) {
  return fmt::format("{:.6g}{}", value, unit);
}

}  // namespace

std::vector<Stretch> outermost(std::string_view text,
                               std::initializer_list<std::string_view> words) {
  std::vector<Stretch> found;
  int depth = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '"') {
      at = end_of_string(text, at);
    } else {
      if (c == '(' || c == '[' || c == '{') ++depth;
      if (c == ')' || c == ']' || c == '}') --depth;
      const std::size_t end = end_of_token(text, at);
      const std::string_view token = text.substr(at, end - at);
      if (depth == 0 && std::ranges::find(words, token) != words.end()) found.push_back({at, end});
      at = end;
    }
  }
  return found;
}

std::optional<Stretch> literal_at(std::string_view text, std::size_t from) {
  const auto skip_blanks = [&](std::size_t at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n')) ++at;
    return at;
  };
  const std::size_t begin = skip_blanks(from);
  const bool negative = begin < text.size() && text[begin] == '-';
  const std::size_t digits = negative ? skip_blanks(begin + 1) : begin;
  const std::size_t end = end_of_number(text, digits);
  if (end == digits) return {};
  std::size_t unit = end;
  while (unit < text.size() && (text[unit] == ' ' || text[unit] == '\t')) ++unit;
  if (unit < text.size()) {
    const std::size_t unit_end = end_of_token(text, unit);
    if (dsl::is_one_of(dsl::number_units, text.substr(unit, unit_end - unit))) {
      return Stretch{begin, unit_end};
    }
  }
  return Stretch{begin, end};
}

std::string scaled(std::string_view literal, double factor) {
  const Parsed parsed = parse(literal);
  return written(parsed.value * factor, parsed.rest);
}

std::string moved(std::string_view literal, double added) {
  const Parsed parsed = parse(literal);
  return written(parsed.value + added, parsed.rest);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace fmx::rule_tests
