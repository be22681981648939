#include "dsl/suggest.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

namespace fmx::dsl {
namespace {

constexpr std::size_t longest_word = 80;  // what is longer is no misspelt name

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_but_for_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower_case, lower_case);
}

/// Edits between two words: the optimal string alignment distance (Damerau-Levenshtein in which no
/// letter is edited twice), O(|a| |b|) by rows.
std::size_t edits(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> before(width), above(width), row(width);
  for (std::size_t j = 0; j < width; ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t changed = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, changed});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

std::size_t length_difference(std::string_view a, std::string_view b) {
  return a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
}

/// Edits, or none between words that differ by case alone.
std::size_t distance_between(std::string_view a, std::string_view b) {
  return same_but_for_case(a, b) ? 0 : edits(a, b);
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > longest_word) return {};
  const std::size_t most = word.size() / 3;
  std::string_view best;
  std::size_t best_edits = most + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate == word || length_difference(word, candidate) > most) continue;
    const std::size_t distance = distance_between(word, candidate);
    if (distance > most) continue;
    if (best.empty() || std::tie(distance, candidate) < std::tie(best_edits, best)) {
      best = candidate;
      best_edits = distance;
    }
  }
  return best;
}

std::string_view only_near(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view best = nearest(word, candidates);
  const std::size_t surely_a_slip = word.size() < 8 ? 1 : 2;
  if (best.empty() || distance_between(word, best) > surely_a_slip) return {};
  const bool alone = std::ranges::none_of(candidates, [&](std::string_view candidate) {
    if (candidate == best || candidate == word) return false;
    if (length_difference(word, candidate) > word.size() / 3) return false;
    return distance_between(word, candidate) <= word.size() / 3;
  });
  return alone ? best : std::string_view();
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view meant = nearest(word, candidates);
  return meant.empty() ? std::string() : "did you mean `" + std::string(meant) + "`?";
}

}  // namespace fmx::dsl
