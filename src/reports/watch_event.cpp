#include "src/reports/watch_event.hpp"

#include <fmt/format.h>

#include "src/reports/figure.hpp"
#include "src/reports/json_document.hpp"
#include "src/reports/lines.hpp"

namespace fmx::reports {
namespace {

using Json = nlohmann::ordered_json;

Json diagnosis(const WatchEvent& event) {
  if (!event.diagnosis) return nullptr;
  const DiagnosisEntry& d = *event.diagnosis;
  return {{"id", d.id},
          {"title", d.title},
          {"confidence", rounded(d.confidence)},
          {"level", d.level},
          {"severity", d.severity},
          {"started", number(d.began)},
          {"evidence", d.evidence.empty() ? Json(nullptr) : Json(d.evidence.front().text)}};
}

Json first_step(const WatchEvent& event) {
  if (!event.first_step) return nullptr;
  const StepEntry& s = *event.first_step;
  return {{"kind", s.kind}, {"id", s.id}, {"what", s.what}, {"how", s.how}};
}

std::string_view ink(const WatchEvent& event) {
  if (event.event == "firing") return "\x1b[1;31m";
  if (event.event == "pending") return "\x1b[1;33m";
  if (event.event == "resolved") return "\x1b[1;32m";
  return "\x1b[2m";
}

}  // namespace

std::string json_line(const WatchEvent& event) {
  const Json document = {{"schema", "fmx-watch/1"},
                         {"event", event.event},
                         {"at", event.at},
                         {"input", event.input},
                         {"step", number(event.step)},
                         {"step_unit", event.step_name},
                         {"series", event.series},
                         {"samples", event.samples},
                         {"what", event.what},
                         {"diagnosis", diagnosis(event)},
                         {"first_step", first_step(event)}};
  return written_in_a_line(document);
}

std::string text_line(const WatchEvent& event, bool colour) {
  std::string line = fmt::format("{}  {:<9} ", event.at.substr(11, 8), event.event);
  if (event.diagnosis) {
    line += fmt::format("{} · {} likely · {}", event.diagnosis->title,
                        percent(event.diagnosis->confidence), event.diagnosis->severity);
  }
  line += one_line(event.what);
  if (event.step) line += fmt::format(" · {} {}", event.step_name, position(*event.step));
  if (event.first_step) line += " · first: " + one_line(event.first_step->what);
  return colour ? fmt::format("{}{}\x1b[0m\n", ink(event), line) : line + "\n";
}

}  // namespace fmx::reports
