#include "engine/match/clock.hpp"

#include "tests/catch.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

Run run_with(std::string name, std::vector<double> steps, std::vector<double> values) {
  Run run;
  run.series.push_back({std::move(name), std::move(steps), std::move(values), "log"});
  return run;
}

}  // namespace

TEST_CASE("a clock goes straight between its samples, and on as steep as on the whole") {
  const Clock clock({10, 20, 40}, {1, 2, 3});  // 2 counts in 30 steps
  CHECK(clock.at(10) == 1);
  CHECK(clock.at(15) == 1.5);
  CHECK(clock.at(30) == 2.5);
  CHECK(clock.at(70) == Approx(5));
  CHECK(clock.at(-5) == Approx(0));
  CHECK(clock.first_step_at(2.5) == 30);
  CHECK(clock.last_step_at(5) == Approx(70));
  CHECK(clock.steps_from(15, 1) == 15);  // from 1.5 to 2.5
}

TEST_CASE("while a clock stands still, a count begins at its first step and ends at its last") {
  const Clock clock({0, 1, 2, 3, 4, 5}, {0, 0, 1, 1, 2, 2});
  CHECK(clock.first_step_at(1) == 2);
  CHECK(clock.last_step_at(1) == 3);
  CHECK(clock.first_step_at(0) == 0);
  CHECK(clock.last_step_at(0) == 1);
}

TEST_CASE("steps are their own clock") {
  const auto steps = clock_of(Unit::steps, Run(), Knowledge(), Binding());
  REQUIRE(steps);
  CHECK(steps->at(7) == 7);
  CHECK(steps->last_step_at(7) == 7);
}

TEST_CASE("epochs are counted by the steps, or by the series called so") {
  Run by_steps;
  by_steps.step_name = "epoch";
  CHECK(clock_of(Unit::epochs, by_steps, Knowledge(), Binding())->at(3) == 3);

  const Run by_series = run_with("epoch", {0, 100, 200}, {0, 1, 2});
  CHECK(clock_of(Unit::epochs, by_series, Knowledge(), Binding())->at(150) == 1.5);
  CHECK_FALSE(clock_of(Unit::tokens, by_series, Knowledge(), Binding()));
}

TEST_CASE("tokens are counted by a counter that is declared so") {
  Knowledge knowledge;
  Metric& tokens = knowledge.metrics.emplace_back();
  tokens.unit = "tokens";
  Binding binding{
      .metrics = {{{.labels = {}, .series = 0, .alias = {}}}}, .params = {}, .unused = {}};
  const Run run = run_with("seen", {0, 10}, {0, 5000});
  CHECK_FALSE(clock_of(Unit::tokens, run, knowledge, binding));
  tokens.kind = Quality::counter;
  CHECK(clock_of(Unit::tokens, run, knowledge, binding)->at(5) == 2500);
}

TEST_CASE("what never rises counts nothing; what falls counts no less than before") {
  CHECK_FALSE(clock_of(Unit::seconds, run_with("time", {0, 1}, {4, 4}), Knowledge(), Binding()));
  CHECK_FALSE(clock_of(Unit::seconds, run_with("time", {0}, {4}), Knowledge(), Binding()));
  const Run again = run_with("time", {0, 1, 2, 3}, {0, 60, 0, 120});
  CHECK(clock_of(Unit::seconds, again, Knowledge(), Binding())->at(2) == 60);
}
