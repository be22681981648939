#include "src/readers/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

std::size_t line_of(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// One past the string that begins at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

/// The bare word for a number that is not finite at the beginning of `rest`, or empty.
std::string_view nonfinite_word(std::string_view rest) {
  for (const std::string_view word :
       {"-Infinity", "Infinity", "NaN", "-NaN", "nan", "-inf", "inf"}) {
    if (rest.substr(0, word.size()) == word) return word;
  }
  return {};
}

/// The same text with such words in quotes.
Result<std::string, JsonError> with_quoted_nonfinites(std::string_view text) {
  std::string plain;
  plain.reserve(text.size() + 64);
  std::size_t depth = 0, copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      at = end_of_string(text, at);
      continue;
    }
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth > deepest_json) {
      return Unexpected{JsonError{line_of(text, at),
                                  fmt::format("it is nested more than {} deep", deepest_json)}};
    }
    const bool may_begin = c == 'N' || c == 'I' || c == '-' || c == 'n' || c == 'i';
    const std::string_view word = may_begin ? nonfinite_word(text.substr(at)) : std::string_view{};
    if (word.empty()) {
      ++at;
      continue;
    }
    plain += text.substr(copied, at - copied);
    plain += '"';
    plain += word;
    plain += '"';
    at += word.size();
    copied = at;
  }
  plain += text.substr(std::min(copied, text.size()));
  return plain;
}

}  // namespace

Result<Json, JsonError> parse_json(std::string_view text) {
  const auto plain = with_quoted_nonfinites(text);
  if (!plain) return Unexpected{plain.error()};
  try {
    return Json::parse(*plain);
  } catch (const nlohmann::json::parse_error& error) {
    const bool at_end = error.byte >= plain->size();
    return Unexpected{
        JsonError{line_of(*plain, error.byte), at_end ? "the JSON ends early" : "this is no JSON"}};
  } catch (const nlohmann::json::exception&) {  // a number out of range
    return Unexpected{JsonError{1, "it holds a number that is too large"}};
  }
}

std::optional<double> json_number(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? 1.0 : 0.0;
  if (value.is_number()) return value.get<double>();
  if (value.is_string()) return number(value.get_ref<const std::string&>());
  return std::nullopt;
}

}  // namespace fmx::readers
