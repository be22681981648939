#pragma once

#include <optional>
#include <vector>

#include "engine/match/bind.hpp"
#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// How epochs, tokens or seconds go by with the steps of a run: a curve that never falls, straight
/// between its samples and, before the first and after the last, as steep as on the whole.
class Clock {
 public:
  /// Counts the steps themselves.
  Clock() = default;

  /// Pre: `steps` strictly increase, `counts` never fall and do rise, both of one length.
  Clock(std::vector<double> steps, std::vector<double> counts);

  /// What is counted at `step`.
  double at(double step) const;

  /// The last step at which no more than `count` is counted.
  double last_step_at(double count) const;

  /// The first step at which `count` is counted.
  double first_step_at(double count) const;

  /// How many steps `count` takes that begins at step `from`.
  double steps_from(double from, double count) const {
    return last_step_at(at(from) + count) - from;
  }

 private:
  double beyond(double count) const;

  std::vector<double> steps_, counts_;  ///< empty: the steps themselves
  double pace_ = 1;                     ///< counts per step, on the whole
};

/// What counts `unit` in this run: the steps, where they are what is asked for; the series `epoch`
/// or `time`, under which readers leave such columns; or a metric that is declared as `kind
/// counter` with that unit, the first by id that is logged. Empty where there is none.
std::optional<Clock> clock_of(Unit unit, const Run& run, const Knowledge& knowledge,
                              const Binding& binding);

}  // namespace fmx::engine
