#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/match/bind.hpp"
#include "engine/run.hpp"
#include "engine/signal/signal.hpp"
#include "knowledge/degree.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::engine {

class Program;

/// Why a row of a relation is there: the rule that made it, and the rows that this rests on.
struct Derived {
  std::string fact;  ///< "waits_for(t0, t2)"
  Span rule;         ///< empty: a row of a table, which the run gave, or one not followed further
  std::vector<Derived> because;
};

/// One comparison of a condition, as it came out: what a reader needs to judge it.
struct Reading {
  Span span;         ///< the comparison in the rule file
  std::string text;  ///< it, as written
  Degree degree;
  Number value = Unknown::undefined;
  std::optional<double> low, high;  ///< the threshold, or the two ends of the ramp
  double distance =
      0;  ///< how far `value` is from where the comparison flips, in its own unit; > 0: holds
  std::string
      series;  ///< the series it looked at most directly, as the run spells it; may be empty
  std::string config_key;                ///< the setting it looked at, if it looked at one
  double first_step = 0, last_step = 0;  ///< of the window, where there is a series
  std::string quote;                     ///< the log line or the words that it found
  std::optional<Derived> derived;        ///< of a relation's row that is there
};

/// A finding as it was, or was not, seen in this run, for one choice of its variables.
struct Observation {
  Index finding = 0;
  std::vector<std::string> arguments;  ///< values of the finding's variables
  std::string title;                   ///< with the arguments put in
  Degree degree;
  std::optional<double> since;    ///< the step it began at
  std::vector<Reading> readings;  ///< those that decided first
};

/// A pattern's own conditions.
struct Circumstance {
  Degree needs{1.0};       ///< of all `needs` together
  double risk_factor = 1;  ///< product of the risks' factors, each to the power of its degree
  struct Met {
    Index risk = 0;  ///< into Pattern::risks
    Degree degree;
    std::vector<Reading> readings;
  };
  std::vector<Met> risks;
};

/// All that was asked of a run and what it answered.
struct Observations {
  std::vector<Observation> all;  ///< ordered by finding, then arguments; at least one per finding
  std::vector<Degree>
      strongest;  ///< by finding: the highest known degree of its instances, else unknown
  std::vector<std::size_t> strongest_at;    ///< by finding: where in `all`
  std::vector<Circumstance> circumstances;  ///< by pattern
  std::vector<std::string> given_up;  ///< what was too large to be worked out, a sentence each
  std::vector<std::string> notes;     ///< what was taken otherwise than logged
};

/// Whether nothing was logged at all: there are only words, settings or a script.
inline bool logs_nothing(const Run& run) {
  return run.series.empty() && run.tables.empty() && run.log_lines.empty();
}

/// Evaluates every finding and every pattern's circumstances, each shared sub-expression once.
Observations match(const Knowledge& knowledge, const Run& run, const Binding& binding);

/// The same of conditions that were compiled before: for many runs of one knowledge.
/// Pre: `program` stems from `knowledge`, and add_all() was called.
Observations match(const Program& program, const Knowledge& knowledge, const Run& run,
                   const Binding& binding);

/// A single condition (a fix's `verify`, `unless`, `when`): its degree and readings.
Observation evaluate(const Knowledge& knowledge, const Run& run, const Binding& binding,
                     const Expression& condition);

/// A single number (a fix's `change ... to`).
Number evaluate_number(const Knowledge& knowledge, const Run& run, const Binding& binding,
                       const Expression& expression);

}  // namespace fmx::engine
