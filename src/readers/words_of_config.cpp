#include "src/readers/words_of_config.hpp"

#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

/// One past the quoted text that begins at `at`.
std::size_t end_of_quote(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      return at + 1;
    }
  }
  return text.size();
}

/// Where the list of `key=value` that begins at `at` has its next comma or its end.
std::size_t end_of_entry(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      at = end_of_quote(text, at);
      continue;
    }
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && --depth < 0) return at;
    if (c == ',' && depth == 0) return at;
    ++at;
  }
  return at;
}

void add_python_value(const std::string& key, std::string_view value, Settings& settings) {
  if (const auto json = parse_json(python_as_json(value))) {
    settings_of(Json{{key, *json}}, settings);
  } else {
    settings[key] = setting_of(value);
  }
}

/// Namespace(lr=0.1, name='x', layers=[1, 2])
Settings of_namespace(std::string_view text) {
  Settings settings;
  std::size_t at = text.find('(') + 1;
  while (at < text.size()) {
    const std::size_t end = end_of_entry(text, at);
    const std::string_view entry = trimmed(text.substr(at, end - at));
    const std::size_t equals = entry.find('=');
    if (equals != std::string_view::npos) {
      add_python_value(std::string(trimmed(entry.substr(0, equals))),
                       trimmed(entry.substr(equals + 1)), settings);
    }
    if (end >= text.size() || text[end] != ',') break;
    at = end + 1;
  }
  return settings;
}

/// |key|value| rows, as CleanRL logs its hyperparameters.
Settings of_markdown(std::string_view text) {
  Settings settings;
  for (std::size_t begin = 0, row = 0; begin < text.size(); ++row) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = trimmed(text.substr(begin, end - begin));
    begin = end + 1;
    if (line.size() < 3 || line.front() != '|' || line.back() != '|') continue;
    line = line.substr(1, line.size() - 2);
    const std::size_t bar = line.find('|');
    if (bar == std::string_view::npos || row < 2) continue;  // the header and its rule
    settings[std::string(trimmed(line.substr(0, bar)))] = setting_of(line.substr(bar + 1));
  }
  return settings;
}

}  // namespace

std::string python_as_json(std::string_view text) {
  std::string json;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      const std::size_t end = end_of_quote(text, at);
      json += '"';
      for (std::size_t i = at + 1; i + 1 < end; ++i) {
        if (text[i] == '\\' && text[i + 1] == '\'') continue;
        if (text[i] == '"' && c == '\'') json += '\\';
        json += text[i];
      }
      json += '"';
      at = end;
    } else if (is_word(c)) {
      std::size_t end = at;
      while (end < text.size() && is_word(text[end])) ++end;
      const std::string_view word = text.substr(at, end - at);
      json += word == "None" ? "null" : word == "True" ? "true" : word == "False" ? "false" : word;
      at = end;
    } else {
      json += c == '(' ? '[' : c == ')' ? ']' : c;
      ++at;
    }
  }
  return json;
}

Settings settings_in_words(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with("{")) {
    if (const auto json = parse_json(text)) return settings_in(*json);
    if (const auto json = parse_json(python_as_json(text))) return settings_in(*json);
    return {};
  }
  if (text.starts_with("Namespace(") && text.ends_with(")")) return of_namespace(text);
  if (text.starts_with("|")) return of_markdown(text);
  return {};
}

}  // namespace fmx::readers
