
#include "engine/belief/tried.hpp"
#include "engine/plan/situation.hpp"

namespace fmx::engine {

std::vector<Returned> returned(const Situation& situation) {
  std::vector<Returned> result;
  for (const Attempt& attempt : attempts(situation.knowledge, situation.run)) {
    if (!attempt.helped) continue;
    for (const Cure& cure : situation.knowledge.fixes[attempt.fix].cures) {
      const Posterior& belief = situation.beliefs.posteriors[cure.pattern];
      if (belief.probability < likely_from || belief.probability <= belief.prior) continue;
      result.push_back({.pattern = cure.pattern, .fix = attempt.fix, .words = attempt.words});
    }
  }
  return result;
}

}  // namespace fmx::engine
