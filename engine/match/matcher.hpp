#pragma once

#include <optional>

#include "engine/match/dependents.hpp"
#include "engine/match/evaluate.hpp"
#include "engine/match/match.hpp"
#include "engine/match/program.hpp"

namespace fmx::engine {

/// All conditions of all packs about one run, and again as the run goes on.
class Matcher {
 public:
  /// All outlive this. Run and binding may change if follow() is told before anything is asked.
  Matcher(const Knowledge& knowledge, const Run& run, const Binding& binding);
  /// With conditions that were compiled before: `program` holds all of `knowledge` and outlives
  /// this.
  Matcher(const Program& program, const Knowledge& knowledge, const Run& run,
          const Binding& binding);
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  Observations observations();
  /// For questions of one's own about the same run.
  Evaluator& evaluator() { return evaluator_; }

  /// Brings `seen`, which is what observations() gave, up to date.
  void follow(const Changes& changes, Observations& seen);

  /// The series of the run are numbered otherwise: `now` says how, by number before.
  void renumber(const std::vector<std::uint32_t>& now) { evaluator_.renumber(now); }

  /// How many conditions were worked out so far.
  std::size_t worked_out() const { return evaluator_.worked_out(); }

 private:
  Circumstance circumstance(Index pattern);

  const Knowledge& knowledge_;
  std::optional<Program> own_;
  const Program& program_;
  Evaluator evaluator_;
  std::optional<Dependents> dependents_;  ///< once something changed
};

}  // namespace fmx::engine
