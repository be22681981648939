#include "engine/belief/tried.hpp"

#include <algorithm>

#include "engine/match/words.hpp"

namespace fmx::engine {

namespace {

using Words = std::vector<std::string>;

/// Whether every one of `wanted` stands in `text` in some form.
bool covers(const Words& text, const Words& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    return std::any_of(text.begin(), text.end(),
                       [&](const std::string& other) { return akin(word, other); });
  });
}

}  // namespace

std::optional<Index> fix_named(const Knowledge& knowledge, const std::string& text) {
  if (const Fix* fix = find(knowledge.fixes, text)) {
    return static_cast<Index>(fix - knowledge.fixes.data());
  }
  const Words said = words(text);
  std::optional<Index> best;
  std::size_t most = 0;
  for (Index i = 0; i < knowledge.fixes.size(); ++i) {
    const Fix& fix = knowledge.fixes[i];
    if (said == words(fix.title)) return i;
    const Words name = words(fix.name);
    if (name.size() > most && covers(said, name)) best = i, most = name.size();
  }
  return best;
}

std::vector<Attempt> attempts(const Knowledge& knowledge, const Run& run) {
  std::vector<Attempt> result;
  for (const Tried& tried : run.tried) {
    const std::optional<Index> fix = fix_named(knowledge, tried.fix);
    if (!fix) continue;
    result.push_back({.fix = *fix, .words = tried.fix, .helped = tried.outcome == "better"});
  }
  return result;
}

}  // namespace fmx::engine
