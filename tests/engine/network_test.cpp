#include "engine/belief/network.hpp"

#include "engine/belief/tried.hpp"
#include "engine/match/words.hpp"
#include "tests/catch.hpp"
#include "tests/engine/made_knowledge.hpp"

using namespace fmx;
using namespace fmx::engine;
using namespace fmx::engine::test;

namespace {

/// P(pattern `cause` shows `finding`), by whatever way; 0 where it does not.
double link_to(const Network& network, std::size_t cause, std::size_t finding) {
  for (const auto& show : network.causes[cause].shows) {
    if (show.finding == finding) return show.probability;
  }
  return 0;
}

int group_of(const Network& network, std::size_t cause, std::size_t finding) {
  for (const auto& show : network.causes[cause].shows) {
    if (show.finding == finding) return show.group;
  }
  return -2;
}

}  // namespace

TEST_CASE("causes are patterns and signs are findings, at the same places") {
  Knowledge knowledge;
  knowledge.findings = {finding("a", 0.02), finding("b", 0.03)};
  knowledge.patterns = {pattern("p", 0.1, {link(1, 0.7)}), benign("q", 0.2)};
  knowledge.patterns[0].never = {link(0, 0.05)};
  const Network made = network(knowledge, Run{}, observed(knowledge, {Degree(0.3), unknown}));

  REQUIRE(made.causes.size() == 2);
  CHECK(made.causes[0].prior == Approx(0.1));
  CHECK_FALSE(made.causes[0].benign);
  CHECK(made.causes[1].benign);
  CHECK(link_to(made, 0, 1) == Approx(0.7));
  CHECK(made.causes[0].never.front().probability == 0.05);
  CHECK(made.signs[0].base == 0.02);
  CHECK(made.signs[0].degree == Degree(0.3));
  CHECK_FALSE(made.signs[1].degree.known());
}

TEST_CASE("needs and risks change a pattern's prior odds") {
  Knowledge knowledge;
  knowledge.patterns = {pattern("p", 0.2)};
  Observations observations = observed(knowledge, {});
  Circumstance& circumstance = observations.circumstances[0];

  SECTION("a need that is known not to hold rules it out") {
    circumstance.needs = not_seen;
    CHECK(network(knowledge, Run{}, observations).causes[0].prior == 0);
  }
  SECTION("a need that nobody knows changes nothing") {
    circumstance.needs = unknown;
    CHECK(network(knowledge, Run{}, observations).causes[0].prior == Approx(0.2));
  }
  SECTION("a need that half holds halves the odds") {
    circumstance.needs = Degree(0.5);
    CHECK(network(knowledge, Run{}, observations).causes[0].prior == Approx(0.125 / 1.125));
  }
  SECTION("risks multiply the odds") {
    circumstance.risk_factor = 4;
    CHECK(network(knowledge, Run{}, observations).causes[0].prior == Approx(0.5));
  }
}

TEST_CASE("a pattern shows what its consequences show") {
  Knowledge knowledge;
  knowledge.findings = {finding("own"), finding("shared"), finding("next"), finding("far"),
                        finding("too_far")};
  knowledge.patterns = {pattern("a", 0.1, {link(0, 0.9), link(1, 0.5)}),
                        pattern("b", 0.1, {link(1, 0.8), link(2, 0.8)}), pattern("c", 0.1),
                        pattern("d", 0.1, {link(3, 0.8)}), pattern("e", 0.1, {link(4, 0.8)})};
  knowledge.patterns[0].leads_to = {{1, 0.5}};
  knowledge.patterns[1].leads_to = {{2, 0.5}};
  knowledge.patterns[2].leads_to = {{3, 0.5}};
  knowledge.patterns[3].leads_to = {{4, 0.5}, {0, 0.9}};  // a circle
  const Network made =
      network(knowledge, Run{}, observed(knowledge, std::vector<Degree>(5, unknown)));

  CHECK(link_to(made, 0, 0) == Approx(0.9));
  CHECK(link_to(made, 0, 1) == Approx(1 - 0.5 * (1 - 0.5 * 0.8)));
  CHECK(link_to(made, 0, 2) == Approx(0.5 * 0.8));
  CHECK(link_to(made, 0, 3) == Approx(0.125 * 0.8));
  CHECK(link_to(made, 0, 4) == 0);
  CHECK(link_to(made, 3, 0) == Approx(0.9 * 0.9));
}

TEST_CASE("of several ways to one finding the strongest counts") {
  Knowledge knowledge;
  knowledge.findings = {finding("f")};
  knowledge.patterns = {pattern("a", 0.1), pattern("b", 0.1, {link(0, 0.6)}),
                        pattern("c", 0.1, {link(0, 0.9)})};
  knowledge.patterns[0].leads_to = {{1, 0.5}, {2, 0.5}};
  knowledge.patterns[1].leads_to = {{2, 0.9}};
  const Network made = network(knowledge, Run{}, observed(knowledge, {unknown}));
  CHECK(link_to(made, 0, 0) == Approx(0.5 * 0.9));
}

TEST_CASE("what is one of a consequence's signs stays one of them") {
  Knowledge knowledge;
  knowledge.findings = {finding("f"), finding("g"), finding("h")};
  knowledge.patterns = {pattern("a", 0.1, {link(0, 0.5, 0)}),
                        pattern("b", 0.1, {link(1, 0.9, 0), link(2, 0.9, 0)})};
  knowledge.patterns[0].leads_to = {{1, 0.5}};
  const Network made =
      network(knowledge, Run{}, observed(knowledge, std::vector<Degree>(3, unknown)));
  CHECK(group_of(made, 0, 1) == group_of(made, 0, 2));
  CHECK(group_of(made, 0, 1) >= 0);
  CHECK(group_of(made, 0, 1) != group_of(made, 0, 0));
}

TEST_CASE("a user's words speak for a finding that the run leaves open") {
  Knowledge knowledge;
  knowledge.findings = {finding("diverges")};
  knowledge.findings[0].said = {"loss explodes"};
  Run run;
  run.symptoms = {"At epoch 7 the Loss -- EXPLODES!"};

  CHECK(network(knowledge, run, observed(knowledge, {unknown})).signs[0].degree == Degree(0.7));

  SECTION("but what was measured stands") {
    CHECK(network(knowledge, run, observed(knowledge, {not_seen})).signs[0].degree == not_seen);
  }
  SECTION("and it is known which words do") {
    CHECK(is_understood(knowledge, run.symptoms.front()));
    CHECK_FALSE(is_understood(knowledge, "the loss is flat"));
  }
  SECTION("and other words say nothing") {
    run.symptoms = {"the loss", "explodes", "glosses explode"};
    CHECK_FALSE(network(knowledge, run, observed(knowledge, {unknown})).signs[0].degree.known());
  }
}

TEST_CASE("what words alone speak for is said as it comes out, whatever labelled runs have shown") {
  Knowledge knowledge;
  knowledge.findings = {finding("explodes"), finding("norm_high")};
  knowledge.findings[0].said = {"loss explodes"};
  knowledge.patterns = {pattern("p", 0.05, {link(0, 0.8), link(1, 0.8)}), pattern("q", 0.05)};
  for (Pattern& each : knowledge.patterns) each.certainty = 2.5;
  Run run;
  run.symptoms = {"the loss explodes"};

  const Network by_words = network(knowledge, run, observed(knowledge, {unknown, unknown}));
  CHECK(believe(by_words).posteriors[0].probability > 0.08);
  CHECK(by_words.causes[0].certainty == 1);
  CHECK(by_words.causes[1].certainty == 2.5);

  SECTION("but not once something was seen") {
    CHECK(network(knowledge, run, observed(knowledge, {unknown, seen})).causes[0].certainty == 2.5);
  }
}

TEST_CASE("a fix tried without success counts against what it cures") {
  Knowledge knowledge;
  knowledge.patterns = {pattern("p", 0.5), pattern("q", 0.5)};
  knowledge.fixes = {fix("clip_gradients", {{0, 0.8}})};
  const Observations nothing = observed(knowledge, {});
  const auto prior_after = [&](const std::vector<Tried>& tried) {
    Run run;
    run.tried = tried;
    const Network made = network(knowledge, run, nothing);
    CHECK(made.causes[1].prior == Approx(0.5));
    return made.causes[0].prior;
  };

  CHECK(prior_after({{"clip_gradients", "no_change"}}) == Approx(0.2 / 1.2));
  CHECK(prior_after({{"made.clip_gradients", "worse"}}) == Approx(0.2 / 1.2));
  CHECK(prior_after({{"gradient clipping at 1.0", ""}}) == Approx(0.2 / 1.2));
  CHECK(prior_after({{"clip_gradients", "no_change"}, {"Clip gradients", ""}}) ==
        Approx(0.2 / 1.2));
  CHECK(prior_after({{"clip_gradients", "better"}}) == Approx(0.5));
  CHECK(prior_after({{"prayer", "no_change"}}) == Approx(0.5));
}

TEST_CASE("an attempt in words is the fix with the most of its words") {
  Knowledge knowledge;
  knowledge.fixes = {fix("lower_learning_rate", {}), fix("lower_rate", {})};
  Run run;
  run.tried = {{"lowered the learning rate to 1e-4", ""}, {"learning curves", ""}};
  const std::vector<Attempt> found = attempts(knowledge, run);
  REQUIRE(found.size() == 1);
  CHECK(found[0].fix == 0);
}

TEST_CASE("forms of a word are akin, other words are not") {
  CHECK(akin("clip", "clipping"));
  CHECK(akin("gradients", "gradient"));
  CHECK(akin("reduce", "reducing"));
  CHECK_FALSE(akin("rate", "ratio"));
  CHECK_FALSE(akin("lr", "lrs"));
  CHECK(words("Loss/train, 2.5e-3 überall") ==
        std::vector<std::string>{"loss", "train", "2", "5e", "3", "überall"});
}
