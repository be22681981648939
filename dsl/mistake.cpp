#include "dsl/mistake.hpp"

#include <fmt/format.h>

#include <string>

namespace fmx::dsl {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// End of the thing that stands at `at`: a word, or one sign.
std::uint32_t end_of_thing(std::string_view text, std::uint32_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word_byte(text[end])) ++end;
  if (end == at && end < text.size()) ++end;
  return static_cast<std::uint32_t>(end);
}

}  // namespace

Diagnostic describe(const Mistake& mistake, std::uint32_t source, std::string_view text) {
  const Expected& e = mistake.expected;
  const std::string what = e.sign.empty() ? std::string(e.what) : fmt::format("`{}`", e.sign);
  Diagnostic d;
  d.code = e.code;
  d.message = "expected " + what;
  const std::uint32_t end = end_of_thing(text, mistake.at);
  d.primary.span = {source, mistake.at, end};
  d.primary.text = mistake.at == text.size()
                       ? "the file ends here"
                       : fmt::format("found `{}`", text.substr(mistake.at, end - mistake.at));
  return d;
}

}  // namespace fmx::dsl
