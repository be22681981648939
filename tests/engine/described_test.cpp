#include "engine/explain/described.hpp"

#include "tests/catch.hpp"
#include "tests/engine/lowered.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

constexpr auto text_of_rules = R"(
metric loss { aliases "loss" }
metric norm { aliases "norm" }
metric ratio { aliases "ratio" }
finding high_loss "The loss is high" { said "loss explodes" when last(loss) > 3 }
finding high_norm "The norm is high" { said "gradients explode" when last(norm) > 3 }
finding high_ratio "Norm and ratio are high" {
  said "gradients explode" when last(norm) > 3 and last(ratio) > 3
}
)";

Run run_with(const std::string& series, double last) {
  Run run;
  run.series = {{series, std::vector<double>{0, 1}, {1, last}, ""}};
  run.symptoms = {"the loss explodes", "my gradients explode", "the sky is blue"};
  return run;
}

std::vector<NotShown> found(const Knowledge& knowledge, const Run& run) {
  return not_shown(knowledge, run, diagnose(knowledge, run));
}

}  // namespace

TEST_CASE("what the user describes and the numbers contradict, or cannot show, is named") {
  const Knowledge knowledge = test::rules(text_of_rules);
  const std::vector<NotShown> missed = found(knowledge, run_with("loss", 1));
  REQUIRE(missed.size() == 2);
  CHECK(missed[0].symptom == "the loss explodes");
  CHECK(missed[0].finding == 0);
  CHECK(missed[0].reason == NotShown::Reason::not_seen);

  CHECK(missed[1].symptom == "my gradients explode");
  CHECK(missed[1].finding == 1);  // the one that lacks least
  CHECK(missed[1].reason == NotShown::Reason::not_measured);
  CHECK(missed[1].needed.metrics == std::vector<Index>{1});
}

TEST_CASE("what the run shows is not held against the user") {
  const Knowledge knowledge = test::rules(text_of_rules);
  const std::vector<NotShown> missed = found(knowledge, run_with("norm", 9));
  REQUIRE(missed.size() == 1);
  CHECK(missed[0].symptom == "the loss explodes");
  CHECK(missed[0].reason == NotShown::Reason::not_measured);
}
