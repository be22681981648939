#include "knowledge/spelling.hpp"

namespace fmx {
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

}  // namespace

std::string underscored(std::string_view name, std::vector<std::uint32_t>* place) {
  std::string words;
  words.reserve(name.size() + 4);
  if (place != nullptr) place->reserve(name.size() + 4);
  const auto append = [&](char c, std::size_t from) {
    if (c == '_' && words.ends_with('_')) return;
    words += c;
    if (place != nullptr) place->push_back(static_cast<std::uint32_t>(from));
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (word_begins(name, i)) append('_', i);
    append(!is_kept(c) ? '_' : is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c, i);
  }
  return words;
}

std::string normal_form(std::string_view name) {
  std::string normal = underscored(name);
  if (normal.ends_with('_')) normal.pop_back();
  if (normal.starts_with('_')) normal.erase(0, 1);
  return normal;
}

}  // namespace fmx
