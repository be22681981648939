#include "dsl/lower.hpp"

#include "tests/catch.hpp"
#include "tests/dsl/lowered.hpp"

using namespace fmx;
using namespace fmx::dsl;

namespace {

const std::string small_pack = R"(
pack ml.small
metric train_loss { title "training loss"  better lower  aliases "loss", "Loss/train" }
metric grad_norm[module] { aliases "gradients/{module}/norm" }
param learning_rate { aliases "lr" }
finding loss_diverges "The loss climbs" {
  let smooth_loss = smooth(train_loss, 2%)
  when last(smooth_loss) / min(smooth_loss) above 1.5 .. 4 and slope(smooth_loss over last 20%) > 0
  since argmin(smooth_loss)
  said "loss explodes"
}
finding spike[module] "Spikes in {module}" {
  when count(spikes(grad_norm[module], 6 mad)) > 0
  base 0.5%
  evidence circumstantial
}
pattern lr_too_high "Learning rate too high" {
  severity critical because "the run is lost"
  prior 6%
  risk learning_rate above 1e-3 .. 1e-2 : 4x
  shows loss_diverges 70%
  shows one of { spike 40%, loss_diverges_too 30% }
  never calm
}
finding loss_diverges_too "also" { when last(train_loss) > 10 }
finding calm "calm" { when last(train_loss) < 1 }
fix lower_lr "Lower the rate" {
  cures lr_too_high 85%
  change learning_rate to learning_rate / 3
  effort 2 min
  verify within 500 steps { slope(train_loss) < 0 }
}
test "a loss that climbs" {
  given train_loss = 2 -> 0.5 over 100 steps, 0.5 -> 3 over 50 steps, noise 1%
  given learning_rate = 0.1
  expect lr_too_high first, confidence above 60%
  expect not lr_too_high
}
)";

}  // namespace

TEST_CASE("a small pack is lowered whole") {
  const Lowered result = lowered(small_pack);
  INFO(shown(result));
  REQUIRE(result.diagnostics.empty());
  const Knowledge& k = result.knowledge;

  REQUIRE(k.findings.size() == 4);
  const Finding* diverges = find(k.findings, "loss_diverges");
  REQUIRE(diverges != nullptr);
  CHECK(diverges->id == "ml.small.loss_diverges");
  CHECK(diverges->base == 0.01);
  CHECK(diverges->direct);
  CHECK(diverges->when.type == Type::degree);
  REQUIRE(diverges->since);
  CHECK(diverges->since->type == Type::time);
  CHECK(diverges->said == std::vector<std::string>{"loss explodes"});

  const Pattern& pattern = k.patterns.at(0);
  CHECK(pattern.prior == 0.06);
  CHECK(pattern.impact == Impact::critical);
  CHECK(pattern.impact_because == "the run is lost");
  REQUIRE(pattern.shows.size() == 3);
  CHECK(k.findings.at(pattern.shows[0].finding).name == "loss_diverges");
  CHECK(pattern.shows[0].group == -1);
  CHECK(pattern.shows[1].group == pattern.shows[2].group);
  REQUIRE(pattern.never.size() == 1);
  CHECK(pattern.never[0].probability == 0.01);
  REQUIRE(pattern.risks.size() == 1);
  CHECK(pattern.risks[0].factor == 4);

  const Fix& fix = k.fixes.at(0);
  CHECK(fix.effort_minutes == 2);
  REQUIRE(fix.verify_within);
  CHECK(*fix.verify_within == Quantity{500, Unit::steps});
  CHECK(fix.changes.at(0).to.op == Operator::divide);

  const Test& test = k.tests.at(0);
  REQUIRE(test.given.size() == 2);
  CHECK(test.given[0].shape.parts.size() == 2);
  CHECK(test.given[0].shape.noise == 0.01);
  CHECK(test.given[1].number == 0.1);
  REQUIRE(test.expect.size() == 2);
  CHECK(test.expect[0].first);
  CHECK(test.expect[0].above == 0.6);
  CHECK(test.expect[1].negated);
}
