#include "dsl/unread.hpp"

#include <algorithm>

#include "dsl/keywords.hpp"

namespace fmx::dsl {
namespace {

bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/// Whether there is anything beside blanks, comments and the brackets of blocks.
bool says_something(std::string_view text) {
  bool comment = false;
  for (const char c : text) {
    if (c == '#') comment = true;
    if (c == '\n') comment = false;
    const bool filler = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f' ||
                        c == '{' || c == '}' || c == '~';
    if (!comment && !filler) return true;
  }
  return false;
}

std::string_view next_word(std::string_view& rest) {
  while (!rest.empty() && !is_word_byte(rest.front())) rest.remove_prefix(1);
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_word_byte);
  const std::string_view word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(word.size());
  return word;
}

}  // namespace

std::vector<std::string_view> unread(Part parent, const Sources& sources) {
  std::vector<std::string_view> found;
  const Span whole = parent.span();
  // The keyword in front of the first child is no node; the file has none.
  bool keyword = !parent.is(Kind::file);
  std::uint32_t from = whole.begin;
  const auto look = [&](std::uint32_t to) {
    const std::string_view gap = sources.text({whole.source, from, to});
    if (!keyword && says_something(gap)) found.push_back(gap);
    keyword = false;
  };
  for (const Part child : parent) {
    look(child.span().begin);
    from = child.span().end;
  }
  look(parent.is(Kind::file) ? static_cast<std::uint32_t>(sources.at(whole.source).text.size())
                             : whole.end);
  return found;
}

std::vector<std::string_view> names_declared_in(std::string_view unread_text) {
  std::vector<std::string_view> names;
  for (std::string_view rest = unread_text; !rest.empty();) {
    if (is_one_of(item_words, next_word(rest))) names.push_back(next_word(rest));
  }
  return names;
}

}  // namespace fmx::dsl
