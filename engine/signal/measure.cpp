#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "engine/signal/change_point.hpp"
#include "engine/signal/counter.hpp"
#include "engine/signal/cycle.hpp"
#include "engine/signal/location.hpp"
#include "engine/signal/order.hpp"
#include "engine/signal/periodic.hpp"
#include "engine/signal/relate.hpp"
#include "engine/signal/samples.hpp"
#include "engine/signal/signal.hpp"
#include "engine/signal/spread.hpp"
#include "engine/signal/trend.hpp"

namespace fmx::engine {
namespace {

using signal::Samples;

/// What a function of x / unit is multiplied by to be that of x.
double restored(Gives gives, double unit) {
  switch (gives) {
    case Gives::value:
    case Gives::same:
    case Gives::per_step: return unit;
    case Gives::squared: return unit * unit;
    case Gives::steps:
    case Gives::samples:
    case Gives::plain:
    case Gives::open: return 1;
  }
  return 1;
}

Number finite_or_undefined(double value) {
  if (!std::isfinite(value)) return Unknown::undefined;
  return value;
}

double lowest(std::span<const double> values) {
  return *std::min_element(values.begin(), values.end());
}
double highest(std::span<const double> values) {
  return *std::max_element(values.begin(), values.end());
}

/// `function` of samples that are enough for it.
Number of_samples(Function function, Window x, double argument, double second) {
  const std::span<const double> values = x.values;
  const auto index_of = [&](auto at) { return static_cast<std::size_t>(at - values.begin()); };
  switch (function) {
    case Function::first: return values.front();
    case Function::last: return values.back();
    case Function::initial: return signal::median_of(signal::head(values));
    case Function::final: return signal::median_of(signal::tail(values));
    case Function::min: return lowest(values);
    case Function::max: return highest(values);
    case Function::mean: return signal::mean(values);
    case Function::median: return signal::median_of(values);
    case Function::sum: return signal::sum(values);
    case Function::range: return highest(values) - lowest(values);
    case Function::std: return signal::deviation(values);
    case Function::mad: {
      std::vector<double> scratch(values.begin(), values.end());
      return signal::median_deviation(scratch);
    }
    case Function::quantile: {
      if (!(argument >= 0 && argument <= 1)) return Unknown::undefined;
      std::vector<double> scratch(values.begin(), values.end());
      return signal::quantile(scratch, argument);
    }
    case Function::slope: return signal::theil_sen(x);
    case Function::linear_slope: return signal::least_squares(x);
    case Function::trend: return signal::kendall(x);
    case Function::change: return signal::change(values);
    case Function::relative_change: return signal::relative_change(values);
    case Function::noise: return signal::noise(values);
    case Function::variation: return signal::variation(values);
    case Function::roughness: return signal::roughness(values);
    case Function::distinct: return signal::distinct(values);
    case Function::longest_repeat: return signal::longest_repeat(values);
    case Function::plateau: return signal::plateau(x, argument);
    case Function::autocorrelation: return signal::autocorrelation(values, argument);
    case Function::oscillation: return signal::periodicity(x).strength;
    case Function::period: {
      const signal::Periodicity found = signal::periodicity(x);
      if (found.strength == 0) return Unknown::undefined;
      return found.period;
    }
    case Function::amplitude: {
      const signal::Periodicity found = signal::periodicity(x);
      if (found.strength == 0) return Unknown::undefined;
      return found.amplitude;
    }
    case Function::cycle:
      return static_cast<double>(signal::longest_cycle(values).covered) /
             static_cast<double>(values.size());
    case Function::cycle_length: {
      const signal::Cycle found = signal::longest_cycle(values);
      if (found.length == 0) return Unknown::undefined;
      return static_cast<double>(found.length);
    }
    case Function::increase: return signal::increase(values);
    case Function::rate: return signal::increase(values) / (x.steps.back() - x.steps.front());
    case Function::irate: return signal::last_rate(x);
    case Function::delta: return values.back() - values.front();
    case Function::idelta: return values.back() - values[values.size() - 2];
    case Function::predict_linear: return signal::predict_linear(x, argument);
    case Function::double_exponential_smoothing: return signal::holt(values, argument, second);
    case Function::changes: return signal::changes(values);
    case Function::resets: return signal::resets(values);
    case Function::stddev_over_time: return std::sqrt(signal::population_variance(values));
    case Function::stdvar_over_time: return signal::population_variance(values);
    case Function::mad_over_time: {
      std::vector<double> scratch(values.begin(), values.end());
      return signal::median_deviation(scratch) / 1.4826;
    }
    case Function::shift: return signal::shift(values);
    case Function::change_point: {
      const auto found = signal::level_shift(values);
      if (!found) return Unknown::no_such_time;
      return x.steps[found->at];
    }
    case Function::argmin: return x.steps[index_of(std::min_element(values.begin(), values.end()))];
    case Function::argmax: return x.steps[index_of(std::max_element(values.begin(), values.end()))];
    default: break;
  }
  assert(false && "the function takes no single series: its signature says so");
  return Unknown::undefined;
}

}  // namespace

Number measure(Function function, Window x, double argument, double second) {
  // These count samples, whatever their values; of none there are 0.
  const auto n = static_cast<double>(x.size());
  if (function == Function::samples) return n;
  if (function == Function::finite) return static_cast<double>(signal::count_finite(x.values));
  if (function == Function::nonfinite)
    return n - static_cast<double>(signal::count_finite(x.values));

  if (x.empty()) return Unknown::empty_window;
  if (function == Function::start_time) return x.steps.front();
  if (function == Function::end_time) return x.steps.back();

  const Samples samples(x);
  if (samples.empty()) return Unknown::only_nonfinite;
  const Signature& signature = signature_of(function);
  if (samples.size() < signature.needs) return Unknown::too_few_samples;
  const Number result = of_samples(function, {samples.steps(), samples.values()}, argument, second);
  if (!result.known()) return result;
  return finite_or_undefined(result.value() * restored(signature.gives, samples.unit()));
}

Number measure(Function function, Window x, Window y, double) {
  if (x.empty() || y.empty()) return Unknown::empty_window;
  const Samples a(x), b(y);
  if (a.empty() || b.empty()) return Unknown::only_nonfinite;
  const Aligned both = align({a.steps(), a.values()}, {b.steps(), b.values()});
  if (both.steps.size() < signature_of(function).needs) return Unknown::too_few_samples;
  if (function == Function::correlation) return signal::spearman(both.x, both.y);
  assert(function == Function::lag && "no other function takes two series");
  const Number result = signal::lag(both);
  return result.known() ? finite_or_undefined(result.value()) : result;
}

}  // namespace fmx::engine
