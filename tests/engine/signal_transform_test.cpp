#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

using namespace made_up;
using fmx::Function;
using fmx::engine::transform;
using Values = std::vector<double>;

TEST_CASE("a series is made of the finite samples, at their steps") {
  const Column x = series({4, not_a_number, 1, 3, infinite, 2});
  const Values steps{0, 2, 3, 5};

  const Column lowest = transform(Function::running_min, x.window());
  CHECK(lowest.steps == steps);
  CHECK(lowest.values == Values{4, 1, 1, 1});
  CHECK(transform(Function::running_max, x.window()).values == Values{4, 4, 4, 4});
  CHECK(transform(Function::finite_only, x.window()).steps == steps);
  CHECK(transform(Function::finite_only, x.window()).values == Values{4, 1, 3, 2});

  const Column difference = transform(Function::diff, x.window());
  CHECK(difference.steps == Values{2, 3, 5});
  CHECK(difference.values == Values{-3, 2, -1});
}

TEST_CASE("only what lies above 0 is kept") {
  const Column kept =
      transform(Function::positive_only, series({1, 0, -2, not_a_number, 3}).window());
  CHECK(kept.steps == Values{0, 4});
  CHECK(kept.values == Values{1, 3});
}

TEST_CASE("smoothing goes over a share of the samples, at least 3") {
  const Column x = series({0, 3, 0, 3, 0, 9});
  CHECK(transform(Function::smooth, x.window(), 0.05).values == Values{1.5, 1, 2, 1, 4, 4.5});
  CHECK(transform(Function::smooth_median, x.window(), 0.05).values ==
        Values{1.5, 0, 3, 0, 3, 4.5});
  // floor(0.9 * 6 / 2) = 2 on either side
  CHECK(transform(Function::smooth_median, x.window(), 0.9).values == Values{0, 1.5, 0, 3, 1.5, 3});
}

TEST_CASE("of nothing nothing is made") {
  for (const Function function :
       {Function::smooth, Function::smooth_median, Function::diff, Function::running_min,
        Function::running_max, Function::finite_only, Function::positive_only}) {
    CHECK(transform(function, Column{}.window(), 0.05).steps.empty());
    CHECK(transform(function, series({not_a_number}).window(), 0.05).steps.empty());
  }
  CHECK(transform(Function::diff, series({1}).window()).steps.empty());
}
