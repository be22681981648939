#include "src/reports/checkup.hpp"
#include "src/reports/json_document.hpp"

namespace fmx::reports {
namespace {

using Json = nlohmann::ordered_json;

Json pairs(const std::vector<std::pair<std::string, std::string>>& values) {
  Json object = Json::object();
  for (const auto& [key, value] : values) object[key] = value;
  return object;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json files(const Checkup& checkup) {
  Json list = Json::array();
  for (const engine::File& file : checkup.files) {
    list.push_back({{"name", file.name},
                    {"format", file.format},
                    {"rows", file.rows},
                    {"series", file.series},
                    {"samples", file.samples}});
  }
  return list;
}

Json series(const Checkup& checkup) {
  Json list = Json::array();
  for (const CheckedSeries& each : checkup.series) {
    list.push_back({{"name", each.name},
                    {"file", each.file},
                    {"samples", each.samples},
                    {"steps", {number(each.first), number(each.last)}},
                    {"metric", text_or_null(each.metric)},
                    {"labels", pairs(each.labels)},
                    {"match", each.match},
                    {"alias", text_or_null(each.alias)}});
  }
  return list;
}

Json settings(const Checkup& checkup) {
  Json list = Json::array();
  for (const CheckedSetting& each : checkup.settings)
    list.push_back({{"key", each.key}, {"param", each.param}});
  return list;
}

Json patterns(const Checkup& checkup) {
  Json list = Json::array();
  for (const CheckedPattern& each : checkup.patterns) {
    list.push_back(
        {{"id", each.id},
         {"title", each.title},
         {"area", each.area},
         {"benign", each.benign},
         {"extent", each.extent},
         {"judged", rounded(each.judged)},
         {"missing",
          {{"metrics", each.metrics}, {"settings", each.settings}, {"tables", each.tables}}}});
  }
  return list;
}

Json log_next(const Checkup& checkup) {
  Json list = Json::array();
  for (const LogNext& each : checkup.log_next) {
    Json how = Json::object();
    for (const Advice& advice : each.how)
      how[advice.framework.empty() ? "any" : advice.framework] = advice.text;
    list.push_back({{"metric", each.metric},
                    {"title", each.title},
                    {"unit", text_or_null(each.unit)},
                    {"gain", rounded(each.gain)},
                    {"patterns", each.patterns},
                    {"how", std::move(how)}});
  }
  return list;
}

Json tables(const Checkup& checkup) {
  Json object = Json::object();
  for (const auto& [name, rows] : checkup.tables) object[name] = rows;
  return object;
}

/// What no pack or reader made sense of.
Json not_understood(const Checkup& checkup) {
  Json names = Json::array();
  for (const CheckedSeries& each : checkup.series) {
    if (each.metric.empty()) names.push_back(each.name);
  }
  return {{"series", std::move(names)},
          {"settings", checkup.unknown_settings},
          {"notes", checkup.notes}};
}

}  // namespace

std::string json(const Checkup& checkup) {
  const Json document = {{"schema", "fmx-doctor/1"},
                         {"fmx", FMX_VERSION},
                         {"packs",
                          [&] {
                            Json list = Json::array();
                            for (const auto& [name, version] : checkup.packs)
                              list.push_back({{"name", name}, {"version", version}});
                            return list;
                          }()},
                         {"input", checkup.input},
                         {"read",
                          {{"files", files(checkup)},
                           {"samples", checkup.samples},
                           {"steps",
                            {{"unit", checkup.step_name},
                             {"first", number(checkup.first_step)},
                             {"last", number(checkup.last_step)}}},
                           {"tables", tables(checkup)},
                           {"log_lines", checkup.log_lines},
                           {"scripts", checkup.scripts}}},
                         {"series", series(checkup)},
                         {"settings", settings(checkup)},
                         {"not_understood", not_understood(checkup)},
                         {"judged", rounded(checkup.judged)},
                         {"patterns", patterns(checkup)},
                         {"log_next", log_next(checkup)}};
  return written(document);
}

}  // namespace fmx::reports
