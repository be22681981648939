#include "src/readers/json_row.hpp"

#include <cstdint>
#include <cstring>

#include "src/readers/number.hpp"
#include "src/readers/utf8.hpp"

namespace fmx::readers {

namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The four hexadecimal digits at `at`, or -1.
int hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  int code = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const char c = text[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

}  // namespace

bool JsonRows::fail(const char* why) {
  if (error_.empty()) error_ = why;
  return false;
}

void JsonRows::blanks() {
  while (at_ != end_ && blank(*at_)) ++at_;
}

bool JsonRows::add(std::string_view line, Table& table) {
  table_ = &table;
  at_ = line.data();
  end_ = at_ + line.size();
  prefix_.clear();
  error_.clear();
  next_expected_ = 0;
  blanks();
  bool whole = at_ != end_ && *at_ == '{' ? object(0) : fail("it is not a JSON object");
  if (whole) {
    blanks();
    if (at_ != end_ && *at_ == ',') ++at_;  // lines cut out of a list
    blanks();
    if (at_ != end_) whole = fail("something follows the object");
  }
  if (whole) {
    table_->end_row();
  } else {
    table_->drop_row();
  }
  return whole;
}

/// Pre: at_ stands on '{'.
bool JsonRows::object(int depth) {
  if (depth > deepest) return fail(too_deep);
  ++at_;
  blanks();
  if (at_ != end_ && *at_ == '}') {
    ++at_;
    return true;
  }
  for (;;) {
    if (!member(depth)) return false;
    blanks();
    if (at_ == end_) return fail("it ends within an object");
    if (*at_ == '}') {
      ++at_;
      return true;
    }
    if (*at_ != ',') return fail("a comma or a closing brace is missing");
    ++at_;
    blanks();
  }
}

bool JsonRows::member(int depth) {
  const std::size_t rest = static_cast<std::size_t>(end_ - at_);
  const std::size_t place = next_expected_++;
  if (place < expected_.size()) {
    const Expected& expected = expected_[place];
    const std::size_t size = expected.text.size();
    if (size > 0 && rest > size && std::memcmp(at_, expected.text.data(), size) == 0) {
      double number = 0;
      const char* after = scan_number(at_ + size, end_, number);
      if (after != nullptr) {
        at_ = after;
        table_->put(expected.column, number);
        return true;
      }
    }
  }

  const char* const begin = at_;
  std::string_view key;
  if (!string(key)) return false;
  std::string name = prefix_;
  name += key;
  blanks();
  if (at_ == end_ || *at_ != ':') return fail("a colon is missing after a key");
  ++at_;
  blanks();
  if (at_ == end_) return fail("it ends after a key");
  if (*at_ == '{') {
    if (expected_.size() <= place) expected_.resize(place + 1);
    expected_[place].text.clear();
    const std::size_t length = prefix_.size();
    prefix_ = name + "/";
    if (!object(depth + 1)) return false;
    prefix_.resize(length);
    return true;
  }
  if (*at_ == '[') return list(name);

  const std::size_t column = table_->column(name);
  if (expected_.size() <= place) expected_.resize(place + 1);
  expected_[place] = {std::string(begin, at_), column};
  return value(column);
}

bool JsonRows::value(std::size_t column) {
  if (*at_ == '"' || *at_ == '\'') return quoted_value(column);
  double number = 0;
  const char* after = scan_number(at_, end_, number);
  if (after == nullptr) return literal(column);
  at_ = after;
  table_->put(column, number);
  return true;
}

bool JsonRows::quoted_value(std::size_t column) {
  std::string_view text;
  if (!string(text)) return false;
  if (const auto spelled = number(text)) {
    table_->put(column, *spelled);
  } else if (const auto with_comma = number_with_comma(text)) {
    table_->put(column, *with_comma);
  } else {
    table_->put_text(column, text);
  }
  return true;
}

bool JsonRows::literal(std::size_t column) {
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  const auto take = [&](std::string_view word) {
    if (rest.substr(0, word.size()) != word) return false;
    at_ += word.size();
    return true;
  };
  if (take("null") || take("None")) return true;
  if (take("true") || take("True")) {
    table_->put(column, 1);
    return true;
  }
  if (take("false") || take("False")) {
    table_->put(column, 0);
    return true;
  }
  return fail("a value is missing");
}

/// A list of texts may link a record to others; any other list is no sample. Pre: at_ stands on
/// '['.
bool JsonRows::list(const std::string& name) {
  std::size_t depth = 0;
  while (at_ != end_) {
    const char c = *at_;
    if (c == '"' || c == '\'') {
      std::string_view text;
      if (!string(text)) return false;
      if (depth == 1) table_->put_text(table_->column(name), text, true);
      continue;
    }
    ++at_;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth == 0) return true;
  }
  return fail("it ends within a list");
}

bool JsonRows::string(std::string_view& text) {
  if (at_ == end_ || (*at_ != '"' && *at_ != '\'')) return fail("a key must stand in quotes");
  const char quote = *at_;
  const char* const begin = ++at_;
  bool escapes = false;
  while (at_ != end_ && *at_ != quote) {
    if (*at_ == '\\') {
      escapes = true;
      if (++at_ == end_) break;
    }
    ++at_;
  }
  if (at_ == end_) return fail("it ends within a text");
  text = {begin, static_cast<std::size_t>(at_ - begin)};
  ++at_;
  if (escapes) {
    scratch_ = unescaped(text);
    text = scratch_;
  }
  return true;
}

std::string JsonRows::unescaped(std::string_view raw) const {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out.push_back(raw[i]);
      continue;
    }
    const char c = raw[++i];
    if (c == 'u') {
      const int code = hex4(raw, i + 1);
      if (code < 0) continue;
      i += 4;
      const bool lead = code >= 0xD800 && code < 0xDC00 && raw.substr(i + 1, 2) == "\\u";
      const int trail = lead ? hex4(raw, i + 3) : -1;
      if (trail >= 0xDC00 && trail < 0xE000) {
        i += 6;
        append_utf8(out, 0x10000u + static_cast<std::uint32_t>((code - 0xD800) << 10) +
                             static_cast<std::uint32_t>(trail - 0xDC00));
      } else {
        append_utf8(out,
                    code >= 0xD800 && code < 0xE000 ? 0xFFFDu : static_cast<std::uint32_t>(code));
      }
      continue;
    }
    constexpr std::string_view names = "nrtbf", meanings = "\n\r\t\b\f";
    const std::size_t known = names.find(c);
    out.push_back(known == std::string_view::npos ? c : meanings[known]);
  }
  return out;
}

}  // namespace fmx::readers
