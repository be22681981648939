#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

using namespace made_up;
using fmx::Function;
using fmx::Unknown;
using fmx::engine::measure;

namespace {

double value(Function function, const Column& x, double argument = 0) {
  return measure(function, x.window(), argument).value();
}

}  // namespace

TEST_CASE("autocorrelation has its textbook value") {
  // mean 4.5; by hand: sum of products at lag 1 is 26.25, energy 42
  const Column x = curve(8, [](double i) { return i + 1; });
  CHECK(value(Function::autocorrelation, x, 0) == 1);
  CHECK(value(Function::autocorrelation, x, 1) == Approx(26.25 / 42));
  CHECK(measure(Function::autocorrelation, x.window(), 8).reason() == Unknown::too_few_samples);
  CHECK(measure(Function::autocorrelation, curve(9, [](double) { return 0.1; }).window(), 1)
            .reason() == Unknown::undefined);
}

TEST_CASE("a wave is found with its period") {
  const auto period = GENERATE(2.0, 3.0, 7.0, 25.0, 60.0);
  CAPTURE(period);
  Noise noise(1);
  const Column x = curve(400, [&](double i) {
    return 3 * std::exp(-i / 80) + std::cos(2 * pi * i / period) + 0.1 * noise.normal();
  });
  CHECK(value(Function::oscillation, x) > 0.85);
  CHECK(value(Function::period, x) == Approx(period).margin(1));
}

TEST_CASE("periods are in steps") {
  Column x = curve(400, [](double i) { return std::sin(2 * pi * i / 20); });
  for (double& step : x.steps) step *= 50;
  CHECK(value(Function::period, x) == Approx(1000));
}

TEST_CASE("short and long periods are found in long series") {
  const Column bounces = curve(20000, [](double i) { return std::fmod(i, 2) < 1 ? 1.0 : 2.0; });
  CHECK(value(Function::oscillation, bounces) == Approx(1).epsilon(0.01));
  CHECK(value(Function::period, bounces) == 2);
  Noise noise(3);
  const Column epochs =
      curve(20000, [&](double i) { return std::fmod(i, 1500) / 1500 + 0.2 * noise.normal(); });
  CHECK(value(Function::oscillation, epochs) > 0.7);
  CHECK(value(Function::period, epochs) == Approx(1500).epsilon(0.03));
}

TEST_CASE("noise does not oscillate, however few its samples") {
  const auto n = GENERATE(30u, 50u, 100u, 300u, 1000u, 3000u);
  CAPTURE(n);
  int oscillating = 0, losses = 0;
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    oscillating += value(Function::oscillation, white_noise(n, seed)) > 0.25 ? 1 : 0;
    losses += value(Function::oscillation, loss_curve(n, seed)) > 0.5 ? 1 : 0;
  }
  CHECK(oscillating <= 5);
  CHECK(losses <= 5);
}

TEST_CASE("a loss that bounces in the middle of noise oscillates, however few its samples") {
  const auto n = GENERATE(30u, 50u, 300u, 3000u);
  const auto seed = GENERATE(range(1u, 10u));
  CAPTURE(n, seed);
  Column x = loss_curve(n, seed);
  for (std::size_t i = 0; i < n; ++i) x.values[i] *= i % 2 == 0 ? 0.85 : 1.15;
  CHECK(value(Function::oscillation, x) > 0.5);
  CHECK(value(Function::period, x) == 2);
}

TEST_CASE("a pause every so many steps is an oscillation") {
  Noise noise(6);
  const Column step_time = curve(1000, [&](double i) {
    return (std::fmod(i, 100) == 50 ? 3.0 : 0.3) * (1 + 0.05 * noise.normal());
  });
  CHECK(value(Function::oscillation, step_time) > 0.8);
  CHECK(value(Function::period, step_time) == 100);
}

TEST_CASE("trends and constants do not oscillate") {
  CHECK(value(Function::oscillation, curve(100, [](double i) { return 0.1 * i; })) == 0);
  CHECK(value(Function::oscillation, curve(100, [](double) { return 0.1; })) == 0);
  CHECK(value(Function::oscillation, curve(300, [](double i) { return std::exp(-i / 40); })) == 0);
  CHECK(measure(Function::period, curve(100, [](double) { return 0.1; }).window()).reason() ==
        Unknown::undefined);
}
