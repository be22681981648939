#include "engine/match/name.hpp"

#include <algorithm>

namespace fmx::engine {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Bytes of letters outside ASCII stand for themselves: names in other scripts must stay different.
bool is_kept(char c) {
  return is_lower(c) || is_upper(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether a word of a camelCase name begins at `i`: `trainLoss`, `GPUMemory`.
bool word_begins(std::string_view text, std::size_t i) {
  if (i == 0 || !is_upper(text[i])) return false;
  const char before = text[i - 1];
  if (is_lower(before) || is_digit(before)) return true;
  return is_upper(before) && i + 1 < text.size() && is_lower(text[i + 1]);
}

/// The normal form with the underscores at both ends kept. Appends to `place`, where there is one.
std::string normalize(std::string_view text, std::vector<std::uint32_t>* place) {
  std::string normal;
  normal.reserve(text.size() + 4);
  if (place != nullptr) place->reserve(text.size() + 4);
  const auto append = [&](char c, std::size_t from) {
    if (c == '_' && !normal.empty() && normal.back() == '_') return;
    normal += c;
    if (place != nullptr) place->push_back(static_cast<std::uint32_t>(from));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (word_begins(text, i)) append('_', i);
    if (!is_kept(c)) {
      append('_', i);
    } else {
      append(is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c, i);
    }
  }
  return normal;
}

}  // namespace

Name comparable(std::string_view spelt) {
  Name name{spelt, {}, {}};
  name.normal = normalize(spelt, &name.place);
  if (name.normal.starts_with('_')) {
    name.normal.erase(0, 1);
    name.place.erase(name.place.begin());
  }
  if (name.normal.ends_with('_')) {
    name.normal.pop_back();
    name.place.pop_back();
  }
  return name;
}

std::string_view Name::spelling(std::size_t begin, std::size_t end) const {
  while (begin < end && normal[begin] == '_') ++begin;
  while (begin < end && normal[end - 1] == '_') --end;
  if (begin == end) return {};
  return spelt.substr(place[begin], place[end - 1] + 1 - place[begin]);
}

Alias alias_of(std::string_view text) {
  Alias alias;
  while (true) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
    alias.spelt.emplace_back(text.substr(0, close == text.npos ? text.npos : open));
    if (close == text.npos) break;
    alias.labels.emplace_back(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  for (const std::string& piece : alias.spelt) alias.normal.push_back(normalize(piece, nullptr));
  if (alias.normal.front().starts_with('_')) alias.normal.front().erase(0, 1);
  if (alias.normal.back().ends_with('_')) alias.normal.back().pop_back();
  for (const std::string& piece : alias.normal) alias.literal += piece.size();
  return alias;
}

std::optional<std::vector<std::string_view>> between(const std::vector<std::string>& pieces,
                                                     std::string_view text) {
  const std::string& first = pieces.front();
  const std::string& last = pieces.back();
  if (text.size() < first.size() + last.size() || !text.starts_with(first) ||
      !text.ends_with(last)) {
    return std::nullopt;
  }
  text.remove_prefix(first.size());
  text.remove_suffix(last.size());

  std::vector<std::string_view> labels;
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    const std::size_t at = text.find(pieces[i], 1);
    if (at == text.npos) return std::nullopt;
    labels.push_back(text.substr(0, at));
    text.remove_prefix(at + pieces[i].size());
  }
  if (text.empty()) return std::nullopt;
  labels.push_back(text);
  return labels;
}

}  // namespace fmx::engine
