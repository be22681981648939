#include <algorithm>

#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

using namespace made_up;
using fmx::Function;
using fmx::engine::measure;

namespace {

double value(Function function, const Column& x) { return measure(function, x.window()).value(); }

/// Noise at uneven steps, some values equal.
Column uneven(std::size_t n, std::uint32_t seed) {
  Noise noise(seed);
  Column made;
  double step = 0;
  for (std::size_t i = 0; i < n; ++i) {
    step += 0.5 + 3 * noise.uniform();
    made.steps.push_back(step);
    made.values.push_back(std::round(3 * noise.normal() + step / 20));
  }
  return made;
}

}  // namespace

TEST_CASE("Kendall's tau and the Theil-Sen slope are what their definitions say") {
  const auto seed = GENERATE(range(1u, 9u));
  CAPTURE(seed);
  const Column x = uneven(40 + 20 * seed, seed);

  std::vector<double> slopes;
  double rises = 0, falls = 0;
  for (std::size_t i = 0; i < x.steps.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double slope = (x.values[i] - x.values[j]) / (x.steps[i] - x.steps[j]);
      slopes.push_back(slope);
      rises += slope > 0 ? 1 : 0;
      falls += slope < 0 ? 1 : 0;
    }
  }
  std::sort(slopes.begin(), slopes.end());
  const std::size_t n = slopes.size();
  CHECK(value(Function::slope, x) == Approx((slopes[(n - 1) / 2] + slopes[n / 2]) / 2));
  CHECK(value(Function::trend, x) == Approx((rises - falls) / static_cast<double>(n)));
}

TEST_CASE("a straight line has its slope, however it is measured") {
  const auto n = GENERATE(4u, 300u, 301u, 5000u);
  const Column line = curve(n, [](double i) { return 7 - 0.25 * i; });
  CHECK(value(Function::slope, line) == Approx(-0.25));
  CHECK(value(Function::linear_slope, line) == Approx(-0.25));
  CHECK(value(Function::trend, line) == -1);
}

TEST_CASE("a quarter of wild samples does not move the Theil-Sen slope") {
  Noise noise(5);
  const Column line = curve(1000, [&](double i) {
    return noise.uniform() < 0.25 ? 1e6 * noise.normal() : 2 * i + noise.normal();
  });
  CHECK(value(Function::slope, line) == Approx(2).epsilon(0.05));
}

TEST_CASE("the least-squares slope is per step, not per sample") {
  // by hand: steps 0 1 10, values 0 2 7; means 11/3, 3; cov 41 - 33 = 33, var 182/3
  const Column x{{0, 1, 10}, {0, 2, 7}};
  CHECK(value(Function::linear_slope, x) == Approx((72 - 33) / (182.0 / 3)));
}

TEST_CASE("a constant has no trend") {
  const Column constant = curve(50, [](double) { return 0.1; });
  CHECK(value(Function::trend, constant) == 0);
  CHECK(value(Function::slope, constant) == 0);
  CHECK(value(Function::linear_slope, constant) == 0);
  CHECK(value(Function::std, constant) == 0);
}
