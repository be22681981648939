#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace fmx {

/// What an expression stands for.
enum class Type : std::uint8_t {
  number,  ///< one double, or unknown with a reason
  series,  ///< samples (step, value)
  mask,    ///< samples (step, true or false): a comparison made sample by sample
  events,  ///< steps at which something happened, in order, each with a size
  degree,  ///< how clearly a condition holds, 0 to 1, or unknown
  text,    ///< a string
  time,    ///< one step, or unknown; a number that only other times and steps may be compared with
};

std::string_view name_of(Type type);

/// Every function of the language. Formulas, units and the cases in which the answer is unknown
/// stand in docs/language.md, which a test holds against `functions()`.
enum class Function : std::uint8_t {
  // one number from a series
  first,
  last,
  initial,
  final,
  min,
  max,
  mean,
  median,
  std,
  mad,
  quantile,
  sum,
  range,
  samples,
  slope,
  linear_slope,
  trend,
  change,
  relative_change,
  noise,
  variation,
  roughness,
  oscillation,
  period,
  plateau,
  distinct,
  longest_repeat,
  nonfinite,
  finite,
  shift,
  correlation,
  lag,
  cycle,
  cycle_length,
  amplitude,
  rate,
  increase,
  irate,
  delta,
  idelta,
  predict_linear,
  double_exponential_smoothing,
  changes,
  resets,
  stddev_over_time,
  stdvar_over_time,
  mad_over_time,
  autocorrelation,
  // one number from a mask or from events
  count,
  share,
  longest,
  longest_share,
  duration,
  // one time
  argmin,
  argmax,
  change_point,
  first_time,
  last_time,
  since,
  start_time,
  end_time,
  // events
  spikes,
  dips,
  jumps,
  drops,
  rising,
  falling,
  nonfinite_events,
  bursts,
  // a mask from a series
  not_finite,
  unchanged,
  // a series from series
  smooth,
  smooth_median,
  diff,
  running_min,
  running_max,
  finite_only,
  positive_only,
  timestamp,
  progress,
  values_at,
  // sample by sample, or number by number
  abs,
  log,
  log10,
  exp,
  sqrt,
  min_of,
  max_of,
  // facts about the run
  missing,
  present_over_time,
  absent_over_time,
  logged,
  given,
  code,
  said,
  log_line,
};

/// What a quantity in a window or a duration counts.
enum class Unit : std::uint8_t {
  none,
  fraction,
  steps,
  samples,
  epochs,
  tokens,
  seconds,
  bytes,
  factor,
  mad,
  sd
};

/// What one parameter of a function takes.
struct Parameter {
  std::string_view name;
  std::vector<Type> types;                   ///< any of these
  std::optional<double> default_value = {};  ///< a number that may be left out
  std::optional<Unit> counts = {};           ///< what the number counts; empty where it may be any
};

/// How the unit of what a function gives follows from that of its first argument x.
enum class Gives : std::uint8_t {
  value,     ///< one of x's values, or one between them
  same,      ///< something else in units of x
  per_step,  ///< x per step
  squared,   ///< x squared
  steps,
  samples,
  plain,  ///< a number that counts nothing
  open,   ///< not followed any further
};

/// A function as rule authors know it. Some names serve several types (`first` of a series is a
/// value, of a mask or of events a time): then there is one Signature for each.
struct Signature {
  Function function;
  std::string_view name;
  std::vector<Parameter> parameters;
  Type result;
  Gives gives;
  std::string_view summary;  ///< one line for editors and messages
  std::size_t needs = 1;     ///< finite samples below which there is no answer
  struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
  } range = {};  ///< of what it gives, whatever x is

  /// Whether it gives a series of a series, and a number of a number.
  bool elementwise() const;
};

/// All signatures, in the order of the reference.
std::span<const Signature> functions();

/// The signature of a function: that of its first form, as all forms take the same further
/// arguments.
const Signature& signature_of(Function function);

/// The signatures called `name`; empty where there is none.
std::vector<const Signature*> functions_called(std::string_view name);

}  // namespace fmx
