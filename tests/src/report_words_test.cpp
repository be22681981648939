// What reports say, in words: of reports that are made by hand, and of small packs.
#include <nlohmann/json.hpp>

#include "engine/diagnose.hpp"
#include "engine/explain/explain.hpp"
#include "src/reports/build.hpp"
#include "src/reports/course.hpp"
#include "src/reports/formats.hpp"
#include "src/reports/reason.hpp"
#include "src/reports/summary.hpp"
#include "src/reports/verdict.hpp"
#include "tests/catch.hpp"
#include "tests/engine/lowered.hpp"

using namespace fmx;
using namespace fmx::reports;
using fmx::engine::test::rules;

namespace {

DiagnosisEntry diagnosis(const std::string& name, double confidence) {
  DiagnosisEntry made;
  made.id = "test." + name;
  made.title = name;
  made.level = "high";
  made.severity = "high";
  made.confidence = confidence;
  made.evidence.resize(1);
  made.evidence[0].title = made.evidence[0].text = "sign of " + name;
  made.evidence[0].weight = 1;
  return made;
}

Report diagnosed(std::vector<DiagnosisEntry> diagnoses) {
  Report made;
  made.status = "diagnosed";
  made.input = "run";
  made.series_read = 1;
  made.diagnoses = std::move(diagnoses);
  return made;
}

Report undecided(const std::string& status, double healthy) {
  Report made;
  made.status = status;
  made.input = "run";
  made.series_read = 1;
  made.healthy_probability = healthy;
  return made;
}

StepEntry step(int rank, const std::string& what) {
  StepEntry made;
  made.rank = rank;
  made.kind = "fix";
  made.id = "test.step";
  made.what = what;
  made.risk = "low";
  made.aim = "60 % likely to mend it";
  return made;
}

/// The text on one line, so that where it wraps does not matter.
std::string flat(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const char shown = c == '\n' ? ' ' : c;
    if (shown != ' ' || !line.ends_with(' ')) line += shown;
  }
  return line;
}

std::string in_text(const Report& report) { return flat(text(report, {})); }
bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Report report_of(const Knowledge& knowledge, const engine::Run& run) {
  const engine::Diagnosis found = engine::diagnose(knowledge, run);
  return build({knowledge, run, found}, {});
}

engine::Series series(const std::string& name, const std::vector<double>& values) {
  engine::Series made;
  made.name = name;
  std::vector<double> steps;
  for (std::size_t i = 0; i < values.size(); ++i) steps.push_back(static_cast<double>(i));
  made.steps = steps;
  made.values = values;
  return made;
}

}  // namespace

TEST_CASE("text, Markdown, JSON and the table of many runs say one verdict") {
  Report too_much = undecided("insufficient-evidence", 0.5);
  too_much.left_out = 0.9;
  Report cut_short = undecided("insufficient-evidence", 0.5);
  cut_short.cut_short = true;
  Report nothing = undecided("insufficient-evidence", 0.5);
  nothing.series_read = 0;
  const std::pair<Report, std::string> rows[] = {
      {diagnosed({diagnosis("Overfitting", 0.93)}), "Overfitting"},
      {undecided("healthy", 0.8), "Nothing is wrong, as far as the numbers tell"},
      {undecided("healthy", 0.3),
       "Something may be off, but no single failure is likelier than not"},
      {undecided("insufficient-evidence", 0.5),
       "Cannot tell: the run does not log enough to judge it"},
      {nothing, "Cannot tell: there are no numbers to judge by"},
      {too_much, "Cannot tell: too much was seen at once to tell its causes apart"},
      {cut_short, "Cannot tell: more follows from the rules than can be worked out (see the end)"},
  };
  for (const auto& [report, sentence] : rows) {
    CAPTURE(sentence);
    CHECK(verdict(report).text == sentence);
    CHECK(has(in_text(report), sentence));
    CHECK(has(markdown(report), "Verdict: **" + sentence));
    CHECK(nlohmann::json::parse(json(report))["verdict"] == sentence);
    CHECK(has(flat(summary({report}, {})), sentence));
  }
}

TEST_CASE("just below one half nothing is said that the figure beside it denies") {
  Report report = undecided("insufficient-evidence", 0.01);
  report.diagnoses = {diagnosis("Overfitting", 0.4996)};
  CHECK(has(in_text(report), "no single failure is likelier than not"));
  CHECK_FALSE(has(in_text(report), "50 % likely"));
}

TEST_CASE("the bound on what was not weighed is said from one percent on") {
  Report report = diagnosed({diagnosis("Overfitting", 0.99)});
  report.left_out = 0.36;
  CHECK(has(in_text(report), "as likely as 36 %"));
  CHECK(has(markdown(report), "as likely as 36 %"));
  report.left_out = 0.009;
  CHECK_FALSE(has(in_text(report), "were not weighed"));
}

TEST_CASE("a confidence is no higher than the bound lets it be") {
  // Twelve causes at once, each with a sign of its own: no set of three holds them. One more shows
  // three signs that nothing else does, so that every set that counts has it.
  std::string text = "pattern sure \"Sure\" { severity high prior 30%";
  for (const char* sign : {"f0", "f1", "f2"}) text += std::string(" shows ") + sign + " 95%";
  text += " }\n";
  for (int i = 0; i < 12; ++i) {
    text += "metric m" + std::to_string(i) + " { aliases \"m" + std::to_string(i) + "\" }\n";
    text += "finding f" + std::to_string(i) + " \"F\" { when last(m" + std::to_string(i) +
            ") > 0.5 base 0.01% }\n";
    text += "pattern p" + std::to_string(i) + " \"P" + std::to_string(i) +
            "\" { severity high prior 30% shows f" + std::to_string(i) + " 90% }\n";
  }
  engine::Run run;
  for (int i = 0; i < 12; ++i)
    run.series.push_back(series("m" + std::to_string(i), std::vector<double>(20, 1)));
  std::ranges::sort(run.series, {}, &engine::Series::name);
  const Report report = report_of(rules(text), run);
  REQUIRE(report.left_out > 0.3);
  REQUIRE_FALSE(report.diagnoses.empty());
  CHECK(report.diagnoses.front().title == "Sure");
  CHECK(report.diagnoses.front().confidence > 0.9);
  for (const DiagnosisEntry& each : report.diagnoses) CHECK(each.level == "low");
}

TEST_CASE("special kinds of the diagnosed cause make it more precise; they are no rivals of it") {
  DiagnosisEntry special = diagnosis("Graph cut", 0.35);
  special.kind_of = {"test.Frozen"};
  const Report general_first =
      diagnosed({diagnosis("Frozen", 0.74), special, diagnosis("Other", 0.2)});
  CHECK(has(in_text(general_first), "More precisely, it may be 35 % Graph cut: sign of Graph cut"));
  CHECK(has(in_text(general_first), "What else it could be 20 % Other"));

  special.confidence = 0.74;
  const Report special_first = diagnosed({special, diagnosis("Frozen", 0.3)});
  CHECK(has(in_text(special_first), "More generally, it is Frozen"));
  CHECK_FALSE(has(in_text(special_first), "What else it could be"));
}

TEST_CASE("what a pattern says of one that resembles it describes that one") {
  DiagnosisEntry first = diagnosis("Overfitting", 0.8), other = diagnosis("Bad batch", 0.3);
  first.resembles = {{other.id, other.title, "hits once and recovers", ""}};
  CHECK(has(in_text(diagnosed({first, other})), "Bad batch: hits once and recovers"));

  first.resembles.clear();
  other.resembles = {{first.id, first.title, "slow divergence over epochs", ""}};
  CHECK(has(in_text(diagnosed({first, other})),
            "Bad batch: unlike \"Overfitting\": slow divergence over epochs"));
}

TEST_CASE("what holds at the same time is told by its own signs") {
  DiagnosisEntry first = diagnosis("Overfitting", 0.9), other = diagnosis("Bad batch", 0.8);
  first.resembles = {{other.id, other.title, "hits once and recovers", ""}};
  Report report = diagnosed({first, other});
  report.explanation = {first.id, other.id};
  CHECK(has(in_text(report), "Also wrong, at the same time 80 % Bad batch: sign of Bad batch"));
}

TEST_CASE("a later step says its risk and what speaks against it as the first one does") {
  Report report = diagnosed({diagnosis("Overfitting", 0.9)});
  report.steps = {step(1, "Stop early"), step(2, "Wipe the state")};
  report.steps[1].risk = "high: the run cannot be resumed";
  report.steps[1].risky = true;
  report.steps[1].cautions = {"advised against here: mixed precision"};
  CHECK(has(in_text(report), "high: the run cannot be resumed"));
  CHECK(has(in_text(report), "advised against here: mixed precision"));
}

TEST_CASE("a step names what it mends where that is not what stands first") {
  const Knowledge knowledge = rules(R"(
    metric loss { aliases "loss" }
    metric gap { aliases "gap" }
    finding high "High" { when last(loss) > 1 base 0.1% }
    finding wide "Wide" { when last(gap) > 1 base 0.1% }
    pattern p "Cause P" { severity high prior 10% shows high 95% }
    pattern q "Cause Q" { severity high prior 5% shows wide 80% }
    fix of_p "Mend P" { cures p 80% why "w" verify "v" }
    fix of_q "Mend Q" { cures q 80% why "w" verify "v" }
  )");
  engine::Run run;
  run.series = {series("gap", std::vector<double>(20, 2)),
                series("loss", std::vector<double>(20, 2))};
  const Report report = report_of(knowledge, run);
  REQUIRE(report.diagnoses.front().title == "Cause P");
  REQUIRE(report.steps.size() == 2);
  CHECK(has(report.steps[0].aim, "likely to mend it"));
  CHECK(has(report.steps[1].aim, "likely to mend \"Cause Q\""));
  CHECK(has(markdown(report), "likely to mend \"Cause Q\""));
}

TEST_CASE("a metric of which there is too little to tell is asked for with the reason") {
  const Knowledge knowledge = rules(R"(
    metric loss { aliases "loss" }
    metric gap { aliases "gap" }
    finding high "High" { when last(loss) > 1 base 10% }
    finding widens "Widens" { when slope(gap over last 50%) > 0.3 }
    finding late "Late" { when max(gap over after 1000) > 0.3 }
    pattern p "Cause P" { severity high prior 10% shows high 95% shows widens 80% }
    pattern q "Cause Q" { severity high prior 10% shows high 95% shows late 80% }
  )");
  engine::Run run;
  run.series = {series("gap", {1, 2}), series("loss", std::vector<double>(20, 2))};
  const Report report = report_of(knowledge, run);
  REQUIRE(report.missing.size() == 2);
  for (const Missing& missing : report.missing) CHECK(missing.metric == "gap");
  const std::string said = in_text(report);
  CHECK(has(said, "more of gap (too few samples), to see whether: Widens"));
  CHECK(has(said, "more of gap (the log ends before), to see whether: Late"));
}

TEST_CASE("tries that count are said; where nothing is left to do there is still a way on") {
  const Knowledge knowledge = rules(R"(
    metric loss { aliases "loss" }
    finding high "High" { when last(loss) > 1 base 0.1% }
    pattern p "Cause P" { severity high prior 50% shows high 95% }
    fix mend "Mend it" { cures p 50% why "w" verify "v" }
  )");
  engine::Run run;
  run.series = {series("loss", std::vector<double>(20, 2))};
  run.tried = {{"mend", "no_change"}, {"mend", "no_change"}, {"mend", "no_change"}};
  const std::string said = in_text(report_of(knowledge, run));
  CHECK(has(said, "\"Mend it\" was tried and did not help"));
  CHECK(has(said, "If none of that helps"));
}

TEST_CASE("a run of tables alone is counted in rows") {
  const Knowledge knowledge = rules(R"(
    table blocked_by(task: text, on: text)
    rule waits_for(a, b) when blocked_by(a, b)
    rule waits_for(a, c) when waits_for(a, b) and blocked_by(b, c)
    finding circle(a) "Task {a} waits for itself" { when waits_for(a, a) base 0.1% }
    pattern deadlock "Deadlock" { severity high prior 5% shows circle 90% }
  )");
  engine::Run run;
  run.input = "run";
  const auto row = [](const char* a, const char* b) {
    return engine::Row{{"task", std::string(a)}, {"on", std::string(b)}};
  };
  run.tables["blocked_by"] = {row("t0", "t1"), row("t1", "t0")};
  const engine::Diagnosis found = engine::diagnose(knowledge, run);
  const std::string said = in_text(build({knowledge, run, found}, {}));
  CHECK(has(said, "run · 2 rows of tables"));
  CHECK_FALSE(has(said, "0 series"));
  CHECK(has(said, "waits_for(t0, t0), by blocked_by(t0, t1), blocked_by(t1, t0)"));
  CHECK(has(said, "also: Task t1 waits for itself"));

  const std::string why = flat(reports::text(
      engine::explain_pattern(knowledge, run, found, 0, in_words({knowledge, run, found})),
      knowledge.sources, 80));
  CHECK(has(why, "blocked_by(t1, t0) [test.fmrule:4]"));
  CHECK_FALSE(has(why, "{a}"));
}

TEST_CASE("a course is said where it is what the sign is about") {
  const auto way_of = [](const std::string& condition) {
    const Knowledge knowledge =
        rules("metric loss { aliases \"loss\" }\nfinding f \"F\" { when " + condition + " }");
    return wanted_way(knowledge.findings[0].when);
  };
  CHECK(way_of("last(loss) / min(loss) above 1.5 .. 4") == 1);
  CHECK(way_of("max(loss) / first(loss) above 4 .. 8") == 1);
  CHECK(way_of("min(loss) / last(loss) below 0.5 .. 0.2") == 1);
  CHECK(way_of("final(loss) < 0.15 * initial(loss)") == -1);
  CHECK(way_of("slope(loss) > 0") == 1);
  CHECK(way_of("noise(loss) above 0.1 .. 0.2") == 0);
  CHECK(way_of("count(spikes(loss)) >= 1") == 0);
}

TEST_CASE("a loss that spiked and fell again is not said to have fallen where it rises too far") {
  const Knowledge knowledge = rules(R"(
    metric loss { aliases "loss" }
    finding high "The loss rises far above where it began" {
      when max(loss) / first(loss) above 4 .. 8  since argmax(loss)  base 0.1% }
    pattern p "P" { severity high prior 20% shows high 95% }
  )");
  std::vector<double> values(40, 1);
  values[10] = 100;
  engine::Run run;
  run.series = {series("loss", values)};
  const Report report = report_of(knowledge, run);
  REQUIRE(report.diagnoses.size() == 1);
  CHECK_FALSE(has(report.diagnoses[0].evidence[0].text, "fell"));
}

TEST_CASE("of an `or` only the branch that holds is told, and what is merely logged is not") {
  const Knowledge knowledge = rules(R"(
    metric loss { aliases "loss" }
    finding high "High" { when logged(loss) and (last(loss) > 1 or min(loss) < -5) base 0.1% }
    pattern p "P" { severity high prior 20% shows high 95% }
  )");
  engine::Run run;
  run.series = {series("loss", std::vector<double>(20, 2))};
  const std::string said = report_of(knowledge, run).diagnoses.at(0).evidence.at(0).text;
  CHECK(has(said, "last loss is 2 (above 1)"));
  CHECK_FALSE(has(said, "lowest"));
  CHECK_FALSE(has(said, "logged"));
}

TEST_CASE("a sign that is evidence of what is diagnosed is not unexplained as well") {
  const Knowledge knowledge = rules(R"(
    metric loss { aliases "loss" }
    metric gap { aliases "gap" }
    finding high "High" { when last(loss) > 1 base 0.1% }
    finding wide "Wide" { when last(gap) > 1 base 10% }
    pattern p "P" { severity high prior 50% shows high 95% shows wide 5% }
  )");
  engine::Run run;
  run.series = {series("gap", std::vector<double>(20, 2)),
                series("loss", std::vector<double>(20, 2))};
  const Report report = report_of(knowledge, run);
  REQUIRE(report.diagnoses.size() == 1);
  CHECK(report.diagnoses[0].evidence.size() == 2);
  CHECK(report.unexplained.empty());
}
