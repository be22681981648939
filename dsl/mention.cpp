#include "dsl/mention.hpp"

namespace fmx::dsl {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The next place from `from` on at which `word` stands whole; npos where there is none.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t at = text.find(word, from); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word_byte(text[at - 1]);
    if (begins && (end == text.size() || !is_word_byte(text[end]))) return at;
  }
  return text.npos;
}

}  // namespace

Span mention(const Entity& entity, std::string_view keyword, std::string_view word,
             const Sources& sources) {
  const std::string_view text = sources.text(entity.declaration);
  const auto span = [&](std::size_t at, std::size_t size) {
    const auto begin = static_cast<std::uint32_t>(entity.declaration.begin + at);
    return Span{entity.declaration.source, begin, static_cast<std::uint32_t>(begin + size)};
  };
  const std::size_t open = text.find('{');
  const std::size_t field = open == text.npos ? text.npos : find_word(text, keyword, open);
  if (field == text.npos) return entity.span;
  if (word.empty()) return span(field, keyword.size());
  std::size_t at = find_word(text, word, field + keyword.size());
  if (at == text.npos) return entity.span;
  std::size_t size = word.size();
  while (at > 0 && (is_word_byte(text[at - 1]) || text[at - 1] == '.')) --at, ++size;
  return span(at, size);
}

}  // namespace fmx::dsl
