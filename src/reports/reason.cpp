#include "src/reports/reason.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "src/reports/lines.hpp"

namespace fmx::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string place(Span rule, const Sources& sources) {
  return fmt::format("{}:{}", sources.at(rule.source).path, sources.place(rule).line);
}

/// The same without the folders: enough for a person to find it.
std::string short_place(Span rule, const Sources& sources) {
  const std::string whole = place(rule, sources);
  return whole.substr(whole.rfind('/') + 1);
}

void write(const engine::Reason& reason, const Sources& sources, int depth, std::string& out) {
  out += fmt::format("{:{}}{}", "", 2 * depth, one_line(reason.statement));
  if (reason.rule && reason.rule->source < sources.size()) {
    out += fmt::format("  [{}]", short_place(*reason.rule, sources));
  }
  out += '\n';
  for (const engine::Reason& each : reason.because) write(each, sources, depth + 1, out);
}

Json as_json(const engine::Reason& reason, const Sources& sources) {
  Json figures = Json::object();
  for (const engine::Figure& figure : reason.figures) {
    figures[figure.name] = std::isfinite(figure.value) ? Json(figure.value) : Json(nullptr);
  }
  Json because = Json::array();
  for (const engine::Reason& each : reason.because) because.push_back(as_json(each, sources));
  Json rule = nullptr;
  if (reason.rule && reason.rule->source < sources.size()) rule = place(*reason.rule, sources);
  return {{"statement", reason.statement},
          {"figures", std::move(figures)},
          {"rule", std::move(rule)},
          {"because", std::move(because)}};
}

}  // namespace

std::string text(const engine::Reason& reason, const Sources& sources) {
  std::string out;
  write(reason, sources, 0, out);
  return out;
}

std::string json(const engine::Reason& reason, const Sources& sources) {
  Json document = {{"schema", "fmx-explanation/1"}};
  document.update(as_json(reason, sources));
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace fmx::reports
