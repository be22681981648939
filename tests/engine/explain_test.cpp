#include "engine/explain/explain.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "engine/explain/flip.hpp"
#include "tests/catch.hpp"
#include "tests/engine/lowered.hpp"
#include "tests/engine/made_knowledge.hpp"

using namespace fmx;
using namespace fmx::engine;
using namespace fmx::engine::test;

namespace {

/// Findings a, b, c, seen where the params of the same names are 0, not seen at 2, unknown without.
Knowledge abc() {
  Knowledge knowledge;
  for (const char* name : {"a", "b", "c"}) {
    Finding made = finding(name, 0.01);
    made.when = is_below(static_cast<Index>(knowledge.params.size()), 1);
    knowledge.findings.push_back(made);
    knowledge.params.push_back(param(name));
  }
  return knowledge;
}

Run with(std::map<std::string, Setting> config) {
  Run run;
  run.config = std::move(config);
  return run;
}

/// Every statement of the tree, in reading order.
std::string told(const Reason& reason) {
  std::string result = reason.statement + "\n";
  for (const Reason& each : reason.because) result += told(each);
  return result;
}

std::optional<double> figure(const Reason& reason, const std::string& name) {
  for (const Figure& figure : reason.figures) {
    if (figure.name == name) return figure.value;
  }
  return std::nullopt;
}

bool tells(const Reason& reason, const std::string& words) {
  return told(reason).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("why: the prior, then each finding that speaks for it, with the run's numbers") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9), link(1, 0.8)})};
  const Run run = with({{"a", 0.25}, {"b", 2.0}});
  const Diagnosis diagnosis = diagnose(knowledge, run);
  const Reason reason = explain_pattern(knowledge, run, diagnosis, 0);

  CHECK(figure(reason, "probability") == diagnosis.beliefs.posteriors[0].probability);
  const Reason& why = reason.because.at(0);
  REQUIRE(why.because.size() == 2);
  CHECK(figure(why.because[0], "prior") == Approx(0.1));
  CHECK(why.because[1].statement.find("The a") == 0);
  CHECK(figure(why.because[1], "weight").value() > 4);
  REQUIRE(why.because[1].because.size() == 1);
  CHECK(figure(why.because[1].because[0], "value") == 0.25);
  CHECK(figure(why.because[1].because[0], "distance").value() == Approx(0.75));
}

TEST_CASE("why not: what was not seen and by how far, and what nobody could judge") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(1, 0.8), link(2, 0.9)})};
  const Run run = with({{"b", 3.0}});
  const Reason reason = explain_pattern(knowledge, run, diagnose(knowledge, run), 0);
  const Reason& why_not = reason.because.at(1);

  REQUIRE(why_not.because.size() == 2);
  CHECK(figure(why_not.because[0], "weight").value() == Approx(std::log(0.2)));
  CHECK(figure(why_not.because[0].because.at(0), "distance").value() == Approx(-2));
  CHECK(why_not.because[1].statement == "1 of its 2 signs could not be judged");
  REQUIRE(why_not.because[1].because.size() == 1);
  CHECK(tells(why_not.because[1].because[0], "unknown (not in the config)"));
  CHECK(figure(why_not.because[1].because[0], "weight_if_seen").value() ==
        Approx(std::log((1 - 0.99 * 0.1) / 0.01)));
}

TEST_CASE("why not: a rival that accounts for the same sign") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9)}),
                        pattern("q", 0.1, {link(0, 0.9), link(1, 0.9)})};
  const Run run = with({{"a", 0.0}, {"b", 0.0}});
  const Reason reason = explain_pattern(knowledge, run, diagnose(knowledge, run), 0);
  CHECK(tells(reason.because[1], "without rivals it would be 91 %"));
  CHECK(tells(reason.because[1], "The q"));
}

TEST_CASE("a pattern that is out of the question says so") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9)})};
  knowledge.patterns[0].needs = {is_below(1, 1)};
  const Run run = with({{"a", 0.0}, {"b", 2.0}});
  CHECK(tells(explain_pattern(knowledge, run, diagnose(knowledge, run), 0), "out of the question"));
}

TEST_CASE("risks and failed tries stand under the prior") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9)})};
  knowledge.patterns[0].risks = {{.when = is_below(1, 1), .factor = 4, .span = {}}};
  knowledge.fixes = {fix("mend", {{0, 0.8}})};
  Run run = with({{"a", 0.0}, {"b", 0.0}});
  run.tried = {{"mend", "no_change"}};
  const Reason reason = explain_pattern(knowledge, run, diagnose(knowledge, run), 0);
  CHECK(tells(reason.because[0].because[0], "a risk raises its odds 4 times"));
  CHECK(tells(reason.because[0].because[0], "\"mend\" did not help"));
}

TEST_CASE("what would change it is the smallest change that does") {
  const Network network{
      .causes = {{.prior = 0.1, .benign = false, .shows = {{0, 0.9}, {1, 0.3}}, .never = {}}},
      .signs = {{0.01, seen}, {0.01, unknown}}};
  const std::vector<Flip> found = flips(network, believe(network), 0);
  REQUIRE(found.size() == 1);
  CHECK(found[0].finding == 0);
  CHECK(found[0].probability < 0.5);
  CHECK(probability_if(network, 0, 0, Degree(found[0].to + 0.002)) >= 0.5);
}

TEST_CASE("a finding that is seen or not changes as a whole") {
  const Network network{
      .causes = {{.prior = 0.3, .benign = false, .shows = {{0, 0.9}}, .never = {}}},
      .signs = {{0.01, seen}}};
  const Beliefs beliefs = believe(network);
  const std::vector<Flip> in_part = flips(network, beliefs, 0, {true});
  REQUIRE(in_part.size() == 1);
  CHECK(in_part[0].to > 0);
  const std::vector<Flip> whole = flips(network, beliefs, 0, {false});
  REQUIRE(whole.size() == 1);
  CHECK(whole[0].to == 0);
}

TEST_CASE("a condition is graded where a degree rises somewhere in it") {
  Knowledge knowledge = abc();
  CHECK(graded_findings(knowledge) == std::vector<bool>(knowledge.findings.size(), false));
  Expression ramp = knowledge.findings[0].when;
  ramp.kind = Expression::Kind::above;
  ramp.operands.resize(3);
  knowledge.findings[0].when = ramp;
  CHECK(graded_findings(knowledge)[0]);
  Expression of_it;
  of_it.kind = Expression::Kind::finding;
  of_it.index = 0;
  knowledge.findings[1].when = of_it;
  CHECK(graded_findings(knowledge)[1]);
}

TEST_CASE("a finding that nobody measured may decide as well") {
  const Network network{
      .causes = {{.prior = 0.1, .benign = false, .shows = {{0, 0.9}}, .never = {}}},
      .signs = {{0.01, unknown}}};
  const std::vector<Flip> found = flips(network, believe(network), 0);
  REQUIRE(found.size() == 1);
  CHECK_FALSE(found[0].from.known());
  CHECK(found[0].to == 1);
  CHECK(found[0].probability > 0.5);
}

TEST_CASE("a rival's own sign may decide as well") {
  const Network network{
      .causes = {{.prior = 0.1, .benign = false, .shows = {{0, 0.9}}, .never = {}},
                 {.prior = 0.08, .benign = false, .shows = {{0, 0.9}, {1, 0.9}}, .never = {}}},
      .signs = {{0.01, seen}, {0.01, unknown}}};
  const Beliefs beliefs = believe(network);
  REQUIRE(beliefs.posteriors[0].probability > 0.5);
  const std::vector<Flip> found = flips(network, beliefs, 0);
  CHECK(std::any_of(found.begin(), found.end(),
                    [](const Flip& flip) { return flip.finding == 1 && flip.to == 1; }));
}

TEST_CASE("a finding is explained by what decided it and by what it speaks for") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9)})};
  const Run run = with({{"a", 0.0}});
  const Diagnosis diagnosis = diagnose(knowledge, run);
  CHECK(tells(explain_finding(knowledge, diagnosis, 0), "The p: raises its odds 90 times"));
  CHECK(tells(explain_finding(knowledge, diagnosis, 1), "unknown: not in the config"));
  CHECK(tells(explain_finding(knowledge, diagnosis, 1), "it speaks for no pattern here"));
}

TEST_CASE("a fix that would change nothing says which setting is so already") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9)})};
  knowledge.fixes = {fix("mend", {{0, 0.8}}), fix("other", {{0, 0.01}})};
  knowledge.fixes[0].changes = {{.param = 1, .to = number(2)}};
  const Run run = with({{"a", 0.0}, {"b", 2.0}});
  const Diagnosis diagnosis = diagnose(knowledge, run);
  CHECK(
      tells(explain_fix(knowledge, run, diagnosis, 0), "it would change nothing: b is 2 already"));
  CHECK_FALSE(tells(explain_fix(knowledge, run, diagnosis, 0), "not likely enough"));
  CHECK(tells(explain_fix(knowledge, run, diagnosis, 1), "what it cures is not likely enough"));
}

TEST_CASE("a fix tells why it is proposed, or why not") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9)})};
  knowledge.fixes = {fix("mend", {{0, 0.8}}), fix("other", {{0, 0.8}}), fix("tried", {{0, 0.1}})};
  knowledge.fixes[1].when = {is_below(1, 1)};
  Run run = with({{"a", 0.0}, {"b", 2.0}});
  run.tried = {{"tried", ""}};
  const Diagnosis diagnosis = diagnose(knowledge, run);
  CHECK(tells(explain_fix(knowledge, run, diagnosis, 0), "The mend: step 1"));
  CHECK(tells(explain_fix(knowledge, run, diagnosis, 0), "cures The p"));
  CHECK(tells(explain_fix(knowledge, run, diagnosis, 1), "its condition does not hold"));
  CHECK(tells(explain_fix(knowledge, run, diagnosis, 2),
              "tried before (\"tried\"), without success"));
}

TEST_CASE("a check tells what it would reveal") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9), link(1, 0.9)}),
                        pattern("q", 0.1, {link(0, 0.9)})};
  knowledge.checks = {check("look", {1}), check("look_again", {0})};
  const Run run = with({{"a", 0.0}});
  const Diagnosis diagnosis = diagnose(knowledge, run);
  CHECK(tells(explain_check(knowledge, diagnosis, 0), "The look: step 1"));
  CHECK(tells(explain_check(knowledge, diagnosis, 0), "which is unknown"));
  CHECK(tells(explain_check(knowledge, diagnosis, 1), "not proposed"));
}

TEST_CASE("a check tells what it is worth and why it stands where it stands") {
  Knowledge knowledge = abc();
  knowledge.patterns = {pattern("p", 0.2, {link(0, 0.9)}),
                        pattern("q", 0.07, {link(0, 0.9), link(1, 0.9)})};
  knowledge.fixes = {fix("mend_p", {{0, 0.9}}), fix("mend_q", {{1, 0.9}})};
  knowledge.checks = {check("look", {1}, 5)};
  const Run run = with({{"a", 0.0}});
  const auto explained = [&] { return explain_check(knowledge, diagnose(knowledge, run), 0); };

  CHECK(
      tells(explained(), "bits about \"The p\" and \"The q\", for 5 min and 30 min to set it up"));
  CHECK(tells(explained(), "\"The mend_q\" if \"The b\" turns out so, \"The mend_p\" if not"));
  CHECK(tells(explained(), "more than the 35 min that it takes: it comes before them"));

  knowledge.patterns[1].prior = 0.02;
  CHECK(tells(explained(), "no more than the 35 min that it takes"));
  knowledge.fixes[0].cures.push_back({1, 0.95});
  CHECK(tells(explained(), "it stands by what it tells for its minutes"));
  knowledge.patterns[0].prior = knowledge.patterns[1].prior;
  CHECK(tells(explained(), "no cause reaches 70 %: looking comes before changing"));
}

TEST_CASE("what would change it names the value that it takes") {
  Knowledge knowledge = abc();
  Expression ramp;  // a above 1 .. 3
  ramp.kind = Expression::Kind::above;
  ramp.type = Type::degree;
  ramp.operands = {parameter(0), number(1), number(3)};
  knowledge.findings[0].when = ramp;
  knowledge.patterns = {pattern("p", 0.1, {link(0, 0.9)})};
  const Run run = with({{"a", 3.5}});
  const Reason changes = explain_pattern(knowledge, run, diagnose(knowledge, run), 0).because.at(2);
  REQUIRE(changes.because.size() == 1);
  const double needed = figure(changes.because[0].because.at(0), "needed").value();
  CHECK(figure(changes.because[0].because.at(0), "value") == 3.5);
  CHECK((needed > 1 && needed < 3));

  const Run nearly = with({{"a", needed + 0.01}}), too_little = with({{"a", needed - 0.01}});
  CHECK(diagnose(knowledge, nearly).beliefs.posteriors[0].probability > 0.5);
  CHECK(diagnose(knowledge, too_little).beliefs.posteriors[0].probability < 0.5);
}

TEST_CASE("what would change it names every comparison that is in the way") {
  const Knowledge knowledge = rules(R"(
    param x { aliases "x" }
    param y { aliases "y" }
    finding both "Both" { when x above 1 .. 3 and y above 1 .. 3  base 1% }
    finding either "Either" { when x above 1 .. 3 or y above 1 .. 3  base 1% }
    pattern p "P" { severity high  prior 10%  shows both 90% }
    pattern q "Q" { severity high  prior 10%  shows either 90% }
  )");
  const auto ways = [&](Index pattern, double x, double y) {
    const Run run = with({{"x", x}, {"y", y}});
    const Reason changes =
        explain_pattern(knowledge, run, diagnose(knowledge, run), pattern).because.at(2);
    REQUIRE(changes.because.size() == 1);
    return changes.because[0].because.size();
  };
  CHECK(ways(0, 0, 0) == 2);    // both have to rise
  CHECK(ways(0, 5, 5) == 1);    // one that falls is enough
  CHECK(ways(1, 0, 0.5) == 1);  // one that rises is enough
  CHECK(ways(1, 5, 5) == 2);    // both have to fall
}

TEST_CASE("many conditions on what is logged stand under one head") {
  const Knowledge knowledge = rules(R"(
    metric loss { aliases "loss" }
    metric a { aliases "a" }
    metric b { aliases "b" }
    metric c { aliases "c" }
    metric d { aliases "d" }
    finding high "High" { when last(loss) > 1 and not logged(a) and not logged(b)
      and not logged(c) and not logged(d)  base 1% }
    pattern p "P" { severity high  prior 10%  shows high 90% }
  )");
  Run run;
  run.series = {{"loss", {0, 1, 2}, {2, 2, 2}, ""}};
  const Reason reason = explain_pattern(knowledge, run, diagnose(knowledge, run), 0);
  const std::vector<Reason>& why = reason.because.at(0).because.at(1).because;
  REQUIRE(why.size() == 2);
  CHECK(figure(why[0], "value") == 2);
  CHECK(why[1].minor);
  CHECK(why[1].because.size() == 4);
}
