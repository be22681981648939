#include "knowledge/function.hpp"

namespace fmx {
namespace {

using F = Function;
using enum Type;

Parameter x() { return {.name = "x", .types = {series}}; }
Parameter y() { return {.name = "y", .types = {series}}; }
Parameter m() { return {.name = "m", .types = {mask}}; }
Parameter e() { return {.name = "e", .types = {events}}; }
Parameter either(std::string_view name) { return {.name = name, .types = {number, series}}; }
Parameter words(std::string_view name) { return {.name = name, .types = {text}}; }
Parameter argument(std::string_view name, std::optional<double> left_out = {}) {
  return {.name = name, .types = {number}, .default_value = left_out};
}
/// A metric or a param, by name: whatever it holds.
Parameter input() { return {.name = "x", .types = {series, number, text}}; }

/// In the order of docs/language.md, which a test holds against it.
const std::vector<Signature>& table() {
  static const std::vector<Signature> all = {
      // one number from a series
      {F::first, "first", {x()}, number, false, "the first finite value"},
      {F::last, "last", {x()}, number, false, "the last finite value"},
      {F::initial, "initial", {x()}, number, false, "median of the first 5% of the samples"},
      {F::final, "final", {x()}, number, false, "median of the last 10% of the samples"},
      {F::min, "min", {x()}, number, false, "lowest value"},
      {F::max, "max", {x()}, number, false, "highest value"},
      {F::mean, "mean", {x()}, number, false, "arithmetic mean"},
      {F::median, "median", {x()}, number, false, "median"},
      {F::sum, "sum", {x()}, number, false, "sum of the values"},
      {F::range, "range", {x()}, number, false, "max - min"},
      {F::std, "std", {x()}, number, false, "standard deviation, n - 1"},
      {F::mad, "mad", {x()}, number, false, "1.4826 * median(|x - median(x)|), a robust std"},
      {F::quantile,
       "quantile",
       {x(), argument("q")},
       number,
       false,
       "the value below which a share q lies"},
      {F::samples, "samples", {x()}, number, false, "number of samples, NaN included"},
      {F::slope, "slope", {x()}, number, false, "Theil-Sen slope per step"},
      {F::linear_slope, "linear_slope", {x()}, number, false, "least-squares slope per step"},
      {F::trend, "trend", {x()}, number, false, "Kendall's tau against step: -1 falling, 1 rising"},
      {F::change, "change", {x()}, number, false, "final(x) - initial(x)"},
      {F::relative_change, "relative_change", {x()}, number, false, "change(x) / |initial(x)|"},
      {F::noise, "noise", {x()}, number, false, "scatter around the local trend"},
      {F::variation, "variation", {x()}, number, false, "noise(x) / |median(x)|"},
      {F::roughness,
       "roughness",
       {x()},
       number,
       false,
       "share of successive differences that change sign"},
      {F::oscillation, "oscillation", {x()}, number, false, "0 none, 1 perfectly periodic"},
      {F::period, "period", {x()}, number, false, "period of the strongest oscillation, in steps"},
      {F::autocorrelation,
       "autocorrelation",
       {x(), argument("k")},
       number,
       false,
       "at lag k samples"},
      {F::plateau,
       "plateau",
       {x(), argument("tolerance", 0.02)},
       number,
       false,
       "share of the steps, from the end, that is flat"},
      {F::distinct, "distinct", {x()}, number, false, "number of different values"},
      {F::longest_repeat,
       "longest_repeat",
       {x()},
       number,
       false,
       "longest run of equal values, as a share"},
      {F::nonfinite, "nonfinite", {x()}, number, false, "number of NaN or infinite samples"},
      {F::finite, "finite", {x()}, number, false, "number of finite samples"},
      {F::shift, "shift", {x()}, number, false, "height of the greatest level shift over noise"},
      {F::correlation, "correlation", {x(), y()}, number, false, "Spearman's rank correlation"},
      {F::lag, "lag", {x(), y()}, number, false, "steps by which y follows x"},
      {F::cycle, "cycle", {x()}, number, false, "share of the samples that repeat a sequence"},
      {F::cycle_length, "cycle_length", {x()}, number, false, "samples of that sequence"},
      {F::amplitude, "amplitude", {x()}, number, false, "of the oscillation, from its middle"},
      // range functions of PromQL, under their own names
      {F::rate, "rate", {x()}, number, false, "increase of a counter, per step"},
      {F::increase, "increase", {x()}, number, false, "by how much a counter went up"},
      {F::irate, "irate", {x()}, number, false, "rate of a counter at its last two samples"},
      {F::delta, "delta", {x()}, number, false, "last(x) - first(x)"},
      {F::idelta, "idelta", {x()}, number, false, "difference of the last two samples"},
      {F::linear_slope, "deriv", {x()}, number, false, "linear_slope(x), as PromQL calls it"},
      {F::predict_linear,
       "predict_linear",
       {x(), argument("t")},
       number,
       false,
       "the least-squares line t steps after the last sample"},
      {F::double_exponential_smoothing,
       "double_exponential_smoothing",
       {x(), argument("level"), argument("trend")},
       number,
       false,
       "level at the end, by Holt's method"},
      {F::changes, "changes", {x()}, number, false, "how often the value changes"},
      {F::resets, "resets", {x()}, number, false, "how often a counter falls"},
      {F::mean, "avg_over_time", {x()}, number, false, "mean(x), as PromQL calls it"},
      {F::min, "min_over_time", {x()}, number, false, "min(x), as PromQL calls it"},
      {F::max, "max_over_time", {x()}, number, false, "max(x), as PromQL calls it"},
      {F::sum, "sum_over_time", {x()}, number, false, "sum(x), as PromQL calls it"},
      {F::samples, "count_over_time", {x()}, number, false, "samples(x), as PromQL calls it"},
      {F::quantile,
       "quantile_over_time",
       {argument("q"), x()},
       number,
       false,
       "quantile(x, q), as PromQL calls it"},
      {F::first, "first_over_time", {x()}, number, false, "first(x), as PromQL calls it"},
      {F::last, "last_over_time", {x()}, number, false, "last(x), as PromQL calls it"},
      {F::stddev_over_time, "stddev_over_time", {x()}, number, false, "standard deviation, n"},
      {F::stdvar_over_time, "stdvar_over_time", {x()}, number, false, "variance, n"},
      {F::mad_over_time, "mad_over_time", {x()}, number, false, "median(|x - median(x)|)"},
      {F::present_over_time,
       "present_over_time",
       {x()},
       degree,
       false,
       "1 where there is a sample, never unknown"},
      {F::absent_over_time,
       "absent_over_time",
       {x()},
       degree,
       false,
       "1 where there is no sample, never unknown"},
      // one number from a mask or from events
      {F::count, "count", {m()}, number, false, "samples where the mask holds"},
      {F::count, "count", {e()}, number, false, "number of events"},
      {F::share, "share", {m()}, number, false, "share of the samples where the mask holds"},
      {F::longest, "longest", {m()}, number, false, "longest unbroken stretch, in samples"},
      {F::longest_share,
       "longest_share",
       {m()},
       number,
       false,
       "longest unbroken stretch, as a share of the samples"},
      {F::duration, "duration", {m()}, number, false, "longest unbroken stretch, in steps"},
      // one time
      {F::argmin, "argmin", {x()}, time, false, "step of the lowest value"},
      {F::argmax, "argmax", {x()}, time, false, "step of the highest value"},
      {F::change_point, "change_point", {x()}, time, false, "step at which the mean changes most"},
      {F::first_time, "first", {m()}, time, false, "step of the first sample where the mask holds"},
      {F::first_time, "first", {e()}, time, false, "step of the first event"},
      {F::last_time, "last", {m()}, time, false, "step of the last sample where the mask holds"},
      {F::last_time, "last", {e()}, time, false, "step of the last event"},
      {F::since,
       "since",
       {{.name = "finding", .types = {degree}}},
       time,
       false,
       "the step at which a finding began"},
      {F::start_time, "start_time", {x()}, time, false, "first step"},
      {F::end_time, "end_time", {x()}, time, false, "last step"},
      {F::argmin, "ts_of_min_over_time", {x()}, time, false, "argmin(x), as PromQL calls it"},
      {F::argmax, "ts_of_max_over_time", {x()}, time, false, "argmax(x), as PromQL calls it"},
      {F::start_time, "ts_of_first_over_time", {x()}, time, false, "start_time(x)"},
      {F::end_time, "ts_of_last_over_time", {x()}, time, false, "end_time(x)"},
      // events
      {F::spikes,
       "spikes",
       {x(), argument("k", 6)},
       events,
       false,
       "single values far above the running median"},
      {F::dips,
       "dips",
       {x(), argument("k", 6)},
       events,
       false,
       "single values far below the running median"},
      {F::jumps, "jumps", {x(), argument("k", 6)}, events, false, "the level rises and stays"},
      {F::drops, "drops", {x(), argument("k", 6)}, events, false, "the level falls and stays"},
      {F::rising, "rising", {m()}, events, false, "the mask begins to hold"},
      {F::falling, "falling", {m()}, events, false, "the mask ceases to hold"},
      {F::nonfinite_events,
       "nonfinite_events",
       {x()},
       events,
       false,
       "a run of NaN or infinite samples begins"},
      {F::bursts,
       "bursts",
       {e(), argument("n"), argument("w")},
       events,
       false,
       "n or more events within w steps"},
      // a mask from a series
      {F::not_finite, "not_finite", {x()}, mask, false, "where a sample is NaN or infinite"},
      {F::unchanged,
       "unchanged",
       {x(), argument("n", 3)},
       mask,
       false,
       "where the value stays the same for n samples"},
      // a series from a series
      {F::smooth,
       "smooth",
       {x(), argument("w", 0.05)},
       series,
       false,
       "centred running mean over a share w of the samples"},
      {F::smooth_median,
       "smooth_median",
       {x(), argument("w", 0.05)},
       series,
       false,
       "centred running median over a share w"},
      {F::diff, "diff", {x()}, series, false, "x[i] - x[i-1], at the step of x[i]"},
      {F::running_min, "running_min", {x()}, series, false, "lowest value so far"},
      {F::running_max, "running_max", {x()}, series, false, "highest value so far"},
      {F::finite_only, "finite_only", {x()}, series, false, "without samples that are not finite"},
      {F::positive_only,
       "positive_only",
       {x()},
       series,
       false,
       "without samples that are not above 0"},
      {F::timestamp, "timestamp", {x()}, series, false, "the step of each sample"},
      {F::progress,
       "progress",
       {x()},
       series,
       false,
       "how far along its steps each sample is, 0 to 1"},
      {F::values_at, "values_at", {x(), e()}, series, false, "x at the events: as it last stood"},
      // sample by sample, or number by number
      {F::abs, "abs", {either("x")}, number, true, "absolute value"},
      {F::log, "log", {either("x")}, number, true, "natural logarithm"},
      {F::log10, "log10", {either("x")}, number, true, "decimal logarithm"},
      {F::exp, "exp", {either("x")}, number, true, "e to the power of x"},
      {F::sqrt, "sqrt", {either("x")}, number, true, "square root"},
      {F::min_of, "min_of", {either("a"), either("b")}, number, true, "the lower of two"},
      {F::max_of, "max_of", {either("a"), either("b")}, number, true, "the higher of two"},
      // facts about the run
      {F::missing, "missing", {input()}, degree, false, "1 where a metric or param is not there"},
      {F::logged, "logged", {input()}, degree, false, "1 where a metric is logged"},
      {F::given, "given", {input()}, degree, false, "1 where a param is in the config"},
      {F::said,
       "said",
       {words("words")},
       degree,
       false,
       "1 where the user's description has the words"},
      {F::code, "code", {words("regex")}, degree, false, "1 where a training script has a match"},
      {F::log_line,
       "log_line",
       {words("regex")},
       degree,
       false,
       "1 where a line of a text log has a match"},
  };
  return all;
}

}  // namespace

std::string_view name_of(Type type) {
  switch (type) {
    case number: return "number";
    case series: return "series";
    case mask: return "mask";
    case events: return "events";
    case degree: return "condition";
    case text: return "text";
    case time: return "time";
  }
  return "";
}

std::span<const Signature> functions() { return table(); }

std::vector<const Signature*> functions_called(std::string_view name) {
  std::vector<const Signature*> found;
  for (const Signature& signature : table()) {
    if (signature.name == name) found.push_back(&signature);
  }
  return found;
}

}  // namespace fmx
