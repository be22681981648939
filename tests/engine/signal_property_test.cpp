#include <algorithm>

#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

// What holds of every function over series, whatever the series.

using namespace made_up;
using fmx::Function;
using fmx::engine::events;
using fmx::engine::measure;
using fmx::engine::Number;
using fmx::engine::transform;

namespace {

struct Asked {
  Function function;
  double argument = 0;
};

const std::vector<Asked> in_units_of_x = {
    {Function::first},  {Function::last},          {Function::initial}, {Function::final},
    {Function::min},    {Function::max},           {Function::mean},    {Function::median},
    {Function::sum},    {Function::range},         {Function::std},     {Function::mad},
    {Function::change}, {Function::quantile, 0.9}, {Function::noise}};

const std::vector<Asked> in_units_of_x_per_step = {{Function::slope}, {Function::linear_slope}};

const std::vector<Asked> without_units = {
    {Function::trend},         {Function::relative_change}, {Function::variation},
    {Function::roughness},     {Function::oscillation},     {Function::autocorrelation, 3},
    {Function::plateau, 0.02}, {Function::distinct},        {Function::longest_repeat},
    {Function::shift},         {Function::samples},         {Function::finite},
    {Function::nonfinite}};

const std::vector<Asked> times = {{Function::argmin},
                                  {Function::argmax},
                                  {Function::change_point},
                                  {Function::start_time},
                                  {Function::end_time}};

const std::vector<Function> events_of_values = {Function::spikes, Function::dips, Function::jumps,
                                                Function::drops};

const std::vector<Asked> series_in_units = {
    {Function::smooth, 0.05}, {Function::smooth_median, 0.05}, {Function::diff},
    {Function::running_min},  {Function::running_max},         {Function::finite_only}};

/// Some kind of run: noise, falls, waves, jumps and spikes, now and then NaN.
Column some_series(std::uint32_t seed) {
  Noise noise(seed);
  const std::size_t n = 12 + noise.below(600);
  const double wave = noise.uniform(), fall = 3 * noise.uniform(),
               period = 2 + 40 * noise.uniform();
  const double jump_at = static_cast<double>(noise.below(n));
  Column made = curve(n, [&](double i) {
    const double spike = noise.below(60) == 0 ? 20 : 0;
    return 2 + fall * std::exp(-5 * i / static_cast<double>(n)) +
           wave * std::sin(2 * pi * i / period) + 0.1 * noise.normal() + (i > jump_at ? 2 : 0) +
           spike;
  });
  if (seed % 3 == 0) made.values[noise.below(n)] = not_a_number;
  if (seed % 5 == 0) made.values[noise.below(n)] = -infinite;
  if (seed % 2 == 0) {
    double step = 0;
    for (double& s : made.steps) s = step += 1 + static_cast<double>(noise.below(9));
  }
  return made;
}

Column scaled(Column x, double factor) {
  for (double& value : x.values) value *= factor;
  return x;
}

Column shifted(Column x, double steps) {
  for (double& step : x.steps) step += steps;
  return x;
}

Column stretched(Column x, double factor) {
  for (double& step : x.steps) step *= factor;
  return x;
}

/// Both unknown for the same reason, or `after` is `factor` times `before`, to the last few bits.
void check_times(const Asked& asked, const Column& before, const Column& after, double factor,
                 double offset = 0) {
  const Number a = measure(asked.function, before.window(), asked.argument);
  const Number b = measure(asked.function, after.window(), asked.argument);
  CAPTURE(static_cast<int>(asked.function));
  REQUIRE(a.known() == b.known());
  if (!a.known()) {
    CHECK(a.reason() == b.reason());
  } else {
    CHECK(b.value() ==
          Approx(factor * a.value() + offset).epsilon(1e-9).margin(1e-12 * std::abs(factor)));
  }
}

}  // namespace

TEST_CASE("scaling a series scales what is in its units and leaves the rest") {
  const auto seed = GENERATE(range(1u, 26u));
  const auto factor = GENERATE(0.25, 1024.0, 1e-290, 1e290, 1e-200, 1e200);
  CAPTURE(seed, factor);
  const Column x = some_series(seed), y = scaled(x, factor);

  for (const Asked& asked : in_units_of_x) check_times(asked, x, y, factor);
  for (const Asked& asked : in_units_of_x_per_step) check_times(asked, x, y, factor);
  for (const Asked& asked : without_units) check_times(asked, x, y, 1);
  for (const Asked& asked : times) check_times(asked, x, y, 1);
  for (const Function function : events_of_values) {
    const Column a = events(function, x.window(), 6), b = events(function, y.window(), 6);
    CHECK(a.steps == b.steps);
    REQUIRE(a.values.size() == b.values.size());
    for (std::size_t i = 0; i < a.values.size(); ++i) CHECK(b.values[i] == Approx(a.values[i]));
  }
  for (const Asked& asked : series_in_units) {
    const Column a = transform(asked.function, x.window(), asked.argument);
    const Column b = transform(asked.function, y.window(), asked.argument);
    CHECK(a.steps == b.steps);
    REQUIRE(a.values.size() == b.values.size());
    for (std::size_t i = 0; i < a.values.size(); ++i) {
      if (b.values[i] != Approx(factor * a.values[i]).epsilon(1e-9).margin(1e-14 * factor)) {
        FAIL_CHECK("function " << static_cast<int>(asked.function) << ", sample " << i);
      }
    }
  }
}

TEST_CASE("shifting the steps shifts times and leaves the rest") {
  const auto seed = GENERATE(range(1u, 26u));
  CAPTURE(seed);
  const Column x = some_series(seed), y = shifted(x, 100000);
  for (const auto* asked : {&in_units_of_x, &in_units_of_x_per_step, &without_units}) {
    for (const Asked& each : *asked) check_times(each, x, y, 1);
  }
  check_times({Function::period}, x, y, 1);
  for (const Asked& asked : times) check_times(asked, x, y, 1, 100000);
  for (const Function function : events_of_values) {
    CHECK(events(function, y.window(), 6).steps ==
          shifted(events(function, x.window(), 6), 100000).steps);
  }
}

TEST_CASE("stretching the steps stretches times and flattens slopes") {
  const auto seed = GENERATE(range(1u, 26u));
  CAPTURE(seed);
  const Column x = some_series(seed), y = stretched(x, 16);
  for (const Asked& asked : in_units_of_x) check_times(asked, x, y, 1);
  for (const Asked& asked : in_units_of_x_per_step) check_times(asked, x, y, 1.0 / 16);
  for (const Asked& asked : without_units) check_times(asked, x, y, 1);
  for (const Asked& asked : times) check_times(asked, x, y, 16);
  check_times({Function::period}, x, y, 16);
}

TEST_CASE("turned upside down, a series rises where it fell") {
  const auto seed = GENERATE(range(1u, 26u));
  CAPTURE(seed);
  const Column x = some_series(seed), y = scaled(x, -1);
  for (const Function odd : {Function::trend, Function::slope, Function::linear_slope,
                             Function::change, Function::mean, Function::median}) {
    check_times({odd}, x, y, -1);
  }
  for (const Function even : {Function::noise, Function::roughness, Function::mad, Function::std,
                              Function::oscillation, Function::shift, Function::change_point}) {
    check_times({even}, x, y, 1);
  }
  CHECK(events(Function::spikes, x.window(), 6).steps ==
        events(Function::dips, y.window(), 6).steps);
  CHECK(events(Function::jumps, x.window(), 6).steps ==
        events(Function::drops, y.window(), 6).steps);
}

TEST_CASE("samples that are not finite change nothing but their count") {
  const auto seed = GENERATE(range(1u, 26u));
  CAPTURE(seed);
  Column x = transform(Function::finite_only, some_series(seed).window());
  Column y;
  Noise noise(seed + 100);
  for (std::size_t i = 0; i < x.steps.size(); ++i) {
    if (noise.below(4) == 0) {
      y.steps.push_back(x.steps[i] - 0.5);
      y.values.push_back(noise.below(2) == 0 ? not_a_number : infinite);
    }
    y.steps.push_back(x.steps[i]);
    y.values.push_back(x.values[i]);
  }
  for (const auto* asked : {&in_units_of_x, &in_units_of_x_per_step, &without_units, &times}) {
    for (const Asked& each : *asked) {
      if (each.function == Function::samples || each.function == Function::nonfinite ||
          each.function == Function::start_time) {
        continue;
      }
      check_times(each, x, y, 1);
    }
  }
  for (const Function function : events_of_values) {
    CHECK(events(function, x.window(), 6).steps == events(function, y.window(), 6).steps);
  }
  for (const Asked& asked : series_in_units) {
    CHECK(transform(asked.function, x.window(), asked.argument).values ==
          transform(asked.function, y.window(), asked.argument).values);
  }
}

namespace {

/// The worst that a log may hold.
Column hostile_series(std::uint32_t seed) {
  Noise noise(seed);
  const double extremes[] = {0,        -0.0,     1,      -1,           0.1,      1e300,    -1e300,
                             1.7e308,  -1.7e308, 5e-324, -5e-324,      1e-310,   1e-160,   1e160,
                             2.2e-308, 1e16,     1,      not_a_number, infinite, -infinite};
  const std::size_t kinds = 1 + noise.below(4);
  std::vector<double> palette;
  for (std::size_t k = 0; k < kinds; ++k)
    palette.push_back(extremes[noise.below(std::size(extremes))]);
  const std::size_t n = noise.below(3) == 0 ? noise.below(4) : noise.below(60);
  Column made;
  double step = noise.below(2) == 0 ? 0 : -1e9;
  for (std::size_t i = 0; i < n; ++i) {
    step += noise.below(2) == 0 ? 1 : std::exp(20 * noise.uniform() - 8);
    made.steps.push_back(step);
    made.values.push_back(palette[noise.below(kinds)]);
  }
  return made;
}

void check_steps(const Column& made) {
  CHECK(made.steps.size() == made.values.size());
  CHECK(std::ranges::is_sorted(made.steps, std::ranges::less_equal{}));
}

}  // namespace

TEST_CASE("a known number is finite, and an event has a size, whatever was logged") {
  const auto seed = GENERATE(range(1u, 400u));
  CAPTURE(seed);
  const Column x = hostile_series(seed), y = hostile_series(seed + 1000);

  for (const auto* asked : {&in_units_of_x, &in_units_of_x_per_step, &without_units, &times}) {
    for (const Asked& each : *asked) {
      const Number number = measure(each.function, x.window(), each.argument);
      CAPTURE(static_cast<int>(each.function));
      CHECK((!number.known() || std::isfinite(number.value())));
    }
  }
  for (const Function function : {Function::correlation, Function::lag}) {
    const Number number = measure(function, x.window(), y.window());
    CHECK((!number.known() || std::isfinite(number.value())));
  }
  for (const double strange : {0.0, -1.0, 1.0, 5.0, 1e300, infinite, not_a_number}) {
    for (const Function function :
         {Function::quantile, Function::autocorrelation, Function::plateau}) {
      const Number number = measure(function, x.window(), strange);
      CHECK((!number.known() || std::isfinite(number.value())));
    }
    for (const Function function : events_of_values) {
      const Column found = events(function, x.window(), strange);
      check_steps(found);
      CHECK(std::ranges::all_of(found.values,
                                [](double size) { return std::isfinite(size) && size > 0; }));
    }
    for (const Function function : {Function::smooth, Function::smooth_median}) {
      const Column made = transform(function, x.window(), strange);
      check_steps(made);
      CHECK(std::ranges::all_of(made.values, [](double value) { return std::isfinite(value); }));
    }
  }
  for (const Function function : {Function::diff, Function::running_min, Function::running_max,
                                  Function::finite_only, Function::positive_only}) {
    check_steps(transform(function, x.window()));
  }
}

TEST_CASE("shares stay between 0 and 1") {
  const auto seed = GENERATE(range(1u, 400u));
  CAPTURE(seed);
  const Column x = seed % 2 == 0 ? hostile_series(seed) : some_series(seed);
  for (const Asked& asked : std::vector<Asked>{{Function::roughness},
                                               {Function::oscillation},
                                               {Function::plateau, 0.02},
                                               {Function::longest_repeat}}) {
    const Number number = measure(asked.function, x.window(), asked.argument);
    CHECK((!number.known() || (number.value() >= 0 && number.value() <= 1)));
  }
  for (const Asked& asked : std::vector<Asked>{{Function::trend}, {Function::autocorrelation, 2}}) {
    const Number number = measure(asked.function, x.window(), asked.argument);
    CHECK((!number.known() || std::abs(number.value()) <= 1 + 1e-12));
  }
}
