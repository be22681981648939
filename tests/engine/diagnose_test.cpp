#include "engine/diagnose.hpp"

#include "tests/catch.hpp"
#include "tests/engine/made_knowledge.hpp"

using namespace fmx;
using namespace fmx::engine;
using namespace fmx::engine::test;

namespace {

/// A finding that is seen where `param` is below 1: with it any degree can be had from a config.
Finding seen_below_one(const std::string& name, Index param) {
  Finding made = finding(name, 0.01);
  made.when = is_below(param, 1);
  return made;
}

/// Findings a, b, c, seen where the params of the same names are 0, not seen at 2, unknown without.
Knowledge abc() {
  Knowledge knowledge;
  for (const char* name : {"a", "b", "c"}) {
    knowledge.findings.push_back(seen_below_one(name, static_cast<Index>(knowledge.params.size())));
    knowledge.params.push_back(param(name));
  }
  return knowledge;
}

/// A run with a course of eight samples, and these settings.
Run with(std::map<std::string, Setting> config) {
  Run run;
  run.config = std::move(config);
  run.series = {{.name = "loss",
                 .steps = {0, 1, 2, 3, 4, 5, 6, 7},
                 .values = {8, 7, 6, 5, 4, 3, 2, 1},
                 .origin = {}}};
  return run;
}

}  // namespace

TEST_CASE("a pattern whose signs are seen is diagnosed") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9), link(1, 0.9)}),
                        pattern("q", 0.1, {link(2, 0.9)})};
  const Diagnosis diagnosis = diagnose(knowledge, with({{"a", 0.0}, {"b", 0.0}, {"c", 2.0}}));
  CHECK(diagnosis.status == Status::diagnosed);
  CHECK(diagnosis.ranked == std::vector<Index>{0});
  CHECK(diagnosis.beliefs.posteriors[0].probability > 0.9);
}

TEST_CASE("a run whose evidence was there and did not speak is healthy") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9), link(1, 0.9)})};
  CHECK(diagnose(knowledge, with({{"a", 2.0}, {"b", 2.0}})).status == Status::healthy);
}

TEST_CASE("a run that says nothing is not called healthy") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9), link(1, 0.9)})};
  CHECK(diagnose(knowledge, Run{}).status == Status::insufficient_evidence);
}

TEST_CASE(
    "a run in which something is wrong for sure, but nobody can tell what, is not called healthy") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9)}), pattern("q", 0.1, {link(0, 0.9)}),
                        pattern("r", 0.1, {link(0, 0.9)})};
  const Diagnosis diagnosis = diagnose(knowledge, with({{"a", 0.0}}));
  REQUIRE(diagnosis.beliefs.posteriors[0].probability < 0.5);
  CHECK(diagnosis.status == Status::insufficient_evidence);
  CHECK(diagnosis.ranked.size() == 3);
}

TEST_CASE("a run of a sample or two is not called healthy") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9)})};
  Run run = with({{"a", 2.0}});
  CHECK(diagnose(knowledge, run).status == Status::healthy);
  run.series[0].steps = {0, 1};
  run.series[0].values = {8, 7};
  CHECK(diagnose(knowledge, run).status == Status::insufficient_evidence);
}

TEST_CASE("enough is a quarter of what is common in one field") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("common", 0.3, {link(0, 0.9)}),
                        pattern("rare", 0.01, {link(1, 0.9)}),
                        pattern("elsewhere", 0.4, {link(2, 0.9)})};
  knowledge.patterns[0].area = knowledge.patterns[1].area = "here";
  knowledge.patterns[2].area = "there";
  CHECK(diagnose(knowledge, with({{"a", 2.0}})).status == Status::healthy);
  CHECK(diagnose(knowledge, with({{"b", 2.0}})).status == Status::insufficient_evidence);
}

TEST_CASE("a benign explanation stands apart and leaves the run healthy") {
  Knowledge knowledge = abc();
  knowledge.patterns = {benign("restart", 0.2, {link(0, 0.9), link(1, 0.9)}),
                        pattern("p", 0.02, {link(0, 0.9)})};
  const Diagnosis diagnosis = diagnose(knowledge, with({{"a", 0.0}, {"b", 0.0}}));
  CHECK(diagnosis.status == Status::healthy);
  CHECK(diagnosis.benign == std::vector<Index>{0});
  for (const Index pattern : diagnosis.ranked) CHECK(pattern != 0);
}

TEST_CASE("a hypothesis has something that speaks for it, however likely it was before") {
  Knowledge knowledge = abc();
  knowledge.patterns = {
      pattern("p", 0.3, {link(0, 0.9)}), pattern("unlikely", 0.0001, {link(0, 0.2)}),
      pattern("not_excluded", 0.05, {link(1, 0.9)}), pattern("at_risk", 0.2, {link(1, 0.9)})};
  const Diagnosis diagnosis = diagnose(knowledge, with({{"a", 0.0}}));
  CHECK(diagnosis.ranked == std::vector<Index>{0});
}

TEST_CASE("equals are ranked by id") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("z", 0.1, {link(0, 0.9)}), pattern("y", 0.1, {link(0, 0.9)})};
  CHECK(diagnose(knowledge, with({{"a", 0.0}})).ranked == std::vector<Index>{1, 0});
}

TEST_CASE("of a pattern and its special kind the special one is named") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("general", 0.9, {link(0, 0.3)}),
                        pattern("special", 0.5, {link(0, 0.9), link(1, 0.9)})};
  knowledge.patterns[1].kind_of = {0};
  const Run run = with({{"a", 0.0}, {"b", 0.0}});
  const Diagnosis diagnosis = diagnose(knowledge, run);
  REQUIRE(diagnosis.beliefs.posteriors[0].probability > 0.5);
  CHECK(diagnosis.ranked == std::vector<Index>{1});

  SECTION("unless the general one has signs of its own") {
    knowledge.patterns[0].shows.push_back(link(2, 0.9));
    CHECK(diagnose(knowledge, with({{"a", 0.0}, {"b", 0.0}, {"c", 0.0}})).ranked.size() == 2);
  }
}
