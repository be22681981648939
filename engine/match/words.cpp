#include "engine/match/words.hpp"

#include <algorithm>
#include <array>

namespace fmx::engine {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) > 127;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Words that may stand in a description or not without a change of what it says.
constexpr std::array fillers = {
    "a",  "an",     "are",   "at",   "be",    "became", "become", "becomes", "been", "did",
    "do", "does",   "gets",  "goes", "going", "got",    "had",    "has",     "have", "i",
    "in", "is",     "it",    "its",  "just",  "my",     "of",     "our",     "the",  "this",
    "to", "turned", "turns", "very", "was",   "we",     "went",   "were"};

bool is_filler(std::string_view word) {
  return std::find(fillers.begin(), fillers.end(), word) != fillers.end();
}

constexpr std::array denials = {"arent", "cannot", "cant",    "didnt", "doesnt", "dont",
                                "hasnt", "havent", "isnt",    "never", "no",     "not",
                                "wasnt", "werent", "without", "wont"};

bool is_denial(std::string_view word) {
  return std::find(denials.begin(), denials.end(), word) != denials.end();
}

/// The words that say something; all of them where none does.
std::vector<std::string> telling(const std::vector<std::string>& words) {
  std::vector<std::string> kept;
  std::copy_if(words.begin(), words.end(), std::back_inserter(kept),
               [](const std::string& word) { return !is_filler(word); });
  return kept.empty() ? words : kept;
}

}  // namespace

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  bool inside = false;
  for (const char c : text) {
    if (c == '\'') continue;
    if (is_letter(c)) {
      if (!inside) result.emplace_back();
      result.back() += lower(c);
    }
    inside = is_letter(c);
  }
  return result;
}

bool says(const std::vector<std::string>& text, const std::vector<std::string>& phrase) {
  const std::vector<std::string> said = telling(text), wanted = telling(phrase);
  if (wanted.empty()) return false;
  for (auto from = said.begin();; ++from) {  // ends: `from` moves towards the end
    from = std::search(from, said.end(), wanted.begin(), wanted.end(), akin);
    if (from == said.end()) return false;
    if (from == said.begin() || !is_denial(*(from - 1))) return true;
  }
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
