#include "engine/belief/words.hpp"

#include <algorithm>

namespace fmx::engine {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) > 127;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  bool inside = false;
  for (const char c : text) {
    if (is_letter(c)) {
      if (!inside) result.emplace_back();
      result.back() += lower(c);
    }
    inside = is_letter(c);
  }
  return result;
}

bool says(const std::vector<std::string>& text, const std::vector<std::string>& phrase) {
  if (phrase.empty()) return false;
  return std::search(text.begin(), text.end(), phrase.begin(), phrase.end()) != text.end();
}

bool akin(std::string_view a, std::string_view b) {
  if (a == b) return true;
  constexpr std::size_t least = 4;
  const std::size_t shorter = std::min(a.size(), b.size());
  if (shorter < least) return false;
  const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto common = static_cast<std::size_t>(differ.first - a.begin());
  return common >= std::max(least, shorter - 1);
}

}  // namespace fmx::engine
