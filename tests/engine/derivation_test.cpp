// Tables, rules and findings about their rows, from rule text.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/match/match.hpp"
#include "engine/match/timestamp.hpp"
#include "tests/catch.hpp"
#include "tests/engine/lowered.hpp"

using namespace fmx;
using namespace fmx::engine;
using fmx::engine::test::rules;

namespace {

std::vector<Row> rows(const std::vector<std::string>& columns,
                      const std::vector<std::vector<Setting>>& cells) {
  std::vector<Row> all;
  for (const auto& line : cells) {
    Row& row = all.emplace_back();
    for (std::size_t i = 0; i < line.size(); ++i) row[columns[i]] = line[i];
  }
  return all;
}

Setting text(const char* words) { return std::string(words); }

Observations observe(const Knowledge& knowledge, const Run& run) {
  return match(knowledge, run, bind(knowledge, run));
}

/// "wait(a b) 1": every instance of a finding and its degree, or why it is unknown.
std::vector<std::string> seen(const Knowledge& knowledge, const Run& run) {
  std::vector<std::string> lines;
  for (const Observation& one : observe(knowledge, run).all) {
    std::string line = knowledge.findings[one.finding].name + "(";
    for (const std::string& argument : one.arguments)
      line += (line.back() == '(' ? "" : " ") + argument;
    line += ") ";
    line += one.degree.known() ? std::to_string(static_cast<int>(one.degree.value() * 100))
                               : std::string(describe(one.degree.reason()));
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

constexpr std::string_view waiting = R"(
table blocked_by(task: text, on: text)
rule waits_for(a, b) when blocked_by(a, b)
rule waits_for(a, c) when waits_for(a, b) and blocked_by(b, c)
finding circular_wait(a) "Task {a} waits for itself" { when waits_for(a, a) }
finding any_circle "Some task waits for itself" { when circular_wait }
)";

Run blocked(const std::vector<std::pair<const char*, const char*>>& pairs) {
  Run run;
  std::vector<Row>& table = run.tables["blocked_by"];
  for (const auto& [task, on] : pairs) table.push_back({{"task", text(task)}, {"on", text(on)}});
  return run;
}

}  // namespace

TEST_CASE("a finding about rows is seen once for each that fits") {
  const Knowledge knowledge = rules(waiting);
  const Run run = blocked({{"a", "b"}, {"b", "c"}, {"c", "a"}, {"d", "a"}});
  CHECK(seen(knowledge, run) == Lines{"any_circle() 100", "circular_wait(a) 100",
                                      "circular_wait(b) 100", "circular_wait(c) 100"});
  const Observations all = observe(knowledge, run);
  CHECK(all.all[1].title == "Task a waits for itself");
  REQUIRE(all.all[1].readings.size() == 1);
  CHECK(all.all[1].readings[0].text == "waits_for(a, a)");
}

TEST_CASE("a table without such rows says no, a table that is not given says nothing") {
  const Knowledge knowledge = rules(waiting);
  CHECK(seen(knowledge, blocked({{"a", "b"}})) == Lines{"any_circle() 0", "circular_wait() 0"});
  CHECK(seen(knowledge, blocked({})) == Lines{"any_circle() 0", "circular_wait() 0"});
  CHECK(seen(knowledge, Run{}) == Lines{"any_circle() not given", "circular_wait() not given"});
}

TEST_CASE("tables are found however they and their columns are spelt") {
  Run run;
  run.tables["blockedBy"] = rows({"Task", "on"}, {{text("x"), text("x")}});
  CHECK(seen(rules(waiting), run) == Lines{"any_circle() 100", "circular_wait(x) 100"});
}

TEST_CASE("conditions on cells, times of day and values that are missing") {
  const Knowledge knowledge = rules(R"(
    table task(id: text, status: text, updated: time, tries: number, urgent: flag)
    let now = max(u for each u where task(_, _, u, _, _))
    finding stale(t) "{t} is stale" { when task(t, s, u, _, _) and s == "In_Progress" and now - u above 1 h .. 3 h }
    finding retried(t) "{t} was tried often" { when task(t, _, _, n, _) and n > 3 }
    finding urgent(t) "{t} is urgent" { when task(t, _, _, _, "true") }
  )");
  Run run;
  run.tables["task"] =
      rows({"id", "status", "updated", "tries", "urgent"},
           {{text("a"), text("in_progress"), text("2026-01-01T10:00:00Z"), 5.0, true},
            {text("b"), text("in_progress"), text("2026-01-01 11:00"), text("2"), text("False")},
            {text("c"), text("done"), text("2026-01-01T10:00:00+01:00"), text("?"), false},
            {text("d"), text("in_progress"), 1767268800.0}});
  CHECK(seen(knowledge, run) == Lines{"retried(a) 100", "retried(b) 0",
                                      "retried(c) the arithmetic has no answer here",
                                      "retried(d) the arithmetic has no answer here", "stale(a) 50",
                                      "stale(b) 0", "stale(c) 0", "stale(d) 0", "urgent(a) 100"});
}

TEST_CASE("times are read as ISO 8601 writes them") {
  CHECK(seconds_of("1970-01-02") == 86400.0);
  CHECK(seconds_of("1970-01-01T00:00:01.5Z") == 1.5);
  CHECK(seconds_of("1970-01-01 02:00:00+02:00") == 0.0);
  CHECK(seconds_of("1970-01-01T00:30-0030") == 3600.0);
  CHECK(seconds_of("2026-11-21T10:00:00") == 1795255200.0);
  for (const char* no : {"", "now", "2026-13-01", "2026-02-30", "2026-01-01T", "2026-01-01T25:00",
                         "2026-01-01T10:00:00Zx", "2026-1-1"}) {
    CAPTURE(no);
    CHECK_FALSE(seconds_of(no));
  }
}

TEST_CASE("what holds of no row is derived from complete tables alone") {
  const Knowledge knowledge = rules(R"(
    table task(id: text)
    table done(id: text)
    rule open(t) when task(t) and not done(t)
    finding unfinished(t) "{t} is not done" { when open(t) }
  )");
  Run run;
  run.tables["task"] = rows({"id"}, {{text("a")}, {text("b")}});
  CHECK(seen(knowledge, run) == Lines{"unfinished() not given"});
  run.tables["done"] = rows({"id"}, {{text("a")}});
  CHECK(seen(knowledge, run) == Lines{"unfinished(b) 100"});
  run.tables["done"] = {};
  CHECK(seen(knowledge, run) == Lines{"unfinished(a) 100", "unfinished(b) 100"});
}

TEST_CASE("variables that only stand in a condition hold for any value") {
  const Knowledge knowledge = rules(R"(
    table task(id: text, owner: text, status: text)
    table blocked_by(task: text, on: text)
    finding blocked_by_own(t) "{t} waits for its own owner" {
      when blocked_by(t, other) and task(t, who, _) and task(other, who, "open")
    }
    finding somebody_waits "Somebody waits for an open task" { when blocked_by(_, t) and task(t, _, "open") }
  )");
  Run run;
  run.tables["task"] = rows({"id", "owner", "status"}, {{text("a"), text("me"), text("blocked")},
                                                        {text("b"), text("me"), text("open")},
                                                        {text("c"), text("you"), text("open")},
                                                        {text("d"), text("you"), text("blocked")}});
  run.tables["blocked_by"] = rows({"task", "on"}, {{text("a"), text("b")}, {text("d"), text("b")}});
  CHECK(seen(knowledge, run) == Lines{"blocked_by_own(a) 100", "somebody_waits() 100"});
}

TEST_CASE("aggregates run over rows") {
  const Knowledge knowledge = rules(R"(
    table task(id: text, owner: text, hours: number)
    table blocked_by(task: text, on: text)
    finding overloaded(who) "{who} has too much" { when task(_, who, _) and count(task(t, who, _) for each t) >= 2 }
    finding blocked_share "Many are blocked" { when share(blocked_by(t, other) for each t where task(t, _, _)) above 0 .. 1 }
    finding long_hours "Much to do" { when sum(h for each t where task(t, _, h)) >= 7 }
    finding longest "One is long" { when max(h for each t where task(t, _, h)) == 4 }
    finding none_by_them "They have none" { when count(task(t, "them", _) for each t) == 0 }
  )");
  Run run;
  run.tables["task"] = rows({"id", "owner", "hours"}, {{text("a"), text("me"), 2.0},
                                                       {text("b"), text("me"), 1.0},
                                                       {text("c"), text("you"), 4.0},
                                                       {text("d"), text("he")}});
  run.tables["blocked_by"] = rows({"task", "on"}, {{text("a"), text("b")}, {text("a"), text("c")}});
  CHECK(seen(knowledge, run) == Lines{"blocked_share() 25", "long_hours() 100", "longest() 100",
                                      "none_by_them() 100", "overloaded(he) 0",
                                      "overloaded(me) 100", "overloaded(you) 0"});
  CHECK(observe(knowledge, Run{}).strongest[0] == Degree(Unknown::not_given));
}

TEST_CASE("rules may ask for measurements, labels and findings") {
  const Knowledge knowledge = rules(R"(
    metric grad_norm[module] { }
    table part_of(module: text, block: text)
    finding dead[m] "{m} is dead" { when last(grad_norm[m]) < 0.1 }
    rule dead_block(b) when part_of(m, b) and dead(m)
    rule weak(m) when last(grad_norm[m]) < 1
    finding block_dead(b) "{b} has a dead module" { when dead_block(b) }
    finding weak_module(m) "{m} is weak" { when weak(m) }
  )");
  Run run;
  for (const auto& [name, value] :
       std::map<std::string, double>{{"x", 0.0}, {"y", 0.5}, {"z", 5.0}}) {
    run.series.push_back({"grad_norm/" + name, {0, 1}, {1, value}, "log"});
  }
  run.tables["part_of"] =
      rows({"module", "block"},
           {{text("x"), text("one")}, {text("y"), text("two")}, {text("z"), text("two")}});
  CHECK(seen(knowledge, run) == Lines{"block_dead(one) 100", "dead(x) 100", "dead(y) 0",
                                      "dead(z) 0", "weak_module(x) 100", "weak_module(y) 100"});
}

TEST_CASE("rules with or and nested not have several ways to hold") {
  const Knowledge knowledge = rules(R"(
    table edge(a: text, b: text)
    table red(a: text)
    table blue(a: text)
    rule plain(x) when edge(x, _) and not (red(x) or blue(x))
    rule marked(x) when edge(x, y) and (red(x) or blue(y))
    finding is_plain(x) "{x}" { when plain(x) }
    finding is_marked(x) "{x}" { when marked(x) }
  )");
  Run run;
  run.tables["edge"] =
      rows({"a", "b"}, {{text("p"), text("q")}, {text("q"), text("r")}, {text("r"), text("s")}});
  run.tables["red"] = rows({"a"}, {{text("q")}});
  run.tables["blue"] = rows({"a"}, {{text("s")}});
  CHECK(seen(knowledge, run) ==
        Lines{"is_marked(q) 100", "is_marked(r) 100", "is_plain(p) 100", "is_plain(r) 100"});
}

TEST_CASE("neither the order of rows nor that of rules changes what is seen") {
  Run run = blocked({{"a", "b"}, {"b", "c"}, {"c", "a"}, {"d", "a"}, {"e", "e"}, {"f", "g"}});
  const Lines expected = seen(rules(waiting), run);
  CHECK(expected.size() == 5);
  std::reverse(run.tables["blocked_by"].begin(), run.tables["blocked_by"].end());
  CHECK(seen(rules(R"(
    rule waits_for(a, c) when blocked_by(b, c) and waits_for(a, b)
    finding any_circle "Some task waits for itself" { when circular_wait }
    finding circular_wait(a) "Task {a} waits for itself" { when waits_for(a, a) }
    rule waits_for(a, b) when blocked_by(a, b)
    table blocked_by(task: text, on: text)
  )"),
             run) == expected);
}

/// The rows that a proof rests on in the end, in their order.
void rows_below(const Derived& derived, Lines& to) {
  for (const Derived& premise : derived.because) {
    if (premise.because.empty()) {
      to.push_back(premise.fact);
    } else {
      rows_below(premise, to);
    }
  }
}

TEST_CASE("a row that rules made comes with the rows of tables that it rests on") {
  Run run;
  run.tables["blocked_by"] = rows({"task", "on"}, {{text("t2"), text("t0")},
                                                   {text("t0"), text("t1")},
                                                   {text("t3"), text("t0")},
                                                   {text("t1"), text("t2")}});
  const Knowledge knowledge = rules(waiting);
  const Observations observed = observe(knowledge, run);
  const auto circle = std::find_if(observed.all.begin(), observed.all.end(), [](const auto& one) {
    return one.title == "Task t0 waits for itself";
  });
  REQUIRE(circle != observed.all.end());
  REQUIRE(circle->readings.size() == 1);
  const std::optional<Derived>& derived = circle->readings[0].derived;
  REQUIRE(derived);
  CHECK(derived->fact == "waits_for(t0, t0)");
  Lines below;
  rows_below(*derived, below);
  CHECK(below == Lines{"blocked_by(t0, t1)", "blocked_by(t1, t2)", "blocked_by(t2, t0)"});
  CHECK(knowledge.sources.place(derived->rule).line == 5);  // the recursive one
}

TEST_CASE("a condition on the log keeps the line that it found") {
  Run run;
  run.log_lines = {"starting", "E0512 RESOURCE_EXHAUSTED:   no room for 2 GiB", "ending"};
  const Observations observed = observe(
      rules("finding full \"Memory is full\" { when log_line(\"(?i)resource_exhausted\") }"), run);
  REQUIRE(observed.all[0].readings.size() == 1);
  CHECK(observed.all[0].readings[0].quote == "E0512 RESOURCE_EXHAUSTED: no room for 2 GiB");
}

TEST_CASE("what follows without bound is given up, and said") {
  const Knowledge knowledge = rules(R"(
    table node(id: text)
    rule triple(a, b, c) when node(a) and node(b) and node(c)
    finding many "Many" { when triple("n1", "n2", "n3") }
    finding node_seen(n) "{n}" { when node(n) }
  )");
  Run run;
  for (int i = 0; i < 300; ++i) run.tables["node"].push_back({{"id", "n" + std::to_string(i)}});
  const Observations seen_all = observe(knowledge, run);
  CHECK(seen_all.strongest[0] == Degree(Unknown::undefined));
  CHECK(seen_all.strongest[1] == Degree(1.0));
  REQUIRE(seen_all.given_up.size() == 1);
  CHECK(seen_all.given_up[0].find("test.triple") != std::string::npos);
  CHECK(seen_all.given_up[0].find("at most 5000000 rows") != std::string::npos);
}

TEST_CASE("variables with more choices than can be tried are given up, and it is said where") {
  const Knowledge knowledge = rules(R"(
    table node(id: text)
    rule pair(a, b) when node(a) and node(b)
    finding pairs "Pairs" { when count(pair(a, b) for each a, b) > 3 }
    finding node_seen(n) "{n}" { when node(n) }
  )");
  Run run;
  for (int i = 0; i < 400; ++i) run.tables["node"].push_back({{"id", "n" + std::to_string(i)}});
  const Observations seen_all = observe(knowledge, run);
  CHECK_FALSE(seen_all.strongest[1].known());
  CHECK(seen_all.strongest[0] == Degree(1.0));
  REQUIRE(seen_all.given_up.size() == 1);
  CHECK(seen_all.given_up[0].find(":5 variables have more choices") != std::string::npos);
}

TEST_CASE("what labels make too many of is given up before it is made") {
  const Knowledge knowledge = rules(R"(
    metric grad[module] { aliases "grad/{module}" }
    metric norm[module] { aliases "norm/{module}" }
    finding pairs "Pairs" { when count(last(grad[a]) > last(norm[b]) for each a, b) > 3 }
  )");
  Run run;
  for (const char* family : {"grad/", "norm/"}) {
    for (int i = 1000; i < 3000; ++i)  // 4 million pairs
      run.series.push_back({family + std::to_string(i), {0, 1}, {1, 2}, {}});
  }
  const Observations seen_all = observe(knowledge, run);
  CHECK_FALSE(seen_all.strongest[0].known());
  REQUIRE(seen_all.given_up.size() == 1);
  CHECK(seen_all.given_up[0].find(":5 variables have more choices") != std::string::npos);
}

TEST_CASE("braces in what a run says are no placeholders") {
  const Knowledge knowledge = rules(R"(
    table edge(a: text, b: text)
    finding linked(x, y) "{x} waits for {y}" { when edge(x, y) }
  )");
  Run run;
  run.tables["edge"].push_back({{"a", "t{y}"}, {"b", "u{x}"}});
  const Observations seen_all = observe(knowledge, run);
  REQUIRE(seen_all.all.size() == 1);
  CHECK(seen_all.all[0].title == "t{y} waits for u{x}");
}
