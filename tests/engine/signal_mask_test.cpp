#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

using namespace made_up;
using fmx::Function;
using fmx::Unknown;
using fmx::engine::measure_mask;

namespace {

double value(Function function, const Column& mask) {
  return measure_mask(function, mask.window()).value();
}

}  // namespace

TEST_CASE("a mask is measured where it has an answer") {
  const Column mask{{0, 10, 20, 30, 40, 100, 200}, {0, 1, not_a_number, 1, 1, 0, 1}};
  CHECK(value(Function::count, mask) == 4);
  CHECK(value(Function::share, mask) == Approx(4.0 / 6));
  CHECK(value(Function::longest, mask) == 3);
  CHECK(value(Function::longest_share, mask) == 0.5);
  CHECK(value(Function::duration, mask) == 30);
  CHECK(value(Function::first_time, mask) == 10);
  CHECK(value(Function::last_time, mask) == 200);
}

TEST_CASE("the stretch of most samples need not be the one of most steps") {
  const Column mask{{0, 1, 2, 3, 100, 200}, {1, 1, 1, 0, 1, 1}};
  CHECK(value(Function::longest, mask) == 3);
  CHECK(value(Function::duration, mask) == 100);
}

TEST_CASE("a mask that never holds has no times, but lengths of 0") {
  const Column mask = series({0, 0, 0});
  CHECK(value(Function::count, mask) == 0);
  CHECK(value(Function::duration, mask) == 0);
  CHECK(measure_mask(Function::first_time, mask.window()).reason() == Unknown::no_such_time);
  CHECK(measure_mask(Function::last_time, mask.window()).reason() == Unknown::no_such_time);
  CHECK(measure_mask(Function::count, Column{}.window()).reason() == Unknown::empty_window);
  CHECK(measure_mask(Function::share, series({not_a_number}).window()).reason() ==
        Unknown::only_nonfinite);
}
