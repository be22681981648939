// How fast is each function over series? Prints the median time of a call on 1e3, 1e4 and 1e6
// samples of a noisy falling curve, and the samples a second on the largest. One thread; time is
// wall time.

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <functional>
#include <random>
#include <string_view>
#include <vector>

#include "engine/signal/signal.hpp"

namespace {

using fmx::Function;
using fmx::engine::Column;
using fmx::engine::Window;

Column falling_curve(std::size_t n) {
  std::mt19937 engine(1);
  Column curve{std::vector<double>(n), std::vector<double>(n)};
  for (std::size_t i = 0; i < n; ++i) {
    double noise = -6;  // sum of 12 uniform numbers: nearly normal
    for (int k = 0; k < 12; ++k) noise += static_cast<double>(engine()) / 4294967296.0;
    const double progress = static_cast<double>(i) / static_cast<double>(n);
    curve.steps[i] = static_cast<double>(10 * i);
    curve.values[i] = (0.5 + 4 * std::exp(-6 * progress)) * (1 + 0.05 * noise);
  }
  return curve;
}

/// Keeps what was computed from being optimised away.
volatile double sink;

/// Median seconds of a call: at least 5 calls, and as many as fit in a fifth of a second.
double seconds(const std::function<double()>& call) {
  using clock = std::chrono::steady_clock;
  std::vector<double> times;
  double total = 0;
  while (times.size() < 5 || (total < 0.2 && times.size() < 1001)) {
    const auto begin = clock::now();
    sink = call();
    times.push_back(std::chrono::duration<double>(clock::now() - begin).count());
    total += times.back();
  }
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

struct Case {
  std::string_view name;
  std::function<double(Window)> call;
};

Case number(std::string_view name, Function function, double argument = 0) {
  return {name, [=](Window x) {
            const auto result = fmx::engine::measure(function, x, argument);
            return result.known() ? result.value() : 0;
          }};
}

Case pair(std::string_view name, Function function) {
  return {name, [=](Window x) {
            const auto result = fmx::engine::measure(function, x, {x.steps, x.steps});
            return result.known() ? result.value() : 0;
          }};
}

Case series(std::string_view name, Function function, double argument = 0) {
  return {name, [=](Window x) {
            const Column made = fmx::engine::transform(function, x, argument);
            return made.values.empty() ? 0 : made.values.back();
          }};
}

Case event(std::string_view name, Function function) {
  return {name, [=](Window x) {
            return static_cast<double>(fmx::engine::events(function, x, 6).steps.size());
          }};
}

std::vector<Case> cases() {
  return {number("last", Function::last),
          number("final", Function::final),
          number("min", Function::min),
          number("argmax", Function::argmax),
          number("mean", Function::mean),
          number("sum", Function::sum),
          number("median", Function::median),
          number("quantile", Function::quantile, 0.9),
          number("std", Function::std),
          number("mad", Function::mad),
          number("slope", Function::slope),
          number("linear_slope", Function::linear_slope),
          number("trend", Function::trend),
          number("change", Function::change),
          number("noise", Function::noise),
          number("variation", Function::variation),
          number("roughness", Function::roughness),
          number("oscillation", Function::oscillation),
          number("autocorrelation", Function::autocorrelation, 5),
          number("plateau", Function::plateau, 0.02),
          number("distinct", Function::distinct),
          number("longest_repeat", Function::longest_repeat),
          number("nonfinite", Function::nonfinite),
          number("change_point", Function::change_point),
          number("shift", Function::shift),
          pair("correlation", Function::correlation),
          pair("lag", Function::lag),
          event("spikes", Function::spikes),
          event("jumps", Function::jumps),
          series("smooth", Function::smooth, 0.05),
          series("smooth_median", Function::smooth_median, 0.05),
          series("diff", Function::diff),
          series("running_min", Function::running_min)};
}

}  // namespace

int main() {
  const std::vector<Column> curves{falling_curve(1'000), falling_curve(10'000),
                                   falling_curve(1'000'000)};
  fmt::print("{:16} {:>10} {:>10} {:>10} {:>9}\n", "us a call", "1e3", "1e4", "1e6", "Mpt/s");
  for (const Case& each : cases()) {
    fmt::print("{:16}", each.name);
    double last = 0;
    for (const Column& curve : curves) {
      last = seconds([&] { return each.call(curve.window()); });
      fmt::print(" {:10.1f}", 1e6 * last);
    }
    fmt::print(" {:9.1f}\n", 1 / last);
  }
}
