#include "engine/plan/plan.hpp"

#include <algorithm>
#include <cmath>

#include "engine/belief/network.hpp"
#include "tests/catch.hpp"
#include "tests/engine/made_knowledge.hpp"

using namespace fmx;
using namespace fmx::engine;
using namespace fmx::engine::test;

namespace {

/// A run in which finding i has degree `degrees[i]`, and what there is to do about it.
struct Case {
  Knowledge knowledge;
  Run run;
  std::vector<Degree> degrees;

  Plan planned() const {
    Binding binding;
    for (const Param& param : knowledge.params) {
      const bool set = run.config.contains(param.name);
      binding.params.push_back(set ? std::optional(param.name) : std::nullopt);
    }
    const Observations observations = observed(knowledge, degrees);
    const Network made = network(knowledge, run, observations);
    return plan(knowledge, run, binding, observations, made, believe(made));
  }

  /// What the plan proposes, in order.
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const Step& step : planned().steps) {
      result.push_back(step.kind == Step::Kind::fix ? knowledge.fixes[step.index].name
                                                    : knowledge.checks[step.index].name);
    }
    return result;
  }
};

using Names = std::vector<std::string>;

/// One pattern that is all but certain.
Case one_sure_pattern() {
  Case made;
  made.knowledge.findings = {finding("f", 0.001), finding("g")};
  made.knowledge.patterns = {pattern("p", 0.2, {link(0, 0.9)})};
  made.degrees = {seen, unknown};
  return made;
}

/// Two patterns that look alike; finding 1, unknown, would tell.
Case two_rivals() {
  Case made;
  made.knowledge.findings = {finding("f", 0.001), finding("g", 0.01)};
  made.knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9), link(1, 0.9)}),
                             pattern("q", 0.1, {link(0, 0.9)})};
  made.degrees = {seen, unknown};
  return made;
}

}  // namespace

TEST_CASE("the likeliest fix comes first") {
  Case made = one_sure_pattern();
  made.knowledge.fixes = {fix("maybe", {{0, 0.4}}, 10), fix("surely", {{0, 0.9}}, 30)};
  CHECK(made.names() == Names{"surely", "maybe"});
}

TEST_CASE("of nearly equal fixes the quicker comes first") {
  Case made = one_sure_pattern();
  made.knowledge.fixes = {fix("slow", {{0, 0.82}}, 60), fix("quick", {{0, 0.8}}, 2)};
  CHECK(made.names() == Names{"quick", "slow"});
}

TEST_CASE("a risky fix comes after an equal one without risk") {
  Case made = one_sure_pattern();
  made.knowledge.fixes = {fix("risky", {{0, 0.8}}), fix("safe", {{0, 0.8}})};
  made.knowledge.fixes[0].risk = Impact::high;
  CHECK(made.names() == Names{"safe", "risky"});
}

TEST_CASE("a fix resolves what it cures, as far as that is the cause") {
  Case made = two_rivals();
  made.knowledge.fixes = {fix("both", {{0, 0.8}, {1, 0.8}})};
  const Plan planned = made.planned();
  REQUIRE(planned.steps.size() == 1);
  CHECK(planned.steps[0].likelihood == Approx(0.8).margin(0.09));
  CHECK(planned.steps[0].patterns == std::vector<Index>{0, 1});
}

TEST_CASE("nothing is proposed against what the evidence does not speak for") {
  Case made = one_sure_pattern();
  made.degrees = {unknown, unknown};
  made.knowledge.fixes = {fix("premature", {{0, 0.9}})};
  CHECK(made.names().empty());
}

TEST_CASE("while no pattern is sure, looking comes before changing") {
  Case made = two_rivals();
  made.knowledge.fixes = {fix("fix_p", {{0, 0.9}}), fix("fix_q", {{1, 0.9}})};
  made.knowledge.checks = {check("look_at_g", {1})};
  CHECK(made.names().front() == "look_at_g");

  SECTION("but a fix that takes two minutes and cures either is as good as a look") {
    made.knowledge.fixes.push_back(fix("quick_cure", {{0, 0.8}, {1, 0.8}}, 2));
    CHECK(made.names().front() == "quick_cure");
  }
}

TEST_CASE("once a pattern is sure, its fix comes before further checks") {
  Case made = one_sure_pattern();
  made.knowledge.patterns[0].shows.push_back(link(1, 0.5));
  made.knowledge.fixes = {fix("cure", {{0, 0.8}})};
  made.knowledge.checks = {check("look", {1})};
  CHECK(made.names().front() == "cure");
}

TEST_CASE("of two checks the one that tells more a minute comes first") {
  Case made = two_rivals();
  made.knowledge.checks = {check("slow", {1}, 120), check("quick", {1}, 5)};
  CHECK(made.names() == Names{"quick", "slow"});
}

TEST_CASE("a check of what is known already is not proposed") {
  Case made = two_rivals();
  made.knowledge.checks = {check("look_at_f", {0})};
  CHECK(made.names().empty());
}

TEST_CASE("a check that tells two look-alikes apart is worth making, whatever it reveals") {
  Case made = two_rivals();
  made.knowledge.checks = {check("rerun_same_batch", {})};
  CHECK(made.names().empty());
  made.knowledge.patterns[0].resembles = {{.pattern = 1, .check = 0, .how = "rerun"}};
  const Plan planned = made.planned();
  REQUIRE(planned.steps.size() == 1);
  CHECK(planned.steps[0].likelihood > 0.2);
  CHECK(planned.steps[0].patterns.size() == 2);
}

TEST_CASE("a change is told in the run's own numbers") {
  Case made = one_sure_pattern();
  made.knowledge.params = {param("learning_rate")};
  made.run.config["learning_rate"] = 0.1;
  made.knowledge.fixes = {fix("lower", {{0, 0.9}})};
  made.knowledge.fixes[0].changes = {
      {.param = 0, .to = operation(Operator::divide, Type::number, parameter(0), number(4))}};

  const Plan planned = made.planned();
  REQUIRE(planned.steps.size() == 1);
  REQUIRE(planned.steps[0].changes.size() == 1);
  const Change& change = planned.steps[0].changes[0];
  CHECK(change.key == "learning_rate");
  CHECK(change.from == 0.1);
  CHECK(change.to == 0.025);

  SECTION("without the setting there is no number, but still a change") {
    made.run.config.clear();
    const Step step = made.planned().steps.at(0);
    CHECK_FALSE(step.changes[0].from.has_value());
    CHECK_FALSE(step.changes[0].to.has_value());
  }
  SECTION("a change to what is already so is no fix") {
    made.knowledge.fixes[0].changes[0].to = number(0.1);
    CHECK(made.names().empty());
  }
  SECTION("of several changes those that are already so are left out") {
    made.knowledge.params.push_back(param("momentum"));
    made.run.config["momentum"] = 0.9;
    made.knowledge.fixes[0].changes.push_back({.param = 1, .to = number(0.9)});
    const Step step = made.planned().steps.at(0);
    REQUIRE(step.changes.size() == 1);
    CHECK(step.changes[0].key == "learning_rate");
  }
}

TEST_CASE("a fix is offered only where its conditions are not known to fail") {
  Case made = one_sure_pattern();
  made.knowledge.params = {param("batch_size")};
  made.knowledge.fixes = {fix("for_small_batches", {{0, 0.9}})};
  made.knowledge.fixes[0].when = {is_below(0, 16)};

  CHECK(made.names().size() == 1);
  made.run.config["batch_size"] = 8.0;
  CHECK(made.names().size() == 1);
  made.run.config["batch_size"] = 64.0;
  CHECK(made.names().empty());
}

TEST_CASE("an exception that holds is said, and puts the fix behind others") {
  Case made = one_sure_pattern();
  made.knowledge.params = {param("batch_size")};
  made.knowledge.fixes = {fix("first", {{0, 0.9}}), fix("second", {{0, 0.6}})};
  made.knowledge.fixes[0].unless = {{.text = "the batch is tiny", .when = is_below(0, 16)}};

  SECTION("it holds") {
    made.run.config["batch_size"] = 8.0;
    CHECK(made.names() == Names{"second", "first"});
    CHECK(made.planned().steps[1].cautions == Names{"advised against here: the batch is tiny"});
  }
  SECTION("it does not") {
    made.run.config["batch_size"] = 64.0;
    CHECK(made.names() == Names{"first", "second"});
    CHECK(made.planned().steps[0].cautions.empty());
  }
  SECTION("nobody knows") {
    CHECK(made.names() == Names{"first", "second"});
    CHECK(made.planned().steps[0].cautions == Names{"unless: the batch is tiny"});
  }
}

TEST_CASE("what was tried is not proposed again unchanged") {
  Case made = one_sure_pattern();
  made.knowledge.params = {param("lr")};
  made.knowledge.fixes = {fix("restart", {{0, 0.1}}), fix("lower_lr", {{0, 0.1}})};
  made.knowledge.fixes[1].changes = {{.param = 0, .to = number(0.01)}};

  made.run.tried = {{"restart", "no_change"}, {"lower_lr", "no_change"}};
  CHECK(made.names().empty());
  made.run.tried = {{"restart", "better"}, {"lower_lr", "better"}};
  CHECK(made.names() == Names{"lower_lr"});
  CHECK(made.planned().steps[0].cautions.size() == 1);
}

TEST_CASE("three tries in vain at one cause end that line") {
  Case made = one_sure_pattern();
  made.knowledge.patterns[0].prior = 0.9;
  made.knowledge.fixes = {fix("a", {{0, 0.4}}), fix("b", {{0, 0.4}}), fix("c", {{0, 0.4}}),
                          fix("d", {{0, 0.4}})};
  made.run.tried = {{"a", ""}, {"b", "no_change"}};
  CHECK(made.planned().stopped.empty());
  CHECK(made.names() == Names{"c", "d"});

  made.run.tried.push_back({"c", "worse"});
  const Plan planned = made.planned();
  REQUIRE(planned.stopped.size() == 1);
  CHECK(planned.stopped[0].pattern == 0);
  CHECK(planned.stopped[0].tried == Names{"a", "b", "c"});
  CHECK(planned.stopped[0].all_in_vain == Approx(0.6 * 0.6 * 0.6));
  CHECK_FALSE(planned.stopped[0].instead.has_value());
  CHECK(planned.steps.empty());

  SECTION("what is left then are the checks of last resort of its field") {
    made.knowledge.checks = {check("overfit_one_batch", {}), check("ask_for_more", {}),
                             check("elsewhere", {})};
    made.knowledge.checks[0].last_resort = made.knowledge.checks[2].last_resort = true;
    made.knowledge.checks[2].id = "other.elsewhere";
    CHECK(made.names() == Names{"overfit_one_batch"});
    CHECK(made.planned().steps[0].patterns.empty());
  }
  SECTION("another cause of the same sign is taken up instead") {
    made.knowledge.patterns.push_back(pattern("q", 0.1, {link(0, 0.8)}));
    made.knowledge.fixes.push_back(fix("e", {{1, 0.8}}));
    CHECK(made.planned().stopped.at(0).instead == Index{1});
    CHECK(made.names() == Names{"e"});
  }
}

TEST_CASE("a cause that is back although a fix helped is said") {
  Case made = one_sure_pattern();
  made.knowledge.fixes = {fix("a", {{0, 0.4}})};
  made.run.tried = {{"a", "no_change"}};
  CHECK(made.planned().returned.empty());
  made.run.tried = {{"a", "better"}};
  const Plan planned = made.planned();
  REQUIRE(planned.returned.size() == 1);
  CHECK(planned.returned[0].pattern == 0);
  CHECK(planned.returned[0].words == "a");

  made.degrees[0] = not_seen;
  CHECK(made.planned().returned.empty());
}

TEST_CASE("of two fixes that are as good, the one that more sources recommend comes first") {
  Case made = one_sure_pattern();
  made.knowledge.works.resize(3);
  made.knowledge.fixes = {fix("alone", {{0, 0.9}}), fix("well_known", {{0, 0.9}})};
  made.knowledge.fixes[0].cites = {0};
  made.knowledge.fixes[1].cites = {0, 1, 2};
  CHECK(made.names() == Names{"well_known", "alone"});
  made.knowledge.fixes[0].cures[0].probability = 0.99;  // sources do not outweigh what is likelier
  CHECK(made.names() == Names{"alone", "well_known"});
}

TEST_CASE("a cheap check comes first where its outcome decides which fix is best") {
  Case made;
  made.knowledge.findings = {finding("f", 0.001), finding("g", 0.01)};
  made.knowledge.patterns = {pattern("p", 0.2, {link(0, 0.9)}),
                             pattern("q", 0.07, {link(0, 0.9), link(1, 0.9)})};
  made.knowledge.fixes = {fix("mend_p", {{0, 0.9}}), fix("mend_q", {{1, 0.9}})};
  made.knowledge.checks = {check("look", {1}, 5)};
  made.degrees = {seen, unknown};
  CHECK(made.names() == Names{"look", "mend_p", "mend_q"});
  const auto outlook = made.planned().steps.at(0).outlook;
  REQUIRE(outlook.has_value());
  CHECK(outlook->finding == 1);
  CHECK(outlook->if_seen == Index{1});
  CHECK(outlook->if_not == Index{0});

  SECTION("not where both outcomes lead to the same fix") {
    made.knowledge.fixes[0].cures.push_back({1, 0.95});
    CHECK_FALSE(made.planned().steps.at(1).outlook.has_value());
    CHECK(made.names().front() == "mend_p");
  }
  SECTION("not where it takes longer than it is worth") {
    made.knowledge.checks[0].effort_minutes = 600;
    CHECK(made.names().front() == "mend_p");
  }
}

TEST_CASE("a check whose outcome hardly ever changes the first fix does not come before it") {
  Case made;
  made.knowledge.findings = {finding("f", 0.001), finding("g", 0.01)};
  made.knowledge.patterns = {pattern("p", 0.2, {link(0, 0.9)}),
                             pattern("q", 0.02, {link(0, 0.9), link(1, 0.9)})};
  made.knowledge.fixes = {fix("mend_p", {{0, 0.9}}), fix("mend_q", {{1, 0.9}})};
  made.knowledge.checks = {check("look", {1}, 2)};
  made.degrees = {seen, unknown};

  const Plan planned = made.planned();
  CHECK(made.names().front() == "mend_p");
  const auto look = std::ranges::find(planned.steps, Step::Kind::check, &Step::kind);
  REQUIRE(look != planned.steps.end());
  REQUIRE(look->outlook.has_value());
  CHECK(look->outlook->if_seen == Index{1});
  CHECK(look->outlook->saves_minutes < 2 + 30);  // what it takes, set-up included
  CHECK_FALSE(look->outlook->pays);

  SECTION("nor where labelled runs showed that the rival deserves less than it is given") {
    made.knowledge.patterns[1].prior = 0.07;
    CHECK(made.names().front() == "look");
    for (Pattern& each : made.knowledge.patterns) each.certainty = 2.5;
    CHECK(made.names().front() == "mend_p");
  }
}

TEST_CASE("several signs of one cause together tell no more than there is to know about it") {
  Case made = two_rivals();
  made.knowledge.patterns[0].prior = 0.3;
  std::vector<Index> signs = {1};
  for (Index f = 2; f < 8; ++f) {
    made.knowledge.findings.push_back(finding("g" + std::to_string(f), 0.001));
    made.knowledge.patterns[0].shows.push_back(link(f, 0.9));
    made.degrees.push_back(unknown);
    signs.push_back(f);
  }
  made.knowledge.checks = {check("look_at_all", signs), check("look_at_one", {1})};
  const Plan planned = made.planned();
  REQUIRE(planned.steps.size() == 2);
  const Step &all = planned.steps[0], &one = planned.steps[1];
  CHECK(made.knowledge.checks[all.index].name == "look_at_all");

  const Observations observations = observed(made.knowledge, made.degrees);
  double doubt = 0;
  for (const Posterior& each :
       believe(network(made.knowledge, made.run, observations)).posteriors) {
    const double p = each.probability;
    doubt = std::max(doubt, -p * std::log(p) - (1 - p) * std::log(1 - p));
  }
  CHECK(all.likelihood <= doubt);
  CHECK(all.likelihood > one.likelihood);
  CHECK(all.patterns.front() == 0);
}

TEST_CASE("a check is not proposed for what is hardly possible while there are suspects") {
  Case made = two_rivals();
  made.knowledge.checks = {check("look_at_g", {1})};
  CHECK_FALSE(made.names().empty());
  for (Pattern& each : made.knowledge.patterns) each.certainty = 4;
  made.knowledge.patterns[0].prior = 0.02;
  CHECK(made.names().empty());
}

TEST_CASE("of two fixes that do not go together the lower one says so") {
  Case made = one_sure_pattern();
  made.knowledge.params = {param("batch_size")};
  made.knowledge.fixes = {fix("upper", {{0, 0.9}}), fix("lower", {{0, 0.5}})};
  made.knowledge.fixes[0].contradicts = {{.fix = 1, .because = "they cancel"}};
  const Plan planned = made.planned();
  CHECK(planned.steps[0].cautions.empty());
  CHECK(planned.steps[1].cautions == Names{"not together with \"The upper\": they cancel"});

  SECTION("the one whose conditions hold here comes first") {
    made.knowledge.fixes[1].when = {is_below(0, 16)};
    CHECK(made.names() == Names{"upper", "lower"});
    made.run.config["batch_size"] = 8.0;
    CHECK(made.names() == Names{"lower", "upper"});
    const Plan settled = made.planned();
    CHECK(settled.steps[0].cautions.empty());
    CHECK(settled.steps[1].cautions ==
          Names{"not together with \"The lower\", which suits this run better: they cancel"});
  }
}
