#include "engine/match/percent.hpp"

#include <limits>
#include <string>
#include <vector>

#include "engine/diagnose.hpp"
#include "engine/match/bind.hpp"
#include "tests/catch.hpp"
#include "tests/engine/lowered.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

constexpr auto accuracies = R"(
metric accuracy[set] { kind fraction aliases "{set}_accuracy" }
metric ratio { kind count }
finding poor(set) "poor on {set}" { when max(accuracy[set]) < 0.6 }
)";

Series series_of(std::string name, std::vector<double> values) {
  Series series{std::move(name), {}, std::move(values), {}};
  for (std::size_t i = 0; i < series.values.size(); ++i)
    series.steps.push_back(static_cast<double>(i));
  return series;
}

Run run_of(std::vector<Series> series) {
  Run run;
  run.series = std::move(series);
  return run;
}

bool percent_where(std::vector<Series> series) {
  const Knowledge knowledge = test::rules(accuracies);
  const Run run = run_of(std::move(series));
  return in_percent(knowledge.metrics[0], bind(knowledge, run).metrics[0], run);
}

}  // namespace

TEST_CASE("a share is in percent where its values or its name say so") {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(percent_where({series_of("test_accuracy", {10, 55, nan})}));
  CHECK_FALSE(percent_where({series_of("test_accuracy", {0.1, 0.55, nan})}));
  CHECK_FALSE(percent_where({series_of("test_accuracy", {0.1, 1.05})}));  // rounded, averaged
  CHECK_FALSE(percent_where({series_of("test_accuracy", {-3, 55})}));     // no share at all
  CHECK_FALSE(percent_where({series_of("test_accuracy", {10, 550})}));
}

TEST_CASE("the members of a family are logged alike") {
  CHECK(percent_where({series_of("rare_accuracy", {0.5, 0.9}), series_of("test_accuracy", {55})}));
}

TEST_CASE("rules see a share, whatever was logged, and the report says so") {
  const Knowledge knowledge = test::rules(accuracies);
  for (const double top : {0.55, 55.0, 0.7, 70.0}) {
    const Run run = run_of({series_of("test_accuracy", {top / 2, top})});
    const Diagnosis diagnosis = diagnose(knowledge, run);
    const bool poor = top == 0.55 || top == 55;
    CHECK((diagnosis.observations.strongest[0].value() > 0.5) == poor);
    const bool said = !diagnosis.observations.notes.empty();
    CHECK(said == (top > 1));
  }
}
