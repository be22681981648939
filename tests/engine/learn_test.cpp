#include <cmath>
#include <random>

#include "engine/learn/fit.hpp"
#include "engine/learn/score.hpp"
#include "tests/catch.hpp"
#include "tests/engine/made_knowledge.hpp"

using namespace fmx;
using namespace fmx::engine;
using namespace fmx::engine::test;

namespace {

/// Two patterns; p shows a and b, q shows b and c.
Knowledge two_patterns() {
  Knowledge knowledge;
  knowledge.findings = {finding("a", 0.05), finding("b", 0.05), finding("c", 0.05)};
  knowledge.patterns = {pattern("p", 0.2, {link(0, 0.5), link(1, 0.5)}),
                        pattern("q", 0.2, {link(1, 0.5), link(2, 0.5)})};
  return knowledge;
}

/// What the world is really like, against which the authors' figures may be off.
Knowledge truth() {
  Knowledge knowledge = two_patterns();
  knowledge.findings[0].base = 0.2;
  knowledge.patterns[0].shows[0].probability = 0.95;
  knowledge.patterns[0].shows[1].probability = 0.1;
  knowledge.patterns[1].shows[0].probability = 0.9;
  knowledge.patterns[0].prior = 0.4;
  return knowledge;
}

/// Cases drawn from `world`, in which at most one pattern holds.
std::vector<LabelledCase> drawn(const Knowledge& world, int number, unsigned seed = 1) {
  std::mt19937 random(seed);
  const auto happens = [&](double p) {
    return static_cast<double>(random()) < p * static_cast<double>(std::mt19937::max());
  };
  std::vector<LabelledCase> cases;
  for (int n = 0; n < number; ++n) {
    LabelledCase made;
    made.name = std::to_string(n);
    for (Index i = 0; i < world.patterns.size(); ++i) {
      if (made.present.empty() && happens(world.patterns[i].prior)) made.present = {i};
    }
    std::vector<Degree> degrees;
    for (Index f = 0; f < world.findings.size(); ++f) {
      double unseen = 1 - world.findings[f].base;
      for (const Index i : made.present) {
        for (const Link& link : world.patterns[i].shows) {
          if (link.finding == f) unseen *= 1 - link.probability;
        }
      }
      degrees.push_back(happens(0.1) ? unknown : Degree(happens(1 - unseen) ? 1.0 : 0.0));
    }
    made.observations = observed(world, degrees);
    cases.push_back(std::move(made));
  }
  return cases;
}

}  // namespace

TEST_CASE("without cases the authors' figures stand") {
  const Knowledge knowledge = two_patterns();
  CHECK(changed_figures(knowledge, fitted(knowledge, {})).empty());
}

TEST_CASE("with many cases figures become what the world is like") {
  const Knowledge world = truth();
  const Knowledge learned = fitted(two_patterns(), drawn(world, 4000));
  CHECK(learned.findings[0].base == Approx(0.2).margin(0.02));
  CHECK(learned.patterns[0].shows[0].probability == Approx(0.95).margin(0.03));
  CHECK(learned.patterns[0].shows[1].probability == Approx(0.1).margin(0.03));
  CHECK(learned.patterns[1].shows[0].probability == Approx(0.9).margin(0.03));
  CHECK(learned.patterns[0].prior == Approx(0.4).margin(0.03));
}

TEST_CASE("with few cases the authors decide") {
  const Knowledge knowledge = two_patterns();
  const Knowledge learned = fitted(knowledge, drawn(truth(), 5));
  CHECK(learned.findings[0].base == Approx(knowledge.findings[0].base).margin(0.1));
  CHECK(learned.patterns[0].prior == Approx(knowledge.patterns[0].prior).margin(0.1));
}

TEST_CASE("an authored figure counts as so many cases") {
  Knowledge knowledge;
  knowledge.findings = {finding("a", 0.2)};
  LabelledCase healthy;
  healthy.observations = observed(knowledge, {seen});
  const std::vector<LabelledCase> cases(10, healthy);
  CHECK(fitted(knowledge, cases, {.base = 30}).findings[0].base == Approx((30 * 0.2 + 10) / 40));
}

TEST_CASE("a risk is learned beside the prior") {
  Knowledge knowledge;
  knowledge.patterns = {pattern("p", 0.2)};
  knowledge.patterns[0].risks = {{.when = {}, .factor = 1, .span = {}}};
  std::vector<LabelledCase> cases;
  for (int n = 0; n < 4000; ++n) {
    LabelledCase made;
    const bool risky = n % 2 == 0;
    made.observations = observed(knowledge, {});
    made.observations.circumstances[0].risks = {
        {.risk = 0, .degree = Degree(risky ? 1.0 : 0.0), .readings = {}}};
    if (n % 10 == 1 || (risky && n % 20 < 10))
      made.present = {0};  // a half of those at risk, a fifth of the others
    cases.push_back(std::move(made));
  }
  const Pattern learned = fitted(knowledge, cases).patterns[0];
  CHECK(learned.prior == Approx(0.2).margin(0.03));
  CHECK(learned.risks[0].factor == Approx(4).margin(0.3));
}

TEST_CASE("what is merely accepted counts neither way") {
  const Knowledge knowledge = two_patterns();
  std::vector<LabelledCase> cases = drawn(truth(), 200);
  for (LabelledCase& each : cases) each.present.clear(), each.accepted = {0, 1};
  CHECK(changed_figures(knowledge, fitted(knowledge, cases)).empty());
}

TEST_CASE("figures that changed are listed with both values") {
  Knowledge before = two_patterns(), after = before;
  after.patterns[1].shows[1].probability = 0.7;
  after.findings[2].base = 0.01;
  const std::vector<FittedFigure> changed = changed_figures(before, after);
  REQUIRE(changed.size() == 2);
  CHECK(changed[0].kind == FittedFigure::Kind::base);
  CHECK(changed[1].kind == FittedFigure::Kind::link);
  CHECK(changed[1].finding == 2);
  CHECK(changed[1].authored == 0.5);
  CHECK(changed[1].fitted == 0.7);
}

TEST_CASE("fitted knowledge is less surprised by cases it has not seen") {
  const std::vector<LabelledCase> cases = drawn(truth(), 600);
  const Score before = score(cases, judged(two_patterns(), cases));
  const Score after = score(cases, cross_validated(two_patterns(), cases, 5));
  CHECK(after.surprise < 0.95 * before.surprise);
  CHECK(after.brier < before.brier);
}

TEST_CASE("a score counts what is right, missed and raised in vain") {
  const Knowledge knowledge = two_patterns();
  LabelledCase p;
  p.observations = observed(knowledge, {seen, seen, not_seen});
  p.present = {0};
  LabelledCase q_that_shows_nothing;
  q_that_shows_nothing.observations = observed(knowledge, {not_seen, not_seen, not_seen});
  q_that_shows_nothing.present = {1};
  LabelledCase healthy = q_that_shows_nothing;
  healthy.present.clear();
  LabelledCase healthy_but_odd = p;
  healthy_but_odd.present.clear();

  const std::vector<LabelledCase> cases = {p, q_that_shows_nothing, healthy, healthy_but_odd};
  const Score result = score(cases, judged(knowledge, cases));
  CHECK(result.faulty == 2);
  CHECK(result.healthy == 2);
  CHECK(result.first == 0.5);
  CHECK(result.missed == 0.5);
  CHECK(result.false_alarms == 0.5);
}
