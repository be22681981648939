#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

using namespace made_up;
using fmx::Function;
using fmx::Unknown;
using fmx::engine::align;
using fmx::engine::Aligned;
using fmx::engine::measure;
using Values = std::vector<double>;

TEST_CASE("series meet on the steps of the sparser one, the other as it last stood") {
  const Column dense = series({10, 11, 12, 13, 14, 15});
  const Column sparse{{-1, 0, 2.5, 9}, {1, 2, 3, 4}};
  const Aligned both = align(dense.window(), sparse.window());
  CHECK(both.steps == Values{0, 2.5, 9});
  CHECK(both.x == Values{10, 12, 15});
  CHECK(both.y == Values{2, 3, 4});

  const Aligned swapped = align(sparse.window(), dense.window());
  CHECK(swapped.steps == both.steps);
  CHECK(swapped.x == both.y);
  CHECK(swapped.y == both.x);
}

TEST_CASE("series on the same steps keep every sample, NaN too") {
  const Aligned both =
      align(series({1, not_a_number, 3}).window(), series({4, 5, infinite}).window());
  CHECK(both.steps == Values{0, 1, 2});
  CHECK(std::isnan(both.x[1]));
  CHECK(both.y == Values{4, 5, infinite});
  CHECK(align(Column{}.window(), series({1}).window()).steps.empty());
}

TEST_CASE("rank correlation has its textbook values") {
  // ranks 1 2 3 4 5 against 2 1 4 3 5: 1 - 6 * 4 / (5 * 24)
  const auto rho = measure(Function::correlation, series({1, 2, 3, 4, 5}).window(),
                           series({20, 10, 400, 30, 50000}).window());
  CHECK(rho.value() == Approx(0.8));
}

TEST_CASE("rank correlation knows only order") {
  const Column x = white_noise(2000, 1);
  Column y = x;
  for (double& value : y.values) value = std::exp(3 * value);
  CHECK(measure(Function::correlation, x.window(), y.window()).value() == Approx(1));
  for (double& value : y.values) value = -value;
  CHECK(measure(Function::correlation, x.window(), y.window()).value() == Approx(-1));
  CHECK(
      std::abs(measure(Function::correlation, x.window(), white_noise(2000, 2).window()).value()) <
      0.1);
}

TEST_CASE("equal values share their ranks") {
  // ranks 1.5 1.5 3.5 3.5 against 1 2 3 4: both 4, squares 4 and 5
  const auto rho =
      measure(Function::correlation, series({0, 0, 1, 1}).window(), series({1, 2, 3, 4}).window());
  CHECK(rho.value() == Approx(4 / std::sqrt(20.0)));
  CHECK(measure(Function::correlation, series({1, 1, 1}).window(), series({1, 2, 3}).window())
            .reason() == Unknown::undefined);
}

TEST_CASE("lag finds by how many steps one series follows another") {
  const auto shift = GENERATE(-30, -1, 0, 1, 17);
  const auto n = GENERATE(200u, 1000u);
  CAPTURE(shift, n);
  const Column noise = white_noise(n + 100, 9);
  Column x, y;
  for (std::size_t i = 0; i < n; ++i) {
    x.steps.push_back(10.0 * static_cast<double>(i));
    y.steps.push_back(10.0 * static_cast<double>(i));
    x.values.push_back(noise.values[i + 50] + 0.01 * static_cast<double>(i));
    y.values.push_back(5 - 3 * noise.values[i + 50 - static_cast<std::size_t>(shift + 50) + 50]);
  }
  CHECK(measure(Function::lag, x.window(), y.window()).value() == Approx(10 * shift));
  CHECK(measure(Function::lag, y.window(), x.window()).value() == Approx(-10 * shift));
}

TEST_CASE("two series need samples in common to be compared") {
  const Column x = white_noise(20, 1);
  const Column later{{100, 101, 102}, {1, 2, 3}};
  CHECK(measure(Function::correlation, x.window(), Column{}.window()).reason() ==
        Unknown::empty_window);
  CHECK(measure(Function::correlation, x.window(), series({not_a_number, not_a_number}).window())
            .reason() == Unknown::only_nonfinite);
  CHECK(measure(Function::lag, x.window(), later.window()).reason() == Unknown::too_few_samples);
  const Column line = curve(20, [](double i) { return 0.3 * i; });
  CHECK(measure(Function::lag, x.window(), line.window()).reason() == Unknown::undefined);
}
