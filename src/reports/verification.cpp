#include "src/reports/verification.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "engine/explain/readings.hpp"
#include "src/reports/figure.hpp"
#include "src/reports/json_document.hpp"
#include "src/reports/lines.hpp"
#include "src/reports/reason.hpp"
#include "src/reports/steps.hpp"

namespace fmx::reports {
namespace {

using engine::Verification;
using Json = nlohmann::ordered_json;

std::string_view answer(engine::Answer answer) {
  switch (answer) {
    case engine::Answer::helped: return "helped";
    case engine::Answer::not_helped: return "did not help";
    case engine::Answer::undecided: return "cannot be judged yet";
  }
  return "";
}

std::string_view word(engine::Answer answer) {
  switch (answer) {
    case engine::Answer::helped: return "helped";
    case engine::Answer::not_helped: return "not-helped";
    case engine::Answer::undecided: return "undecided";
  }
  return "";
}

std::string title(const VerifiedFix& v, Index finding) {
  return v.knowledge.findings[finding].title;
}

/// One thing that is said, with what it rests on.
struct Line {
  std::string text;
  std::vector<std::string> below = {};
};

Line clause(const VerifiedFix& v) {
  const Verification& result = v.verification;
  const Case facts{v.knowledge, v.new_run, v.diagnosis};
  Line line{"its clause: " + how_to_verify(facts, v.knowledge.fixes[v.fix])};
  const std::optional<Expression>& asked = v.knowledge.fixes[v.fix].verify;
  if (!result.clause || !asked) return line;
  const engine::Wording wording = in_words(facts);
  for (const engine::Reason& reason :
       engine::reasons_of(result.clause->readings, *asked, wording)) {
    line.below.push_back(reason.statement);
  }
  return line;
}

Line judged_part(const VerifiedFix& v) {
  const Verification& result = v.verification;
  std::string text = fmt::format("judged: {}, {} {} to {}", v.new_run.input, v.new_run.step_name,
                                 position(result.first_step), position(result.last_step));
  if (result.still_to_come) text += fmt::format("; {} to go", position(*result.still_to_come));
  return {std::move(text)};
}

std::optional<Line> missing(const VerifiedFix& v) {
  Line line{"to judge it, log"};
  for (const Index metric : v.verification.missing) {
    const Metric& asked = v.knowledge.metrics[metric];
    line.below.push_back(
        fmt::format("{}{}", asked.name, asked.title.empty() ? "" : " (" + asked.title + ")"));
  }
  if (line.below.empty()) return std::nullopt;
  return line;
}

std::optional<Line> patterns(const VerifiedFix& v) {
  Line line{"what it cures, in the old run and in the new one"};
  for (const Verification::Cured& cured : v.verification.cured) {
    line.below.push_back(fmt::format("{}: {} -> {}", v.knowledge.patterns[cured.pattern].title,
                                     percent(cured.before), percent(cured.after)));
  }
  if (line.below.empty()) return std::nullopt;
  return line;
}

std::optional<Line> signs(const VerifiedFix& v, const std::vector<Verification::Sign>& signs,
                          std::string_view what) {
  Line line{std::string(what)};
  for (const Verification::Sign& sign : signs) {
    line.below.push_back(
        title(v, sign.finding) +
        (sign.since ? fmt::format(", from {} {} on", v.new_run.step_name, position(*sign.since))
                    : ""));
  }
  if (line.below.empty()) return std::nullopt;
  return line;
}

std::vector<Line> lines(const VerifiedFix& v) {
  const Verification& result = v.verification;
  std::vector<Line> all = {clause(v)};
  const auto add = [&](std::optional<Line> line) {
    if (line) all.push_back(*std::move(line));
  };
  if (!result.cured.empty()) all.push_back(judged_part(v));
  if (result.answer == engine::Answer::undecided) add(missing(v));
  add(patterns(v));
  add(signs(v, result.came_back, "came back"));
  add(signs(v, result.gone, "gone"));
  add(signs(v, result.unknown, "not known any more"));
  return all;
}

std::string headline(const VerifiedFix& v) {
  return fmt::format("\"{}\" {}: {}", v.knowledge.fixes[v.fix].title, answer(v.verification.answer),
                     v.verification.because);
}

Json degree(const Degree& degree) {
  return degree.known() ? rounded(degree.value()) : Json(nullptr);
}

Json readings(const Verification& result) {
  Json all = Json::array();
  if (!result.clause) return all;
  for (const engine::Reading& reading : result.clause->readings) {
    all.push_back(
        {{"text", reading.text},
         {"degree", degree(reading.degree)},
         {"value", reading.value.known() ? measured(reading.value.value()) : Json(nullptr)},
         {"distance", measured(reading.distance)},
         {"series", reading.series},
         {"steps", {number(reading.first_step), number(reading.last_step)}}});
  }
  return all;
}

Json ids(const VerifiedFix& v, const std::vector<Verification::Sign>& signs) {
  Json all = Json::array();
  for (const Verification::Sign& sign : signs) {
    all.push_back({{"finding", v.knowledge.findings[sign.finding].id},
                   {"title", title(v, sign.finding)},
                   {"since", number(sign.since)}});
  }
  return all;
}

}  // namespace

std::string text(const VerifiedFix& v) {
  constexpr int width = 100;
  std::string out = wrap(headline(v), width, 2, "") + "\n";
  for (const Line& line : lines(v)) {
    out += wrap(line.text, width, 4, "  ");
    for (const std::string& below : line.below) out += wrap(below, width, 6, "    ");
  }
  return out;
}

std::string markdown(const VerifiedFix& v) {
  std::string out = fmt::format("# {}\n\n", headline(v));
  for (const Line& line : lines(v)) {
    out += fmt::format("- {}\n", one_line(line.text));
    for (const std::string& below : line.below) out += fmt::format("  - {}\n", one_line(below));
  }
  return out;
}

std::string json(const VerifiedFix& v) {
  const Verification& result = v.verification;
  const Fix& fix = v.knowledge.fixes[v.fix];
  Json out = {{"schema", "fmx-verification/1"},
              {"old", v.old_run.input},
              {"new", v.new_run.input},
              {"fix", fix.id},
              {"answer", word(result.answer)},
              {"because", result.because},
              {"verify", how_to_verify({v.knowledge, v.new_run, v.diagnosis}, fix)},
              {"degree", result.clause ? degree(result.clause->degree) : Json(nullptr)},
              {"readings", readings(result)},
              {"steps", {number(result.first_step), number(result.last_step)}},
              {"still_to_come", number(result.still_to_come)}};
  Json& missing = out["missing"] = Json::array();
  for (const Index metric : result.missing) missing.push_back(v.knowledge.metrics[metric].id);
  Json& cured = out["cures"] = Json::array();
  for (const Verification::Cured& each : result.cured) {
    cured.push_back({{"id", v.knowledge.patterns[each.pattern].id},
                     {"before", degree(Degree(each.before))},
                     {"after", degree(Degree(each.after))}});
  }
  out["came_back"] = ids(v, result.came_back);
  out["gone"] = ids(v, result.gone);
  out["unknown"] = ids(v, result.unknown);
  return written(out);
}

}  // namespace fmx::reports
