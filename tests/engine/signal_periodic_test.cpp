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

TEST_CASE("noise, trends and constants do not oscillate") {
  CHECK(value(Function::oscillation, white_noise(1000, 4)) < 0.2);
  CHECK(value(Function::oscillation, loss_curve(1000, 4)) < 0.25);
  CHECK(value(Function::oscillation, curve(100, [](double i) { return 0.1 * i; })) == 0);
  CHECK(value(Function::oscillation, curve(100, [](double) { return 0.1; })) == 0);
  CHECK(value(Function::oscillation, curve(300, [](double i) { return std::exp(-i / 40); })) < 0.2);
  CHECK(measure(Function::period, curve(100, [](double) { return 0.1; }).window()).reason() ==
        Unknown::undefined);
}
