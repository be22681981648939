#include "knowledge/function.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace fmx {
namespace {

using F = Function;
using enum Type;
using enum Gives;

constexpr Signature::Range positive{.low = 0}, a_share{.low = 0, .high = 1},
    both_signs{.low = -1, .high = 1};

Parameter x() { return {.name = "x", .types = {series}}; }
Parameter y() { return {.name = "y", .types = {series}}; }
Parameter m() { return {.name = "m", .types = {mask}}; }
Parameter e() { return {.name = "e", .types = {events}}; }
Parameter either(std::string_view name) { return {.name = name, .types = {number, series}}; }
Parameter words(std::string_view name) { return {.name = name, .types = {text}}; }
Parameter argument(std::string_view name, std::optional<double> left_out = {},
                   std::optional<Unit> counts = {}) {
  return {.name = name, .types = {number}, .default_value = left_out, .counts = counts};
}
/// A metric or a param, by name: whatever it holds.
Parameter input() { return {.name = "x", .types = {series, number, text}}; }

Signature row(Function function, std::string_view name, std::vector<Parameter> parameters,
              Type result, Gives gives, std::string_view summary, std::size_t needs = 1,
              Signature::Range range = {}) {
  return {function, name, std::move(parameters), result, gives, summary, needs, range};
}

/// In the order of docs/language.md, which a test holds against it. The columns: names, what is
/// taken, what is given and in which unit, the summary, the samples needed, the range.
const std::vector<Signature>& table() {
  static const std::vector<Signature> all = {
      // one number from a series
      row(F::first, "first", {x()}, number, value, "the first finite value"),
      row(F::last, "last", {x()}, number, value, "the last finite value"),
      row(F::initial, "initial", {x()}, number, value, "median of the first 5% of the samples"),
      row(F::final, "final", {x()}, number, value, "median of the last 10% of the samples"),
      row(F::min, "min", {x()}, number, value, "lowest value"),
      row(F::max, "max", {x()}, number, value, "highest value"),
      row(F::mean, "mean", {x()}, number, value, "arithmetic mean"),
      row(F::median, "median", {x()}, number, value, "median"),
      row(F::sum, "sum", {x()}, number, same, "sum of the values"),
      row(F::range, "range", {x()}, number, same, "max - min", 1, positive),
      row(F::std, "std", {x()}, number, same, "standard deviation, n - 1", 3, positive),
      row(F::mad, "mad", {x()}, number, same, "1.4826 * median(|x - median(x)|), a robust std", 3,
          positive),
      row(F::quantile, "quantile", {x(), argument("q", {}, Unit::none)}, number, value,
          "the value below which a share q lies"),
      row(F::samples, "samples", {x()}, number, samples, "number of samples, NaN included", 1,
          positive),
      row(F::slope, "slope", {x()}, number, per_step, "Theil-Sen slope per step", 3),
      row(F::linear_slope, "linear_slope", {x()}, number, per_step, "least-squares slope per step",
          3),
      row(F::trend, "trend", {x()}, number, plain,
          "Kendall's tau against step: -1 falling, 1 rising", 4, both_signs),
      row(F::change, "change", {x()}, number, same, "final(x) - initial(x)", 2),
      row(F::relative_change, "relative_change", {x()}, number, plain, "change(x) / |initial(x)|",
          2),
      row(F::noise, "noise", {x()}, number, same, "scatter around the local trend", 3, positive),
      row(F::variation, "variation", {x()}, number, plain, "noise(x) / |median(x)|", 3, positive),
      row(F::roughness, "roughness", {x()}, number, plain,
          "share of successive differences that change sign", 3, a_share),
      row(F::oscillation, "oscillation", {x()}, number, plain, "0 none, 1 perfectly periodic", 8,
          a_share),
      row(F::period, "period", {x()}, number, steps,
          "period of the strongest oscillation, in steps", 8, positive),
      row(F::autocorrelation, "autocorrelation", {x(), argument("k", {}, Unit::samples)}, number,
          plain, "at lag k samples", 8, both_signs),
      row(F::plateau, "plateau", {x(), argument("tolerance", 0.02, Unit::none)}, number, plain,
          "share of the steps, from the end, that is flat", 3, a_share),
      row(F::distinct, "distinct", {x()}, number, open, "number of different values", 1, positive),
      row(F::longest_repeat, "longest_repeat", {x()}, number, plain,
          "longest run of equal values, as a share", 2, a_share),
      row(F::nonfinite, "nonfinite", {x()}, number, samples, "number of NaN or infinite samples", 1,
          positive),
      row(F::finite, "finite", {x()}, number, samples, "number of finite samples", 1, positive),
      row(F::shift, "shift", {x()}, number, plain, "height of the greatest level shift over noise",
          8, positive),
      row(F::correlation, "correlation", {x(), y()}, number, plain, "Spearman's rank correlation",
          3, both_signs),
      row(F::lag, "lag", {x(), y()}, number, steps, "steps by which y follows x", 8),
      row(F::cycle, "cycle", {x()}, number, plain, "share of the samples that repeat a sequence", 2,
          a_share),
      row(F::cycle_length, "cycle_length", {x()}, number, samples, "samples of that sequence", 2,
          positive),
      row(F::amplitude, "amplitude", {x()}, number, same, "of the oscillation, from its middle", 8,
          positive),
      // range functions of PromQL, under their own names
      row(F::rate, "rate", {x()}, number, per_step, "increase of a counter, per step", 2),
      row(F::increase, "increase", {x()}, number, same, "by how much a counter went up", 2),
      row(F::irate, "irate", {x()}, number, per_step, "rate of a counter at its last two samples",
          2),
      row(F::delta, "delta", {x()}, number, same, "last(x) - first(x)", 2),
      row(F::idelta, "idelta", {x()}, number, same, "difference of the last two samples", 2),
      row(F::linear_slope, "deriv", {x()}, number, per_step, "linear_slope(x), as PromQL calls it",
          3),
      row(F::predict_linear, "predict_linear", {x(), argument("t", {}, Unit::steps)}, number, same,
          "the least-squares line t steps after the last sample", 2),
      row(F::double_exponential_smoothing, "double_exponential_smoothing",
          {x(), argument("level"), argument("trend")}, number, same,
          "level at the end, by Holt's method", 2),
      row(F::changes, "changes", {x()}, number, open, "how often the value changes", 1, positive),
      row(F::resets, "resets", {x()}, number, open, "how often a counter falls", 1, positive),
      row(F::mean, "avg_over_time", {x()}, number, value, "mean(x), as PromQL calls it"),
      row(F::min, "min_over_time", {x()}, number, value, "min(x), as PromQL calls it"),
      row(F::max, "max_over_time", {x()}, number, value, "max(x), as PromQL calls it"),
      row(F::sum, "sum_over_time", {x()}, number, same, "sum(x), as PromQL calls it"),
      row(F::samples, "count_over_time", {x()}, number, samples, "samples(x), as PromQL calls it",
          1, positive),
      row(F::quantile, "quantile_over_time", {argument("q", {}, Unit::none), x()}, number, value,
          "quantile(x, q), as PromQL calls it"),
      row(F::first, "first_over_time", {x()}, number, value, "first(x), as PromQL calls it"),
      row(F::last, "last_over_time", {x()}, number, value, "last(x), as PromQL calls it"),
      row(F::stddev_over_time, "stddev_over_time", {x()}, number, same, "standard deviation, n", 1,
          positive),
      row(F::stdvar_over_time, "stdvar_over_time", {x()}, number, squared, "variance, n", 1,
          positive),
      row(F::mad_over_time, "mad_over_time", {x()}, number, same, "median(|x - median(x)|)", 1,
          positive),
      row(F::present_over_time, "present_over_time", {x()}, degree, open,
          "1 where there is a sample, never unknown"),
      row(F::absent_over_time, "absent_over_time", {x()}, degree, open,
          "1 where there is no sample, never unknown"),
      // one number from a mask or from events
      row(F::count, "count", {m()}, number, open, "samples where the mask holds", 1, positive),
      row(F::count, "count", {e()}, number, open, "number of events", 1, positive),
      row(F::share, "share", {m()}, number, plain, "share of the samples where the mask holds", 1,
          a_share),
      row(F::longest, "longest", {m()}, number, samples, "longest unbroken stretch, in samples", 1,
          positive),
      row(F::longest_share, "longest_share", {m()}, number, plain,
          "longest unbroken stretch, as a share of the samples", 1, a_share),
      row(F::duration, "duration", {m()}, number, steps, "longest unbroken stretch, in steps", 1,
          positive),
      // one time
      row(F::argmin, "argmin", {x()}, time, steps, "step of the lowest value"),
      row(F::argmax, "argmax", {x()}, time, steps, "step of the highest value"),
      row(F::change_point, "change_point", {x()}, time, steps,
          "step at which the mean changes most", 8),
      row(F::first_time, "first", {m()}, time, steps,
          "step of the first sample where the mask holds"),
      row(F::first_time, "first", {e()}, time, steps, "step of the first event"),
      row(F::last_time, "last", {m()}, time, steps, "step of the last sample where the mask holds"),
      row(F::last_time, "last", {e()}, time, steps, "step of the last event"),
      row(F::since, "since", {{.name = "finding", .types = {degree}}}, time, steps,
          "the step at which a finding began"),
      row(F::start_time, "start_time", {x()}, time, steps, "first step"),
      row(F::end_time, "end_time", {x()}, time, steps, "last step"),
      row(F::argmin, "ts_of_min_over_time", {x()}, time, steps, "argmin(x), as PromQL calls it"),
      row(F::argmax, "ts_of_max_over_time", {x()}, time, steps, "argmax(x), as PromQL calls it"),
      row(F::start_time, "ts_of_first_over_time", {x()}, time, steps, "start_time(x)"),
      row(F::end_time, "ts_of_last_over_time", {x()}, time, steps, "end_time(x)"),
      // events
      row(F::spikes, "spikes", {x(), argument("k", 6)}, events, open,
          "single values far above the running median"),
      row(F::dips, "dips", {x(), argument("k", 6)}, events, open,
          "single values far below the running median"),
      row(F::jumps, "jumps", {x(), argument("k", 6)}, events, open, "the level rises and stays"),
      row(F::drops, "drops", {x(), argument("k", 6)}, events, open, "the level falls and stays"),
      row(F::rising, "rising", {m()}, events, open, "the mask begins to hold"),
      row(F::falling, "falling", {m()}, events, open, "the mask ceases to hold"),
      row(F::nonfinite_events, "nonfinite_events", {x()}, events, open,
          "a run of NaN or infinite samples begins"),
      row(F::bursts, "bursts", {e(), argument("n", {}, Unit::none), argument("w", {}, Unit::steps)},
          events, open, "n or more events within w steps"),
      // a mask from a series
      row(F::not_finite, "not_finite", {x()}, mask, open, "where a sample is NaN or infinite"),
      row(F::unchanged, "unchanged", {x(), argument("n", 3, Unit::samples)}, mask, open,
          "where the value stays the same for n samples"),
      // a series from a series
      row(F::smooth, "smooth", {x(), argument("w", 0.05, Unit::none)}, series, value,
          "centred running mean over a share w of the samples"),
      row(F::smooth_median, "smooth_median", {x(), argument("w", 0.05, Unit::none)}, series, value,
          "centred running median over a share w"),
      row(F::diff, "diff", {x()}, series, same, "x[i] - x[i-1], at the step of x[i]"),
      row(F::running_min, "running_min", {x()}, series, value, "lowest value so far"),
      row(F::running_max, "running_max", {x()}, series, value, "highest value so far"),
      row(F::finite_only, "finite_only", {x()}, series, value,
          "without samples that are not finite"),
      row(F::positive_only, "positive_only", {x()}, series, value,
          "without samples that are not above 0"),
      row(F::timestamp, "timestamp", {x()}, series, steps, "the step of each sample"),
      row(F::progress, "progress", {x()}, series, plain,
          "how far along its steps each sample is, 0 to 1", 1, a_share),
      row(F::values_at, "values_at", {x(), e()}, series, value,
          "x at the events: as it last stood"),
      // sample by sample, or number by number
      row(F::abs, "abs", {either("x")}, number, same, "absolute value", 1, positive),
      row(F::log, "log", {either("x")}, number, open, "natural logarithm"),
      row(F::log10, "log10", {either("x")}, number, open, "decimal logarithm"),
      row(F::exp, "exp", {either("x")}, number, open, "e to the power of x", 1, positive),
      row(F::sqrt, "sqrt", {either("x")}, number, open, "square root", 1, positive),
      row(F::min_of, "min_of", {either("a"), either("b")}, number, same, "the lower of two"),
      row(F::max_of, "max_of", {either("a"), either("b")}, number, same, "the higher of two"),
      // facts about the run
      row(F::missing, "missing", {input()}, degree, open, "1 where a metric or param is not there"),
      row(F::logged, "logged", {input()}, degree, open, "1 where a metric is logged"),
      row(F::given, "given", {input()}, degree, open, "1 where a param is in the config"),
      row(F::said, "said", {words("words")}, degree, open,
          "1 where the user's description has the words"),
      row(F::code, "code", {words("regex")}, degree, open, "1 where a training script has a match"),
      row(F::log_line, "log_line", {words("regex")}, degree, open,
          "1 where a line of a text log has a match"),
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

bool Signature::elementwise() const {
  return result == number && std::ranges::count(parameters.front().types, series) > 0 &&
         std::ranges::count(parameters.front().types, number) > 0;
}

std::span<const Signature> functions() { return table(); }

const Signature& signature_of(Function function) {
  static const std::vector<const Signature*> by_function = [] {
    std::vector<const Signature*> all;
    for (const Signature& signature : table()) {
      const auto i = static_cast<std::size_t>(signature.function);
      if (i >= all.size()) all.resize(i + 1, nullptr);
      if (all[i] == nullptr) all[i] = &signature;
    }
    return all;
  }();
  const auto i = static_cast<std::size_t>(function);
  assert(i < by_function.size() && by_function[i] != nullptr && "every function has a signature");
  return *by_function[i];
}

std::vector<const Signature*> functions_called(std::string_view name) {
  std::vector<const Signature*> found;
  for (const Signature& signature : table()) {
    if (signature.name == name) found.push_back(&signature);
  }
  return found;
}

}  // namespace fmx
