#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

using namespace made_up;
using fmx::Function;
using fmx::Unknown;
using fmx::engine::measure;

namespace {

double squares(const std::vector<double>& x, std::size_t begin, std::size_t end) {
  double mean = 0, sum = 0;
  for (std::size_t i = begin; i < end; ++i) mean += x[i] / static_cast<double>(end - begin);
  for (std::size_t i = begin; i < end; ++i) sum += (x[i] - mean) * (x[i] - mean);
  return sum;
}

/// Tries every split into pieces of at least 3.
std::size_t best_split(const std::vector<double>& x) {
  std::size_t best = 3;
  const auto error = [&](std::size_t k) { return squares(x, 0, k) + squares(x, k, x.size()); };
  for (std::size_t k = 3; k + 3 <= x.size(); ++k) {
    if (error(k) < error(best)) best = k;
  }
  return best;
}

}  // namespace

TEST_CASE("the change point is the split that fits two means best") {
  const auto seed = GENERATE(range(1u, 30u));
  CAPTURE(seed);
  Noise noise(seed);
  const std::size_t n = 8 + noise.below(80), at = noise.below(n);
  const Column x =
      curve(n, [&](double i) { return noise.normal() + (i < static_cast<double>(at) ? 0 : 1.5); });
  CHECK(measure(Function::change_point, x.window()).value() ==
        static_cast<double>(best_split(x.values)));
}

TEST_CASE("a level shift is as high as its step over the noise") {
  Noise noise(2);
  const Column x = curve(1000, [&](double i) { return 0.5 * noise.normal() + (i < 300 ? 1 : 5); });
  CHECK(measure(Function::change_point, x.window()).value() == 300);
  CHECK(measure(Function::shift, x.window()).value() == Approx(8).epsilon(0.15));
  CHECK(measure(Function::shift, white_noise(1000, 2).window()).value() < 2);
}

TEST_CASE("a constant has no change point and no shift") {
  const Column constant = curve(30, [](double) { return 0.1; });
  CHECK(measure(Function::change_point, constant.window()).reason() == Unknown::no_such_time);
  CHECK(measure(Function::shift, constant.window()).value() == 0);
}

TEST_CASE("a clean step is a shift as high as it stands out") {
  const Column step = curve(30, [](double i) { return i < 12 ? 0.1 : 0.3; });
  CHECK(measure(Function::change_point, step.window()).value() == 12);
  // no noise: 1.2533 * mean(|difference|) / sqrt(2), one of 29 being 0.2
  CHECK(measure(Function::shift, step.window()).value() == Approx(29 * std::sqrt(2.0) / 1.2533));
}

TEST_CASE("a step of rounding is no shift") {
  const Column rounded = curve(1000, [](double i) { return std::round(10 + i / 400) / 100; });
  CHECK(measure(Function::shift, rounded.window()).value() < 4);
}
