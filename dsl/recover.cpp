#include "dsl/recover.hpp"

#include <algorithm>

#include "dsl/keywords.hpp"
#include "dsl/suggest.hpp"

namespace fmx::dsl {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool ends_operand(char c) {
  return is_word_byte(c) || c == '"' || c == '%' || c == ')' || c == ']' || c == '}';
}

/// Walks over a text token by token, from a place where a token begins, and knows of each whether
/// it is the first of its line and in how many brackets it stands.
class Walk {
 public:
  Walk(std::string_view text, std::size_t from) : text_(text), at_(from) {
    const std::size_t newline = text.rfind('\n', from == 0 ? 0 : from - 1);
    std::size_t line = from == 0 || newline == npos ? 0 : newline + 1;
    std::size_t first = line;
    while (first < from && is_blank(text[first])) ++first;
    indent_ = first - line;
    first_on_line_ = first == from;
    pass_blanks();
  }

  bool done() const { return at_ >= text_.size(); }
  std::size_t at() const { return at_; }
  char head() const { return text_[at_]; }
  bool first_on_line() const { return first_on_line_; }
  std::size_t indent() const { return indent_; }
  int braces() const { return braces_; }
  bool in_brackets() const { return braces_ > 0 || parentheses_ > 0; }
  char last() const { return last_; }  ///< last byte of the token before

  /// The word that begins here; empty where none does.
  std::string_view word() const {
    std::size_t end = at_;
    while (end < text_.size() && is_word_byte(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }

  /// The text behind the word here, from the first byte that is not blank.
  std::string_view behind_word() const {
    std::size_t next = at_ + word().size();
    while (next < text_.size() && (is_blank(text_[next]) || text_[next] == '\n')) ++next;
    return text_.substr(next);
  }

  void step() {
    const std::size_t begin = at_;
    if (const std::string_view w = word(); !w.empty()) {
      at_ += w.size();
    } else if (text_[at_] == '"') {
      at_ = end_of_string();
    } else {
      count_bracket(text_[at_]);
      ++at_;
    }
    if (at_ > begin) last_ = text_[at_ - 1];
    first_on_line_ = false;
    pass_blanks();
  }

 private:
  std::size_t end_of_string() const {
    constexpr std::string_view quotes = "\"\"\"";
    if (text_.substr(at_, 3) == quotes) {
      const std::size_t end = text_.find(quotes, at_ + 3);
      return end == npos ? text_.size() : end + 3;
    }
    for (std::size_t i = at_ + 1; i < text_.size() && text_[i] != '\n'; ++i) {
      if (text_[i] == '"') return i + 1;
      if (text_[i] == '\\' && i + 1 < text_.size() && text_[i + 1] != '\n') ++i;
    }
    return std::min(text_.find('\n', at_), text_.size());
  }

  void count_bracket(char c) {
    if (c == '{') ++braces_;
    if (c == '}') --braces_, parentheses_ = 0;
    if (c == '(' || c == '[') ++parentheses_;
    if (c == ')' || c == ']') parentheses_ = std::max(0, parentheses_ - 1);
  }

  void pass_blanks() {
    while (at_ < text_.size()) {
      if (text_[at_] == '\n') {
        first_on_line_ = true;
        indent_ = 0;
      } else if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
        continue;
      } else if (is_blank(text_[at_])) {
        ++indent_;
      } else {
        return;
      }
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_;
  bool first_on_line_ = false;
  std::size_t indent_ = 0;  // of the line, in bytes, while it is first_on_line
  int braces_ = 0, parentheses_ = 0;
  char last_ = ' ';
};

/// Whether a word that is a field's keyword is used as one here: fields are not followed by what
/// follows a name in an expression, nor preceded by an operator.
bool begins_field(const Walk& walk) {
  const std::string_view word = walk.word();
  if (!is_one_of(field_words, word) && !is_one_of(test_words, word)) return false;
  const std::string_view behind = walk.behind_word();
  // With nothing behind it a word behind an operand cannot be one itself: a field that is cut off.
  if (behind.empty() || behind[0] == '}') return ends_operand(walk.last());
  if (word == "range") return behind[0] != '(' && behind[0] != ')' && behind[0] != ',';
  constexpr std::string_view inside_expressions = "(),:=<>!+-*/^.[]~%";
  return inside_expressions.find(behind[0]) == npos;
}

/// Whether a word that is no field's keyword stands where one should: a word and a value in one
/// line.
bool seems_field(const Walk& walk, std::string_view text) {
  const std::string_view word = walk.word();
  if (word.empty() || is_one_of(reserved_words, word)) return false;
  const std::string_view behind = text.substr(walk.at() + word.size());
  const std::size_t value = behind.find_first_not_of(" \t");
  if (value == 0 || value == npos) return false;
  const std::string_view next = behind.substr(value);
  if (next[0] == '"') return true;
  const std::size_t size =
      static_cast<std::size_t>(std::ranges::find_if_not(next, is_word_byte) - next.begin());
  return size > 0 && !is_one_of(reserved_words, next.substr(0, size));
}

bool is_nearly_field(const Walk& walk, std::string_view text) {
  return seems_field(walk, text) && !nearest(walk.word(), field_words).empty();
}

/// Whether an item begins here: its keyword, then a name or a title.
bool begins_item(const Walk& walk) {
  const std::string_view word = walk.word();
  if (!is_one_of(item_words, word)) return false;
  const std::string_view behind = walk.behind_word();
  if (behind.empty()) return false;
  const bool name = behind[0] >= 'a' && behind[0] <= 'z';
  return word == "fix" || word == "let" ? name : name || behind[0] == '"';
}

}  // namespace

std::uint32_t next_field(std::string_view text, std::uint32_t start, std::uint32_t mistake) {
  Walk walk(text, start);
  const std::size_t indent = walk.indent();
  // Where one field is misnamed others may be: one of its line ends at what is nearly a keyword.
  const bool misnamed = start == mistake && is_nearly_field(walk, text);
  for (; !walk.done(); walk.step()) {
    if (walk.braces() == 0 && walk.head() == '}' && walk.at() >= mistake) break;
    if (walk.at() <= start || walk.at() < mistake) continue;
    if (walk.first_on_line()) {
      const bool outside = walk.braces() == 0 || walk.indent() <= indent;
      if (outside && (begins_field(walk) || begins_item(walk))) break;
      const bool beside = walk.braces() == 0 && walk.indent() == indent && indent > 0;
      if (beside && ends_operand(walk.last()) && seems_field(walk, text)) break;
    } else if (!walk.in_brackets() && ends_operand(walk.last()) &&
               (begins_field(walk) || (misnamed && is_nearly_field(walk, text)))) {
      break;
    }
  }
  return static_cast<std::uint32_t>(walk.at());
}

std::uint32_t next_item(std::string_view text, std::uint32_t start, std::uint32_t mistake) {
  Walk walk(text, start);
  const std::size_t indent = walk.indent();
  for (; !walk.done(); walk.step()) {
    const bool behind = walk.at() > start && walk.at() >= mistake;
    if (behind && walk.last() == '}' && walk.braces() <= 0) break;
    const bool outside = walk.first_on_line() && walk.indent() <= indent;
    if (behind && outside && is_one_of(item_words, walk.word())) break;
  }
  return static_cast<std::uint32_t>(walk.at());
}

std::uint32_t block_of_item(std::string_view text, std::uint32_t start, std::uint32_t mistake) {
  for (Walk walk(text, start); !walk.done(); walk.step()) {
    if (walk.at() >= mistake && walk.head() == '{') return static_cast<std::uint32_t>(walk.at());
    if (walk.head() == '}') break;
    if (walk.at() > start && walk.first_on_line() && begins_item(walk)) break;
  }
  return static_cast<std::uint32_t>(text.size());
}

}  // namespace fmx::dsl
