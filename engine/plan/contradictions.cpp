#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/plan/situation.hpp"

namespace fmx::engine {

namespace {

/// Why fixes `a` and `b` do not go together; null if nothing says so.
const Contradiction* contradiction(const Knowledge& knowledge, Index a, Index b) {
  for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
    for (const Contradiction& each : knowledge.fixes[from].contradicts) {
      if (each.fix == to) return &each;
    }
  }
  return nullptr;
}

/// How well a fix suits the run: 1 where all its conditions are known to hold, -1 where an
/// exception does, else 0.
int suits(const Situation& situation, const Fix& fix) {
  const auto holds = [&](const Expression& condition) {
    const Degree degree =
        evaluate(situation.knowledge, situation.run, situation.binding, condition).degree;
    return degree.known() && degree.value() >= holds_from;
  };
  if (std::any_of(fix.unless.begin(), fix.unless.end(),
                  [&](const Exception& e) { return e.when && holds(*e.when); }))
    return -1;
  return !fix.when.empty() && std::all_of(fix.when.begin(), fix.when.end(), holds) ? 1 : 0;
}

/// " (for runs with `batch_size < 16`)": when a fix applies, in the words of its rule.
std::string for_which(const Knowledge& knowledge, const Fix& fix) {
  std::string conditions;
  for (const Expression& when : fix.when) {
    if (when.span.source >= knowledge.sources.size()) continue;
    conditions +=
        fmt::format("{}`{}`", conditions.empty() ? "" : " and ", knowledge.sources.text(when.span));
  }
  return conditions.empty() ? "" : fmt::format(" (for runs with {})", conditions);
}

std::string caution(const Knowledge& knowledge, const Contradiction& found, Index other,
                    bool other_suits_better) {
  const Fix& fix = knowledge.fixes[other];
  return fmt::format("not together with \"{}\"{}{}{}{}", fix.title, for_which(knowledge, fix),
                     other_suits_better ? ", which suits this run better" : "",
                     found.because.empty() ? "" : ": ", found.because);
}

}  // namespace

void settle_contradictions(const Situation& situation, std::vector<Step>& steps) {
  const Knowledge& knowledge = situation.knowledge;
  const auto disputed = [&](const Step& a, const Step& b) {
    const bool fixes = a.kind == Step::Kind::fix && b.kind == Step::Kind::fix;
    return fixes ? contradiction(knowledge, a.index, b.index) : nullptr;
  };
  const auto suit = [&](const Step& step) { return suits(situation, knowledge.fixes[step.index]); };

  std::set<Index> gave_way;  // each at most once, so that this ends
  for (std::size_t upper = 0; upper < steps.size(); ++upper) {
    for (std::size_t lower = upper + 1; lower < steps.size(); ++lower) {
      if (!disputed(steps[upper], steps[lower]) || suit(steps[lower]) <= suit(steps[upper]))
        continue;
      if (!gave_way.insert(steps[upper].index).second) continue;
      steps[upper].priority = std::min(steps[upper].priority, steps[lower].priority);
      const auto begin = steps.begin();
      std::rotate(begin + static_cast<std::ptrdiff_t>(upper),
                  begin + static_cast<std::ptrdiff_t>(upper) + 1,
                  begin + static_cast<std::ptrdiff_t>(lower) + 1);
      lower = upper;  // another stands there now
    }
  }
  for (std::size_t upper = 0; upper < steps.size(); ++upper) {
    for (std::size_t lower = upper + 1; lower < steps.size(); ++lower) {
      const Contradiction* found = disputed(steps[upper], steps[lower]);
      if (!found) continue;
      const bool better = suit(steps[upper]) > suit(steps[lower]);
      steps[lower].cautions.push_back(caution(knowledge, *found, steps[upper].index, better));
    }
  }
}

}  // namespace fmx::engine
