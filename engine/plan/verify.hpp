#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/diagnose.hpp"

namespace fmx::engine {

/// Whether a fix helped.
enum class Answer {
  helped,      ///< its `verify` clause is met, and nothing that it cures is still diagnosed
  not_helped,  ///< one of both is not so
  undecided,   ///< the new run does not tell
};

/// What a new run says of a fix that was made because of an old one.
struct Verification {
  Answer answer = Answer::undecided;
  std::string because;  ///< a sentence

  /// The part of the new run that the clause was held against: from the first step that the old
  /// run does not have in common with it, for as long as the clause gives.
  double first_step = 0, last_step = 0;
  std::optional<double> still_to_come;  ///< steps until the clause's time is over
  std::optional<Observation> clause;    ///< empty: the fix has none, or there was nothing to judge
  std::vector<Index> missing;           ///< metrics that the clause looks at and the run lacks

  /// A pattern that the fix cures and the old run had.
  struct Cured {
    Index pattern = 0;
    double before = 0, after = 0;  ///< probability
  };
  std::vector<Cured> cured;

  /// A finding that spoke for one of these in the old run.
  struct Sign {
    Index finding = 0;
    Degree after;
    std::optional<double> since;  ///< step at which it began again
  };
  std::vector<Sign> came_back, gone, unknown;
};

/// The fix that the new run is most likely a try of: one that it says was tried; else the first of
/// the old run's plan that changes a setting in which the two runs differ; else the first of the
/// plan. Empty where there is none.
std::optional<Index> likely_fix(const Knowledge& knowledge, const Run& old_run,
                                const Diagnosis& old, const Run& new_run);

/// Holds `fix` against the new run.
Verification verify(const Knowledge& knowledge, const Run& old_run, const Diagnosis& old,
                    const Run& new_run, Index fix);

}  // namespace fmx::engine
