#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "src/cases/evaluation_formats.hpp"
#include "src/readers/input.hpp"
#include "src/readers/json_text.hpp"
#include "src/reports/json_document.hpp"

namespace fmx::cases {
namespace {

using Json = nlohmann::ordered_json;
using reports::rounded;

constexpr const char* schema = "fmx-evaluation/1";

Json problem(const Problem& p) {
  return {{"where", p.where}, {"what", p.what}, {"remedy", p.remedy}};
}

Json reliability(const engine::Reliability& r) {
  Json bins = Json::array();
  for (std::size_t i = 0; i < r.bins.size(); ++i) {
    const engine::ReliabilityBin& bin = r.bins[i];
    if (bin.cases == 0) continue;
    bins.push_back({{"from", rounded(static_cast<double>(i) / 10)},
                    {"cases", bin.cases},
                    {"said", rounded(bin.said)},
                    {"was", rounded(bin.was)}});
  }
  return bins;
}

Json said(const Said& s) {
  Json diagnoses = Json::array();
  for (const auto& [id, confidence] : s.diagnoses) {
    diagnoses.push_back({{"id", id}, {"confidence", rounded(confidence)}});
  }
  return {{"name", s.name},     {"label", s.label}, {"accept", s.accept},
          {"status", s.status}, {"good", s.good},   {"diagnoses", std::move(diagnoses)}};
}

std::string word(Changed::Kind kind) {
  switch (kind) {
    case Changed::Kind::now_wrong: return "now-wrong";
    case Changed::Kind::now_right: return "now-right";
    case Changed::Kind::other_diagnosis: return "diagnosis";
    case Changed::Kind::other_status: return "status";
    case Changed::Kind::confidence: return "confidence";
  }
  return "";
}

/// Throws what nlohmann/json throws where the shape is another.
std::vector<Said> cases_in(const Json& json) {
  std::vector<Said> all;
  for (const Json& each : json.at("cases")) {
    Said one{.name = each.at("name"),
             .label = each.at("label"),
             .accept = each.at("accept"),
             .status = each.at("status"),
             .diagnoses = {},
             .good = each.at("good")};
    for (const Json& named : each.at("diagnoses")) {
      one.diagnoses.emplace_back(named.at("id"), named.at("confidence"));
    }
    all.push_back(std::move(one));
  }
  return all;
}

Problem not_saved(const std::string& path, std::string what) {
  return {path, std::move(what), "give a file that `fmx evaluate CASES --save FILE` wrote"};
}

}  // namespace

std::string json(const Evaluation& e) {
  const engine::Score& s = e.score;
  Json out = {{"schema", schema},
              {"faulty", s.faulty},
              {"healthy", s.healthy},
              {"first", rounded(s.first_fair)},
              {"first_strict", rounded(s.first)},
              {"three", rounded(s.three_fair)},
              {"three_strict", rounded(s.three)},
              {"missed", rounded(s.missed)},
              {"confident_and_wrong", rounded(s.confident_and_wrong)},
              {"abstained_faulty", rounded(s.abstained_of_faulty)},
              {"false_alarms", rounded(s.false_alarms)},
              {"abstained_healthy", rounded(s.abstained_of_healthy)},
              {"ece", rounded(s.reliability.error)},
              {"brier", rounded(s.reliability.brier)},
              {"reliability", reliability(s.reliability)}};
  Json& patterns = out["patterns"] = Json::array();
  for (const auto& [id, p] : e.patterns) {
    patterns.push_back({{"id", id},
                        {"runs", p.labelled},
                        {"found", p.found_fair},
                        {"found_strict", p.found},
                        {"said", p.said},
                        {"right", p.right}});
  }
  Json& confusion = out["confusion"] = Json::array();
  for (const Evaluation::Confused& c : e.confusion) {
    confusion.push_back({{"is", c.truth}, {"said", c.said}, {"cases", c.cases}});
  }
  Json& cases = out["cases"] = Json::array();
  for (const Said& one : e.cases) cases.push_back(said(one));
  if (e.compared) {
    Json& changed = out["changed"] = Json::array();
    for (const Changed& c : e.changed) {
      changed.push_back({{"case", c.after.name},
                         {"kind", word(c.kind)},
                         {"before", said(c.before)},
                         {"after", said(c.after)}});
    }
    out["only_before"] = e.only_before;
    out["only_now"] = e.only_now;
  }
  Json& not_used = out["not_used"] = Json::array();
  for (const Problem& p : e.not_used) not_used.push_back(problem(p));
  return reports::written(out);
}

Result<std::vector<Said>, Problem> saved(const std::string& path) {
  auto input = readers::Input::open(path, path);
  if (!input) return Unexpected{not_saved(path, input.error().what)};
  const auto text = input->whole();
  if (!text) return Unexpected{not_saved(path, text.error().what)};
  const auto json = readers::parse_json(*text);
  if (!json) return Unexpected{not_saved(input->at(json.error().line), json.error().what)};
  try {
    if (json->at("schema") != schema) {
      return Unexpected{not_saved(path, fmt::format("it is no {}", schema))};
    }
    return cases_in(*json);
  } catch (const Json::exception&) {
    return Unexpected{not_saved(path, "it is no saved evaluation")};
  }
}

}  // namespace fmx::cases
