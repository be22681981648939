#include <algorithm>

#include "engine/signal/smooth.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

using namespace made_up;
using fmx::engine::signal::Ends;
using fmx::engine::signal::running_mean;
using fmx::engine::signal::running_median;

namespace {

std::vector<double> around(const std::vector<double>& x, std::size_t i, std::size_t half,
                           Ends ends) {
  std::size_t before = std::min(half, i), after = std::min(half, x.size() - 1 - i);
  if (ends == Ends::shrink) before = after = std::min(before, after);
  return {x.begin() + static_cast<std::ptrdiff_t>(i - before),
          x.begin() + static_cast<std::ptrdiff_t>(i + after + 1)};
}

double sorted_median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return (x[(x.size() - 1) / 2] + x[x.size() / 2]) / 2;
}

double plain_mean(const std::vector<double>& x) {
  double sum = 0;
  for (const double value : x) sum += value;
  return sum / static_cast<double>(x.size());
}

}  // namespace

TEST_CASE("a running median is the median of every window") {
  const auto half = GENERATE(1u, 2u, 15u, 50u, 51u, 200u, 1000u);
  const auto n = GENERATE(1u, 2u, 3u, 30u, 64u, 700u, 1500u);
  const auto ends = GENERATE(Ends::cut, Ends::shrink);
  CAPTURE(half, n, ends);
  const std::vector<double> x = white_noise(n, 7).values;
  const std::vector<double> medians = running_median(x, half, ends);
  REQUIRE(medians.size() == n);
  for (std::size_t i = 0; i < n; ++i) {
    if (medians[i] != Approx(sorted_median(around(x, i, half, ends)))) {
      FAIL("differs at sample " << i);
    }
  }
}

TEST_CASE("a running median is the same where one chunk of the series meets the next") {
  const auto half = GENERATE(15u, 2000u);
  const auto x = white_noise(40000, 8).values;
  const auto medians = running_median(x, half, Ends::cut);
  for (std::size_t i = 8; i < x.size(); i += 331) {
    if (medians[i] != sorted_median(around(x, i, half, Ends::cut))) FAIL("differs at " << i);
  }
  for (std::size_t i = 8192 - 20; half == 15 && i < 8192 + 20; ++i) {
    if (medians[i] != sorted_median(around(x, i, half, Ends::cut))) FAIL("differs at " << i);
  }
  SUCCEED();
}

TEST_CASE("equal samples do not confuse a running median") {
  const auto half = GENERATE(5u, 80u);
  Noise noise(3);
  const auto x = curve(600, [&](double) { return static_cast<double>(noise.below(3)); }).values;
  const auto medians = running_median(x, half, Ends::cut);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (medians[i] != sorted_median(around(x, i, half, Ends::cut))) FAIL("differs at " << i);
  }
  SUCCEED();
}

TEST_CASE("a running mean is the mean of every window") {
  const auto half = GENERATE(1u, 2u, 15u, 100u, 1000u);
  const auto n = GENERATE(1u, 2u, 3u, 30u, 700u);
  CAPTURE(half, n);
  const auto x = white_noise(n, 11).values;
  const auto means = running_mean(x, half);
  REQUIRE(means.size() == n);
  for (std::size_t i = 0; i < n; ++i) {
    CHECK(means[i] == Approx(plain_mean(around(x, i, half, Ends::cut))).margin(1e-12));
  }
}

TEST_CASE("a huge sample leaves no error in the running mean behind it") {
  auto x = curve(200, [](double) { return 1e-6; }).values;
  x[20] = 1e18;
  const auto means = running_mean(x, 3);
  CHECK(means[20] == Approx(1e18 / 7));
  for (std::size_t i = 24; i < 200; ++i) CHECK(means[i] == 1e-6);
}

TEST_CASE("the running mean of a constant is that constant, to the last bit") {
  const auto half = GENERATE(1u, 3u, 40u);
  const auto means = running_mean(std::vector<double>(100, 0.1), half);
  CHECK(std::ranges::all_of(means, [](double mean) { return mean == 0.1; }));
}

TEST_CASE("a curve that only falls is its own running median where windows shrink") {
  const auto x = curve(300, [](double i) { return std::exp(-i / 30); }).values;
  CHECK(running_median(x, 15, Ends::shrink) == x);
  CHECK(running_median(x, 75, Ends::shrink) == x);
}
