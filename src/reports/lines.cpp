#include "src/reports/lines.hpp"

#include "knowledge/utf8.hpp"

namespace fmx::reports {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// The next word of `text` from `at` on; moves `at` past it.
std::string_view next_word(std::string_view text, std::size_t& at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  const std::size_t begin = at;
  while (at < text.size() && !is_blank(text[at])) ++at;
  return text.substr(begin, at - begin);
}

}  // namespace

std::string wrap(std::string_view text, int width, int indent, std::string_view lead) {
  std::string out(lead);
  int column = columns(lead);
  bool empty = true;  // no word on this line yet
  for (std::size_t at = 0;;) {
    const std::string_view word = next_word(text, at);
    if (word.empty()) break;
    const int needed = columns(word) + (empty ? 0 : 1);
    if (!empty && column + needed > width) {
      out += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
      column = indent;
      empty = true;
    }
    if (!empty) out += ' ';
    out += word;
    column += columns(word) + (empty ? 0 : 1);
    empty = false;
  }
  return out + "\n";
}

std::string one_line(std::string_view text) {
  std::string line;
  for (std::size_t at = 0;;) {
    const std::string_view word = next_word(text, at);
    if (word.empty()) return line;
    if (!line.empty()) line += ' ';
    line += word;
  }
}

}  // namespace fmx::reports
