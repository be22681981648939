#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "knowledge/degree.hpp"
#include "knowledge/function.hpp"

namespace fmx::engine {

/// Samples in order of their steps. A view: lives no longer than what it looks at.
struct Window {
  std::span<const double> steps;
  std::span<const double> values;  ///< same length

  std::size_t size() const { return steps.size(); }
  bool empty() const { return steps.empty(); }
};

/// Samples that own their columns: what a function from series to series gives.
struct Column {
  std::vector<double> steps;
  std::vector<double> values;

  Window window() const { return {steps, values}; }
};

/// A number, or the reason why there is none.
class Number {
 public:
  constexpr Number(double value) : value_(value), known_(true) {}
  constexpr Number(Unknown reason) : reason_(reason) {}

  constexpr bool known() const { return known_; }
  constexpr double value() const { return value_; }     ///< Pre: known()
  constexpr Unknown reason() const { return reason_; }  ///< Pre: !known()

 private:
  double value_ = 0;
  bool known_ = false;
  Unknown reason_ = Unknown::undefined;
};

/// The number or time that `function` gives for `x` (and `y`, for functions of two series);
/// `argument` and `second` are its further parameters, e.g. the q of quantile. NaN and infinite
/// samples are left out, except by samples(), nonfinite(), finite() and the first and last step. A
/// known number is always finite. Formulas: docs/language.md. Pre: `function` maps series to a
/// number or a time.
Number measure(Function function, Window x, double argument = 0, double second = 0);
Number measure(Function function, Window x, Window y, double argument = 0);

/// Masks are windows whose values are 0, 1 or, where the comparison had no answer, NaN; such
/// samples are left out.
Number measure_mask(Function function, Window mask);

/// The mask that `function` makes of `x`, of all its samples. Pre: it is not_finite or unchanged.
Column mask(Function function, Window x, double argument = 0);

/// The events that `function` finds in `x`: `steps` where, `values` how large (finite, above 0).
Column events(Function function, Window x, double argument = 0);

/// Groups of at least `least` of these `events` of which each lies at most `apart` steps after the
/// first of its group: one event each, at the first, as large as there are many. A group ends
/// before the first event that lies further; what belongs to no group is left out.
Column bursts(Window events, double least, double apart);

/// The series that `function` makes of the finite samples of `x`; timestamp and progress of all.
/// Pre: it is none of those done sample by sample (abs, log ...).
Column transform(Function function, Window x, double argument = 0);

/// `x` and `y` brought onto common steps: those of the one with fewer samples (of x, where both
/// have as many), the other as it last stood. Steps before the other's first sample are left out.
struct Aligned {
  std::vector<double> steps, x, y;
};
Aligned align(Window x, Window y);

}  // namespace fmx::engine
