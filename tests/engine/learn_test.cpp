#include <cmath>
#include <random>

#include "engine/learn/certainty.hpp"
#include "engine/learn/degrade.hpp"
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

std::vector<Outcome> outcomes(const Knowledge& knowledge, const std::vector<LabelledCase>& cases) {
  std::vector<Outcome> all;
  for (const LabelledCase& each : cases) {
    Diagnosis diagnosis;
    diagnosis.observations = each.observations;
    assess(knowledge, each.run, diagnosis);
    all.push_back(outcome(each, verdict(diagnosis)));
  }
  return all;
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

TEST_CASE("fitted knowledge is nearer to the truth of cases it has not seen") {
  const std::vector<LabelledCase> cases = drawn(truth(), 600, 2);
  const Knowledge learned = fitted(two_patterns(), drawn(truth(), 600, 1));
  const double before = reliability(outcomes(two_patterns(), cases)).brier;
  CHECK(reliability(outcomes(learned, cases)).brier < 0.95 * before);
}

namespace {

LabelledCase labelled(std::vector<Index> present, std::vector<Index> accepted = {}) {
  LabelledCase made;
  made.present = std::move(present);
  made.accepted = std::move(accepted);
  return made;
}

Verdict named(std::vector<Verdict::Named> named) {
  const bool said = !named.empty() && named.front().confidence >= likely_from;
  return {.status = said ? Status::diagnosed : Status::healthy, .named = std::move(named)};
}

}  // namespace

TEST_CASE("what is accepted is fair, and strictly not right") {
  const Outcome one = outcome(labelled({0}, {1}), named({{1, 0.8}, {0, 0.3}}));
  CHECK_FALSE(one.first);
  CHECK(one.first_fair);
  CHECK(one.three);
  CHECK(one.good);
  CHECK_FALSE(one.confident_and_wrong);
}

TEST_CASE("a right name below one half was not said") {
  const Outcome one = outcome(labelled({0}), named({{0, 0.4}}));
  CHECK(one.missed);
  CHECK_FALSE(one.first);
  CHECK_FALSE(one.good);
  CHECK(one.named->right);
}

TEST_CASE("of a healthy run no name is right, and a faint one is no alarm") {
  CHECK(outcome(labelled({}, {0}), named({{0, 0.6}})).false_alarm);
  CHECK_FALSE(outcome(labelled({}, {0}), named({{0, 0.6}})).named->right);
  CHECK(outcome(labelled({}), named({{0, 0.4}})).good);
  CHECK_FALSE(outcome(labelled({}), named({})).named);
}

TEST_CASE("a score counts what is right, missed and raised in vain") {
  const std::vector<LabelledCase> cases = {labelled({0}), labelled({1}), labelled({0}),
                                           labelled({}), labelled({})};
  const std::vector<Verdict> verdicts = {named({{0, 0.9}}), named({{0, 0.2}}), named({{1, 0.7}}),
                                         named({}), named({{0, 0.8}})};
  std::vector<Outcome> all;
  for (std::size_t i = 0; i < cases.size(); ++i) all.push_back(outcome(cases[i], verdicts[i]));
  const Score result = score(cases, all);
  CHECK(result.faulty == 3);
  CHECK(result.healthy == 2);
  CHECK(result.first == Approx(1.0 / 3));
  CHECK(result.missed == Approx(1.0 / 3));
  CHECK(result.confident_and_wrong == Approx(1.0 / 3));
  CHECK(result.false_alarms == 0.5);
  CHECK(result.reliability.cases == 4);
  CHECK(result.reliability.brier == Approx((0.01 + 0.04 + 0.49 + 0.64) / 4));
  CHECK(result.reliability.error == Approx((0.1 + 0.2 + 0.7 + 0.8) / 4));

  const std::vector<PatternScore> patterns = by_pattern(cases, verdicts);
  REQUIRE(patterns.size() == 2);
  CHECK(patterns[0].labelled == 2);
  CHECK(patterns[0].found == 1);
  CHECK(patterns[0].said == 2);  // one of them in vain
  CHECK(patterns[0].right == 1);

  const std::vector<Confusion> confused = confusion(cases, verdicts);
  REQUIRE(confused.size() == 5);
  CHECK_FALSE(confused[0].truth);
  CHECK_FALSE(confused[0].said);
  CHECK(confused[1].said == Index{0});
}

namespace {

LabelledCase long_run(const std::string& name) {
  LabelledCase made;
  made.name = made.group = name;
  made.run.config = {{"lr", 0.1}};
  for (const char* series : {"a", "b", "c", "d"}) {
    Series one;
    one.name = series;
    for (int step = 0; step <= 100; ++step) {
      one.steps.push_back(step);
      one.values.push_back(step);
    }
    made.run.series.push_back(one);
  }
  return made;
}

}  // namespace

TEST_CASE("a degraded copy lacks one thing and has the rest") {
  const LabelledCase whole = long_run("x");
  CHECK(degraded(whole, Lack::metrics).run.series.size() == 2);
  CHECK(degraded(whole, Lack::samples).run.series[0].steps ==
        std::vector<double>{0,  4,  8,  12, 16, 20, 24, 28, 32, 36, 40, 44, 48,
                            52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 96, 100});
  CHECK(degraded(whole, Lack::end).run.series[3].steps.back() == 60);
  CHECK(degraded(whole, Lack::settings).run.config.empty());
  CHECK(degraded(whole, Lack::settings).run.series.size() == 4);
}

TEST_CASE("the same case is degraded in the same way, others in others") {
  const auto kept = [](const std::string& name) {
    std::string names;
    for (const Series& series : degraded(long_run(name), Lack::metrics).run.series)
      names += series.name;
    return names;
  };
  CHECK(kept("x") == kept("x"));
  bool differs = false;
  for (const char* name : {"y", "z", "u", "v", "w"}) differs = differs || kept(name) != kept("x");
  CHECK(differs);
}

TEST_CASE("every case is followed by its copies, in its group") {
  const std::vector<LabelledCase> all = with_degraded({long_run("x"), long_run("y")});
  REQUIRE(all.size() == 10);
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i].group == (i < 5 ? "x" : "y"));
}

namespace {

/// `number` conclusions said with `confidence`, of which a share is right.
void add(std::vector<Outcome::First>& said, int number, double confidence, double right) {
  for (int i = 0; i < number; ++i) said.push_back({confidence, i < right * number});
}

}  // namespace

TEST_CASE("conclusions that are right more often than they say become surer") {
  std::vector<Outcome::First> said;
  add(said, 1000, 0.6, 0.8);
  add(said, 1000, 0.4, 0.2);
  // logit(0.8) / logit(0.6), but for the little that the authors' word weighs
  CHECK(fitted_certainty(said) == Approx(3.42).margin(0.05));
}

TEST_CASE("conclusions that are right less often than they say become less sure") {
  std::vector<Outcome::First> said;
  add(said, 1000, 0.95, 0.7);
  CHECK(fitted_certainty(said) == Approx(0.288).margin(0.01));
}

TEST_CASE("without conclusions, and with true ones, the authors' certainty stands") {
  CHECK(fitted_certainty({}) == Approx(1));
  std::vector<Outcome::First> said;
  add(said, 500, 0.8, 0.8);
  add(said, 500, 0.3, 0.3);
  CHECK(fitted_certainty(said) == Approx(1).margin(0.01));
}

TEST_CASE("a few right conclusions do not make the rest certain") {
  std::vector<Outcome::First> said;
  add(said, 5, 0.7, 1);
  CHECK(fitted_certainty(said) < 1.7);
}

TEST_CASE("a certainty is of the patterns it covers, and moves none across one half") {
  const Verdict verdict = named({{0, 0.7}, {1, 0.6}, {2, 0.2}});
  const Verdict surer = with_certainty(verdict, 2, {false, true, true});
  CHECK(surer.named[0].pattern == 0);
  CHECK(surer.named[0].confidence == 0.7);
  CHECK(surer.named[1].confidence == Approx(calibrated(0.6, 2)));
  CHECK(surer.named[2].confidence < 0.2);
  CHECK(with_certainty(verdict, 3, {false, true, true}).named[0].pattern == 1);
}
