#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

using namespace made_up;
using fmx::Function;
using fmx::Unknown;
using fmx::engine::measure;
using fmx::engine::Number;

namespace {

double value(Function function, const Column& x, double argument = 0) {
  const Number number = measure(function, x.window(), argument);
  REQUIRE(number.known());
  return number.value();
}

Unknown reason(Function function, const Column& x, double argument = 0) {
  const Number number = measure(function, x.window(), argument);
  REQUIRE(!number.known());
  return number.reason();
}

}  // namespace

TEST_CASE("values of a series are those of its finite samples") {
  const Column x = series({not_a_number, 4, 1, infinite, 3, 2, -infinite});
  CHECK(value(Function::first, x) == 4);
  CHECK(value(Function::last, x) == 2);
  CHECK(value(Function::min, x) == 1);
  CHECK(value(Function::max, x) == 4);
  CHECK(value(Function::range, x) == 3);
  CHECK(value(Function::sum, x) == 10);
  CHECK(value(Function::mean, x) == 2.5);
  CHECK(value(Function::median, x) == 2.5);
  CHECK(value(Function::argmin, x) == 2);
  CHECK(value(Function::argmax, x) == 1);
}

TEST_CASE("samples are counted with NaN, and steps go from end to end") {
  const Column x = series({not_a_number, 4, 1, infinite, not_a_number});
  CHECK(value(Function::samples, x) == 5);
  CHECK(value(Function::finite, x) == 2);
  CHECK(value(Function::nonfinite, x) == 3);
  CHECK(value(Function::start_time, x) == 0);
  CHECK(value(Function::end_time, x) == 4);

  CHECK(value(Function::samples, Column{}) == 0);
  CHECK(value(Function::finite, Column{}) == 0);
  CHECK(value(Function::nonfinite, Column{}) == 0);
  CHECK(value(Function::finite, series({not_a_number, not_a_number})) == 0);
}

TEST_CASE("initial and final are medians of both ends, which never overlap") {
  CHECK(value(Function::initial, curve(100, [](double i) { return i; })) == 2);   // of 0 .. 4
  CHECK(value(Function::final, curve(100, [](double i) { return i; })) == 94.5);  // of 90 .. 99
  CHECK(value(Function::initial, series({5, 1, 3, 9, 9, 9, 9})) == 3);
  CHECK(value(Function::final, series({5, 1, 3, 9, 8, 1, 2})) == 2);
  CHECK(value(Function::change, series({1, 10})) == 9);
  CHECK(value(Function::relative_change, series({-2, 0, 0, -1})) == -(-0.5 - -1) / -1.0);
  CHECK(value(Function::initial, series({7})) == 7);
  CHECK(value(Function::final, series({7})) == 7);
}

TEST_CASE("spreads have their textbook values") {
  const Column x = series({2, 4, 4, 4, 5, 5, 7, 9});
  CHECK(value(Function::std, x) == Approx(std::sqrt(32.0 / 7)));
  CHECK(value(Function::mad, x) == Approx(1.4826 * 0.5));  // |x - 4.5|: 2.5 .5 .5 .5 .5 .5 2.5 4.5
  // differences 2 0 0 1 0 2 2, median 1; deviations 1 1 1 0 1 1 1
  CHECK(value(Function::noise, x) == Approx(1.4826 / std::sqrt(2.0)));
  CHECK(value(Function::variation, x) == Approx(1.4826 / std::sqrt(2.0) / 4.5));
}

TEST_CASE("quantiles interpolate between order statistics") {
  const Column x = series({4, 1, 3, 2});
  CHECK(value(Function::quantile, x, 0) == 1);
  CHECK(value(Function::quantile, x, 1) == 4);
  CHECK(value(Function::quantile, x, 0.5) == 2.5);
  CHECK(value(Function::quantile, x, 0.25) == 1.75);
  CHECK(reason(Function::quantile, x, 1.5) == Unknown::undefined);
  CHECK(reason(Function::quantile, x, not_a_number) == Unknown::undefined);
}

TEST_CASE("noise measures scatter around a trend, not the trend") {
  const double flat = value(Function::noise, white_noise(5000, 1));
  CHECK(flat == Approx(1).epsilon(0.05));
  Column rising = white_noise(5000, 1);
  for (std::size_t i = 0; i < 5000; ++i) rising.values[i] += 0.1 * static_cast<double>(i);
  CHECK(value(Function::noise, rising) == Approx(flat).epsilon(0.02));
}

TEST_CASE("roughness counts turning points") {
  CHECK(value(Function::roughness, white_noise(20000, 2)) == Approx(2.0 / 3).epsilon(0.02));
  CHECK(value(Function::roughness, curve(500, [](double i) { return std::sin(i / 50); })) < 0.01);
  CHECK(value(Function::roughness, series({0, 1, 0, 1, 0, 1})) == 1);
  CHECK(value(Function::roughness, series({1, 1, 1, 1})) == 0);
  // up, level, down: one turn, although no two neighbouring differences differ in sign
  CHECK(value(Function::roughness, series({0, 1, 1, 0})) == 0.5);
}

TEST_CASE("repeats and different values are counted among finite samples") {
  const Column x = series({1, 2, 2, not_a_number, 2, 3, 1});
  CHECK(value(Function::distinct, x) == 3);
  CHECK(value(Function::longest_repeat, x) == 0.5);
  CHECK(value(Function::distinct, series({0.0, -0.0})) == 1);
  CHECK(value(Function::longest_repeat, series({3, 3, 3})) == 1);
}

TEST_CASE("a plateau is counted back from the end, in steps") {
  const Column falls_then_flat = curve(1001, [](double i) { return i < 500 ? 1 - i / 500 : 0.0; });
  CHECK(value(Function::plateau, falls_then_flat, 0.02) == Approx(0.5).margin(0.04));
  CHECK(value(Function::plateau, curve(1000, [](double i) { return i; }), 0.02) < 0.05);
  CHECK(value(Function::plateau, series({2, 2, 2, 2}), 0.02) == 1);

  Column late = falls_then_flat;  // the flat half now takes ten times as many steps
  for (std::size_t i = 500; i < 1001; ++i) {
    late.steps[i] = 500 + 10 * (static_cast<double>(i) - 500);
  }
  CHECK(value(Function::plateau, late, 0.02) == Approx(5000.0 / 5500).margin(0.02));
}

TEST_CASE("what cannot be answered says why") {
  const Column none;
  const Column only_nan = series({not_a_number, infinite});
  const Column one = series({1});
  const Column seven = curve(7, [](double i) { return i; });

  const Function all[] = {Function::first, Function::median, Function::slope, Function::oscillation,
                          Function::shift, Function::argmax, Function::change};
  for (const Function function : all) {
    CHECK(reason(function, none) == Unknown::empty_window);
    CHECK(reason(function, only_nan) == Unknown::only_nonfinite);
  }
  CHECK(reason(Function::change, one) == Unknown::too_few_samples);
  CHECK(reason(Function::std, series({1, not_a_number, 2})) == Unknown::too_few_samples);
  CHECK(reason(Function::slope, series({1, 2})) == Unknown::too_few_samples);
  CHECK(reason(Function::trend, series({1, 2, 3})) == Unknown::too_few_samples);
  for (const Function function : {Function::autocorrelation, Function::oscillation,
                                  Function::period, Function::change_point, Function::shift}) {
    CHECK(reason(function, seven, 1) == Unknown::too_few_samples);
  }
  CHECK(reason(Function::relative_change, series({0, 0, 1, 2})) == Unknown::undefined);
  CHECK(reason(Function::variation, series({-1, 0, 1})) == Unknown::undefined);
  CHECK(reason(Function::sum, series({1e308, 1e308})) == Unknown::undefined);
}
