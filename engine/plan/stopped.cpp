#include <map>

#include "engine/belief/tried.hpp"
#include "engine/plan/situation.hpp"

namespace fmx::engine {

namespace {

constexpr std::size_t enough_tries = 3;
constexpr double serious_cure = 0.3;  ///< a fix less likely to cure a pattern was not a try at it

}  // namespace

std::vector<Stopped> stopped_lines(const Situation& situation) {
  std::map<Index, std::vector<std::string>> failed;
  for (const Attempt& attempt : attempts(situation.knowledge, situation.run)) {
    if (attempt.helped) continue;
    for (const Cure& cure : situation.knowledge.fixes[attempt.fix].cures) {
      if (cure.probability >= serious_cure) failed[cure.pattern].push_back(attempt.words);
    }
  }
  std::vector<Stopped> result;
  for (auto& [pattern, tried] : failed) {
    if (tried.size() >= enough_tries)
      result.push_back({.pattern = pattern, .tried = std::move(tried)});
  }
  return result;
}

}  // namespace fmx::engine
