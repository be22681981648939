// What PromQL asks of a series; values worked out by hand.

#include <cmath>
#include <limits>

#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A sample every 10 steps.
Column every_ten(std::vector<double> values) {
  Column column{{}, std::move(values)};
  for (std::size_t i = 0; i < column.values.size(); ++i)
    column.steps.push_back(10 * static_cast<double>(i));
  return column;
}

double value(Function function, std::vector<double> values, double a = 0, double b = 0) {
  const Column column = every_ten(std::move(values));
  const Number number = measure(function, column.window(), a, b);
  REQUIRE(number.known());
  return number.value();
}

Unknown reason(Function function, std::vector<double> values, double a = 0, double b = 0) {
  const Column column = every_ten(std::move(values));
  const Number number = measure(function, column.window(), a, b);
  REQUIRE_FALSE(number.known());
  return number.reason();
}

}  // namespace

TEST_CASE("a counter that falls began again from 0") {
  CHECK(value(Function::increase, {5, 7, 2, 3}) == 2 + 2 + 1);
  CHECK(value(Function::rate, {5, 7, 2, 3}) == 5.0 / 30);
  CHECK(value(Function::irate, {5, 7, 2}) == 2.0 / 10);
  CHECK(value(Function::irate, {5, 7, 9}) == 2.0 / 10);
  CHECK(value(Function::resets, {5, 7, 2, 3, 1}) == 2);
  CHECK(value(Function::resets, {5}) == 0);
  CHECK(reason(Function::rate, {5}) == Unknown::too_few_samples);
}

TEST_CASE("a gauge goes up and down") {
  CHECK(value(Function::delta, {5, 7, 2, 3}) == -2);
  CHECK(value(Function::idelta, {5, 7, 2, 3}) == 1);
  CHECK(value(Function::changes, {5, 5, 2, 2, 5}) == 2);
  CHECK(value(Function::changes, {5, not_a_number, 5}) == 0);
  CHECK(value(Function::delta, {1e300, -1e300}) == -2e300);
}

TEST_CASE("a line is followed beyond the last sample") {
  CHECK(value(Function::predict_linear, {4, 3, 2, 1}, 10) == Approx(0));
  CHECK(value(Function::predict_linear, {4, 3, 2, 1}, 0) == Approx(1));
}

TEST_CASE("Holt's level follows level and trend") {
  // level 0, trend 4; 4 -> 0.5 * 4 + 0.5 * (0 + 4) = 4; 4 -> 0.5 * 4 + 0.5 * (4 + 4) = 6
  CHECK(value(Function::double_exponential_smoothing, {0, 4}, 0.5, 0.5) == 4);
  CHECK(value(Function::double_exponential_smoothing, {0, 4, 4}, 0.5, 0.5) == 6);
  // trend 0.25 * (6 - 4) + 0.75 * 4 = 3.5; 8 -> 0.5 * 8 + 0.5 * (6 + 3.5)
  CHECK(value(Function::double_exponential_smoothing, {0, 4, 4, 8}, 0.5, 0.25) == 8.75);
  CHECK(reason(Function::double_exponential_smoothing, {0, 4, 4}, 1, 0.5) == Unknown::undefined);
}

TEST_CASE("deviations over time divide by n") {
  CHECK(value(Function::stdvar_over_time, {1, 3}) == 1);
  CHECK(value(Function::stddev_over_time, {2, 6}) == 2);
  CHECK(value(Function::stdvar_over_time, {7}) == 0);
  CHECK(value(Function::mad_over_time, {1, 2, 4, 8, 16}) == Approx(3));
  CHECK(reason(Function::stdvar_over_time, {1e200, -1e200}) == Unknown::undefined);
}

TEST_CASE("a sequence that is repeated") {
  CHECK(value(Function::cycle, {9, 1, 2, 3, 1, 2, 3, 1}) == 7.0 / 8);
  CHECK(value(Function::cycle_length, {9, 1, 2, 3, 1, 2, 3, 1}) == 3);
  CHECK(value(Function::cycle, {1, 1, 1, 1}) == 1);
  CHECK(value(Function::cycle_length, {1, 1, 1, 1}) == 1);
  CHECK(value(Function::cycle, {1, 2, 3, 1, 2}) == 0);
  CHECK(reason(Function::cycle_length, {1, 2, 3, 1, 2}) == Unknown::undefined);
}

TEST_CASE("the amplitude of an oscillation") {
  std::vector<double> wave, line;
  for (int i = 0; i < 200; ++i) {
    wave.push_back(5 + (i % 2 == 0 ? 2.0 : -2.0));
    line.push_back(i);
  }
  CHECK(value(Function::amplitude, wave) == Approx(2));
  CHECK(reason(Function::amplitude, line) == Unknown::undefined);
}

TEST_CASE("bursts are groups of events, counted from the first") {
  const Column events{{1, 4, 9, 30, 50, 52, 60}, {1, 1, 1, 1, 1, 1, 1}};
  const Column threes = bursts(events.window(), 3, 10);
  CHECK(threes.steps == std::vector<double>{1, 50});
  CHECK(threes.values == std::vector<double>{3, 3});
  CHECK(bursts(events.window(), 3, 7).steps.empty());
  CHECK(bursts(events.window(), 2, 3).steps == std::vector<double>{1, 50});
}

TEST_CASE("samples that are not finite, and those that stand still") {
  const double inf = std::numeric_limits<double>::infinity();
  const Column x = every_ten({1, 1, not_a_number, 2, 2, 2, inf});
  CHECK(mask(Function::not_finite, x.window()).values == std::vector<double>{0, 0, 1, 0, 0, 0, 1});
  const std::vector<double> stuck = mask(Function::unchanged, x.window(), 3).values;
  CHECK(std::isnan(stuck[2]));
  CHECK(std::isnan(stuck[6]));
  CHECK(stuck[1] == 0);
  CHECK(stuck[3] == 1);
  CHECK(stuck[5] == 1);
}

TEST_CASE("progress and timestamps are of all samples") {
  const Column x = every_ten({1, not_a_number, 3});
  CHECK(transform(Function::timestamp, x.window()).values == std::vector<double>{0, 10, 20});
  CHECK(transform(Function::progress, x.window()).values == std::vector<double>{0, 0.5, 1});
  CHECK(transform(Function::progress, every_ten({1}).window()).values == std::vector<double>{0});
}
