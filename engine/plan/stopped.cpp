#include <map>
#include <set>
#include <string_view>

#include "engine/belief/tried.hpp"
#include "engine/plan/situation.hpp"

namespace fmx::engine {

namespace {

constexpr std::size_t enough_tries = 3;
constexpr double worth_naming = 0.05;
constexpr double serious_cure = 0.3;  ///< a fix less likely to cure a pattern was not a try at it

/// The likeliest failure that something seen speaks for and that no line of `stopped` is at.
std::optional<Index> likeliest_other(const Situation& situation,
                                     const std::map<Index, Stopped>& stopped) {
  std::optional<Index> best;
  for (Index i = 0; i < situation.knowledge.patterns.size(); ++i) {
    const Posterior& belief = situation.beliefs.posteriors[i];
    if (situation.network.causes[i].benign || stopped.contains(i)) continue;
    if (belief.probability < worth_naming || belief.probability <= belief.prior) continue;
    if (!best || belief.probability > situation.posterior(*best)) best = i;
  }
  return best;
}

/// What an id is about: its first word, `ml` of `ml.optimization.lr_too_high`.
std::string_view field_of(std::string_view id) { return id.substr(0, id.find('.')); }

}  // namespace

std::vector<Stopped> stopped_lines(const Situation& situation) {
  std::map<Index, Stopped> lines;
  std::set<Index> counted;
  for (const Attempt& attempt : attempts(situation.knowledge, situation.run)) {
    if (attempt.helped) continue;
    const bool again = !counted.insert(attempt.fix).second;  // tells nothing that is new
    for (const Cure& cure : situation.knowledge.fixes[attempt.fix].cures) {
      if (cure.probability < serious_cure) continue;
      Stopped& line = lines[cure.pattern];
      line.pattern = cure.pattern;
      line.tried.push_back(attempt.words);
      if (!again) line.all_in_vain *= 1 - cure.probability;
    }
  }
  std::erase_if(lines, [](const auto& line) { return line.second.tried.size() < enough_tries; });
  std::vector<Stopped> result;
  for (auto& [pattern, line] : lines) {
    line.instead = likeliest_other(situation, lines);
    result.push_back(std::move(line));
  }
  return result;
}

std::vector<Step> last_resorts(const Situation& situation, const std::vector<Stopped>& stopped) {
  std::set<std::string_view> fields;
  for (const Stopped& line : stopped) {
    if (!line.instead) fields.insert(field_of(situation.knowledge.patterns[line.pattern].id));
  }
  std::vector<Step> result;
  for (Index i = 0; i < situation.knowledge.checks.size(); ++i) {
    const Check& check = situation.knowledge.checks[i];
    if (!check.last_resort || !fields.contains(field_of(check.id))) continue;
    Step step;
    step.kind = Step::Kind::check;
    step.index = i;
    step.effort_minutes = check.effort_minutes;
    result.push_back(std::move(step));
  }
  return result;
}

}  // namespace fmx::engine
