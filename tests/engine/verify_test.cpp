#include "engine/plan/verify.hpp"

#include <map>

#include "tests/catch.hpp"
#include "tests/engine/lowered.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

constexpr auto text_of_rules = R"(
metric loss { aliases "loss" }
finding high "The loss is high" { when last(loss) > 5 base 1% }
pattern hot "Hot" { severity high prior 20% shows high 90% }
fix cool "Cool down" {
  cures hot 80%
  why "it is hot"
  effort 5 min
  risk low because "it can be undone"
  verify within 50 steps { last(loss) < 3 }
}
)";

/// By series, the value at each of so many steps.
using Course = std::map<std::string, double (*)(int)>;

Run run(const Course& course, int steps, int first = 0) {
  Run made;
  for (const auto& [name, value] : course) {
    Series series{name, {}, {}, ""};
    std::vector<double> at;
    for (int step = first; step < steps; ++step) {
      at.push_back(step);
      series.values.push_back(value(step));
    }
    series.steps = std::move(at);
    made.series.push_back(std::move(series));
  }
  return made;
}

double high(int) { return 9; }
double low(int) { return 2; }
double low_for_long(int step) { return step < 100 ? 2 : 9; }
double mended_at_80(int step) { return step < 80 ? 9 : 2; }
double scale(int step) { return step < 80 ? 65536 : 32768; }
double steady_scale(int) { return 65536; }

Verification judged(const Run& old, const Run& now) {
  const Knowledge knowledge = test::rules(text_of_rules);
  return verify(knowledge, old, diagnose(knowledge, old), now, 0);
}

}  // namespace

TEST_CASE("a fresh run is judged from its first step, also where one series begins as it did") {
  const Run old = run({{"loss", high}, {"loss_scale", scale}}, 100);
  const Verification alone = judged(run({{"loss", high}}, 100), run({{"loss", low}}, 100));
  const Verification result = judged(old, run({{"loss", low}, {"loss_scale", steady_scale}}, 100));
  CHECK(result.first_step == 0);
  CHECK(result.last_step == 50);
  CHECK(result.answer == Answer::helped);
  CHECK(alone.answer == Answer::helped);
  CHECK(alone.first_step == result.first_step);

  SECTION("so what comes after the clause's time does not count against it") {
    const Run later = run({{"loss", low_for_long}, {"loss_scale", steady_scale}}, 120);
    CHECK(judged(old, later).last_step == 50);
    REQUIRE(judged(old, later).clause);
    CHECK(judged(old, later).clause->degree == Degree(1.0));
  }
}

TEST_CASE("a run that went on from a checkpoint is judged from where it parts from the old one") {
  const Run old = run({{"loss", high}, {"loss_scale", steady_scale}}, 100);
  const Run now = run({{"loss", mended_at_80}, {"loss_scale", steady_scale}}, 140);
  CHECK(judged(old, now).first_step == 80);
  CHECK(judged(old, now).last_step == 130);
  CHECK(judged(old, now).answer == Answer::helped);

  SECTION("also where its log begins there") {
    CHECK(judged(old, run({{"loss", mended_at_80}}, 140, 80)).first_step == 80);
  }
  SECTION("the same run tells nothing") { CHECK(judged(old, old).answer == Answer::undecided); }
}
