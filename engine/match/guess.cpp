#include "engine/match/guess.hpp"

#include <algorithm>

#include "knowledge/spelling.hpp"

namespace fmx::engine {
namespace {

constexpr std::size_t shortest_exchange = 4, shortest_slip = 5;  // letters of a mistyped word

/// `losses`, `entropies`, `norms`; `loss` and `bias` are no plurals.
std::string singular(std::string word) {
  const auto ends = [&](std::string_view end) {
    return word.size() > end.size() + 1 && word.ends_with(end);
  };
  if (ends("sses")) {
    word.resize(word.size() - 2);
  } else if (ends("ies")) {
    word.replace(word.size() - 3, 3, "y");
  } else if (ends("s") && !ends("ss") && !ends("us") && !ends("is") && !ends("as")) {
    word.pop_back();
  }
  return word;
}

std::vector<std::string> parts(const std::string& normal) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < normal.size();) {
    const std::size_t end = std::min(normal.find('_', begin), normal.size());
    if (end > begin) words.push_back(normal.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether one slip of the keyboard after the first letter makes `a` of `b`.
bool one_slip_apart(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (b.empty() || a.front() != b.front() || a.size() > b.size() + 1) return false;
  const auto at = std::mismatch(b.begin(), b.end(), a.begin());
  const auto rest_b = static_cast<std::size_t>(b.end() - at.first);
  if (a.size() > b.size()) {
    const bool doubled = *at.second == *(at.second - 1);  // the first letters are the same
    const std::size_t shortest = doubled ? shortest_exchange : shortest_slip;
    return b.size() >= shortest && a.ends_with(b.substr(b.size() - rest_b));
  }
  if (rest_b == 0) return false;
  const std::string_view tail_a = a.substr(a.size() - rest_b), tail_b = b.substr(b.size() - rest_b);
  if (tail_a.substr(1) == tail_b.substr(1)) return a.size() >= shortest_slip;
  return a.size() >= shortest_exchange && rest_b >= 2 && tail_a[0] == tail_b[1] &&
         tail_a[1] == tail_b[0] && tail_a.substr(2) == tail_b.substr(2);
}

}  // namespace

Guesses::Guesses(const Knowledge& knowledge) {
  for (const auto* list : {&knowledge.prefixes, &knowledge.suffixes}) {
    for (const std::string& affix : *list) affixes_.insert(singular(normal_form(affix)));
  }
  for (Index m = 0; m < knowledge.metrics.size(); ++m) {
    std::vector<std::string> spellings = knowledge.metrics[m].aliases;
    spellings.push_back(knowledge.metrics[m].name);
    for (const std::string& alias : spellings) {
      const Key key = key_of(alias);
      words_.insert(key.begin(), key.end());
      if (alias.find('{') != alias.npos) continue;
      whole_[key].emplace(m, alias);
      if (const Key rest = bare(key); rest.size() > 1) bare_[rest].emplace(m, alias);
    }
  }
}

Guesses::Key Guesses::key_of(std::string_view name) const {
  Key key = parts(normal_form(name));
  for (std::string& word : key) word = singular(std::move(word));
  std::sort(key.begin(), key.end());
  return key;
}

Guesses::Key Guesses::bare(const Key& key) const {
  Key rest;
  std::copy_if(key.begin(), key.end(), std::back_inserter(rest),
               [&](const std::string& word) { return !affixes_.contains(word); });
  return rest;
}

std::optional<Guess> Guesses::only(const Found& found, const Key& key) const {
  const auto at = found.find(key);
  if (at == found.end() || at->second.size() != 1) return std::nullopt;
  return Guess{at->second.begin()->first, at->second.begin()->second};
}

std::optional<Guess> Guesses::mistyped(const Key& key) const {
  std::optional<Guess> guess;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (words_.contains(key[i]) || has_digit(key[i])) continue;
    for (const std::string& word : words_) {
      if (!one_slip_apart(key[i], word)) continue;
      Key meant = key;
      meant[i] = word;
      std::sort(meant.begin(), meant.end());
      const auto found = whole_.find(meant);
      if (found == whole_.end()) continue;
      if (found->second.size() > 1 || (guess && guess->metric != found->second.begin()->first)) {
        return std::nullopt;
      }
      guess = Guess{found->second.begin()->first, found->second.begin()->second};
    }
  }
  return guess;
}

std::optional<Guess> Guesses::metric_of(std::string_view name) const {
  const Key key = key_of(name);
  if (key.empty()) return std::nullopt;
  if (whole_.contains(key)) return only(whole_, key);
  if (const Key rest = bare(key); rest.size() > 1 && bare_.contains(rest)) return only(bare_, rest);
  return mistyped(key);
}

}  // namespace fmx::engine
