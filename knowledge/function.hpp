#pragma once

#include <cstdint>
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

/// What one parameter of a function takes.
struct Parameter {
  std::string_view name;
  std::vector<Type> types;                   ///< any of these
  std::optional<double> default_value = {};  ///< a number that may be left out
};

/// A function as rule authors know it. Some names serve several types (`first` of a series is a
/// value, of a mask or of events a time): then there is one Signature for each.
struct Signature {
  Function function;
  std::string_view name;
  std::vector<Parameter> parameters;
  Type result;
  bool elementwise = false;  ///< of a series it gives a series, of a number a number
  std::string_view summary;  ///< one line for editors and messages
};

/// All signatures, in the order of the reference.
std::span<const Signature> functions();

/// The signatures called `name`; empty where there is none.
std::vector<const Signature*> functions_called(std::string_view name);

}  // namespace fmx
