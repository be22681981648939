#include <nlohmann/json.hpp>
#include <variant>

#include "src/reports/formats.hpp"
#include "src/reports/json_document.hpp"
#include "src/reports/verdict.hpp"

namespace fmx::reports {
namespace {

using Json = nlohmann::ordered_json;

Json pairs(const std::vector<std::pair<std::string, std::string>>& values) {
  Json object = Json::object();
  for (const auto& [key, value] : values) object[key] = value;
  return object;
}

Json settings(const Report& report) {
  Json object = Json::object();
  for (const auto& [key, value] : report.settings) {
    if (const auto* text = std::get_if<std::string>(&value)) object[key] = *text;
    if (const auto* flag = std::get_if<bool>(&value)) object[key] = *flag;
    if (const auto* figure = std::get_if<double>(&value)) object[key] = number(*figure);
  }
  return object;
}

Json packs(const Report& report) {
  Json list = Json::array();
  for (const auto& [name, version] : report.packs)
    list.push_back({{"name", name}, {"version", version}});
  return list;
}

Json evidence(const Evidence& e) {
  Json steps = e.first_step && e.last_step
                   ? Json::array({number(*e.first_step), number(*e.last_step)})
                   : Json(nullptr);
  return {{"finding", e.finding},
          {"text", e.text},
          {"degree", rounded(e.degree)},
          {"direct", e.direct},
          {"series", e.series},
          {"config", e.config},
          {"steps", std::move(steps)},
          {"value", measured(e.value)},
          {"threshold", measured(e.threshold)},
          {"weight", rounded(e.weight)},
          {"started", number(e.began)},
          {"rule_hash", e.rule_hash}};
}

Json missing(const Missing& m) {
  return {{"metric", m.metric}, {"finding", m.finding}, {"title", m.title},
          {"how", m.how},       {"reason", m.reason},   {"gain", rounded(m.gain)}};
}

/// A list with `write` applied to each element.
template <class T, class Write>
Json list_of(const std::vector<T>& items, Write write) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(write(item));
  return list;
}

Json diagnosis(const DiagnosisEntry& d) {
  const auto cause = [](const CauseEntry& c) {
    return Json{{"text", c.text}, {"likelihood", rounded(c.likelihood)}};
  };
  const auto dispute = [](const DisputeEntry& x) {
    return Json{{"claim", x.claim}, {"against", x.against}, {"because", x.because}};
  };
  const auto lookalike = [](const Lookalike& x) {
    return Json{{"id", x.id}, {"title", x.title}, {"how", x.how}, {"check", x.check}};
  };
  return {{"id", d.id},
          {"title", d.title},
          {"confidence", rounded(d.confidence)},
          {"level", d.level},
          {"severity", d.severity},
          {"severity_because", d.severity_because},
          {"prior", rounded(d.prior)},
          {"mechanism", d.mechanism},
          {"started", number(d.began)},
          {"evidence", list_of(d.evidence, evidence)},
          {"against", list_of(d.against, evidence)},
          {"missing", list_of(d.missing, missing)},
          {"causes", list_of(d.causes, cause)},
          {"leads_to", d.leads_to},
          {"refuted_by", d.refuted_by},
          {"disputed", list_of(d.disputed, dispute)},
          {"resembles", list_of(d.resembles, lookalike)},
          {"kind_of", d.kind_of},
          {"cites", d.cites},
          {"provenance",
           {{"pack_version", d.pack_version}, {"rule_hash", d.hash}, {"amends", d.amends}}}};
}

Json step(const StepEntry& s) {
  return {{"rank", s.rank},
          {"kind", s.kind},
          {"id", s.id},
          {"what", s.what},
          {"why", s.why},
          {"how", s.how},
          {"verify", s.verify},
          {"leaves", s.leaves},
          {"risk", s.risk},
          {"cautions", s.cautions},
          {"cures", s.cures},
          {"effort_min", number(s.effort_min)},
          {"likelihood", rounded(s.likelihood)},
          {"priority", rounded(s.priority)},
          {"cites", s.cites}};
}

Json cited(const Cited& c) {
  return {{"id", c.id},
          {"title", c.title},
          {"kind", c.kind},
          {"url", c.url},
          {"year", c.year == 0 ? Json(nullptr) : Json(c.year)},
          {"problem", c.problem},
          {"cause", c.cause},
          {"fix", c.fix},
          {"establishes", c.establishes},
          {"applicability", c.applicability},
          {"applicability_because", c.applicability_because}};
}

Json insight(const Insight& i) {
  return {{"analogy", i.analogy}, {"text", i.text}, {"strength", rounded(i.strength)}};
}

Json delegation(const Delegation& d) {
  return {{"id", d.id},
          {"to", d.to},
          {"asks", d.asks},
          {"looks_at", d.looks_at},
          {"hypothesis", d.hypothesis}};
}

Json characterization(const Report& report) {
  return {{"symptom", report.symptoms},
          {"expected", report.expected},
          {"changed", report.changed},
          {"started", report.started
                          ? Json{{"step", number(*report.started)}, {"unit", report.step_name}}
                          : Json(nullptr)},
          {"environment", pairs(report.environment)},
          {"settings", settings(report)},
          {"tried", report.tried}};
}

Json document(const Report& report) {
  Json document = {{"schema", "fmx-report/1"},
                   {"fmx", FMX_VERSION},
                   {"packs", packs(report)},
                   {"status", report.status},
                   {"verdict", verdict(report).text},
                   {"input", report.input},
                   {"characterization", characterization(report)},
                   {"diagnoses", list_of(report.diagnoses, diagnosis)},
                   {"explanation",
                    {{"patterns", report.explanation},
                     {"probability", rounded(report.explanation_probability)},
                     {"healthy", rounded(report.healthy_probability)},
                     {"left_out", rounded(report.left_out)},
                     {"unexplained", report.unexplained}}},
                   {"steps", list_of(report.steps, step)},
                   {"missing", list_of(report.missing, missing)},
                   {"benign", list_of(report.benign, diagnosis)},
                   {"literature", list_of(report.literature, cited)},
                   {"insights", list_of(report.insights, insight)},
                   {"delegations", list_of(report.delegations, delegation)},
                   {"fallback", report.fallback},
                   {"notes", report.notes},
                   {"provenance",
                    {{"input_hash", report.input_hash},
                     {"series_read", report.series_read},
                     {"series_used", report.series_used},
                     {"samples_read", report.samples_read},
                     {"rows_read", report.rows_read},
                     {"series_unknown", report.unused}}}};
  if (!report.stopped.empty()) document["stopped"] = report.stopped;
  if (!report.returned.empty()) document["returned"] = report.returned;
  return document;
}

}  // namespace

std::string json(const Report& report) { return written(document(report)); }

std::string json_line(const Report& report) { return written_in_a_line(document(report)); }

}  // namespace fmx::reports
