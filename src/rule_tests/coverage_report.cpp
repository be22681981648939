#include "src/rule_tests/coverage_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "src/reports/json_document.hpp"

namespace fmx::rule_tests {
namespace {

using Json = nlohmann::ordered_json;

struct Share {
  std::size_t reached = 0, all = 0;

  void count(bool is_reached) { ++all, reached += is_reached ? 1 : 0; }
  double percent() const {
    return all == 0 ? 100 : 100 * static_cast<double>(reached) / static_cast<double>(all);
  }
};

/// The figures of a pack, in the order of `columns`.
constexpr std::array<std::string_view, 7> columns{
    "concluded", "refuted", "conditions", "thresholds", "near", "fixes", "analogies"};
constexpr std::array<std::string_view, 7> keys{
    "patterns_concluded", "patterns_refuted",     "conditions",
    "threshold_sides",    "threshold_sides_near", "fixes",
    "analogies"};
using Figures = std::array<Share, columns.size()>;
enum Column { concluded, refuted, conditions, thresholds, near, fixes, analogies };

/// Something that no test reached.
struct Missing {
  std::string place, what, missing;
};

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

class Summary {
 public:
  Summary(const Knowledge& knowledge, const Coverage& coverage) : knowledge_(knowledge) {
    for (const PatternReach& reach : coverage.patterns) {
      const Pattern& pattern = knowledge.patterns[reach.pattern];
      count(pattern.pack, concluded, reach.concluded);
      count(pattern.pack, refuted, reach.refuted);
      const std::string what = "pattern " + pattern.name;
      if (!reach.concluded) miss(pattern.span, what, "never concluded");
      if (!reach.refuted) miss(pattern.span, what, "never refuted though a sign of it is seen");
    }
    for (const ConditionReach& reach : coverage.conditions) add(reach);
    for (const auto& [index, reached] : coverage.fixes) {
      const Fix& fix = knowledge.fixes[index];
      count(fix.pack, fixes, reached);
      if (!reached) miss(fix.span, "fix " + fix.name, "never offered");
    }
    for (const auto& [index, reached] : coverage.analogies) {
      const Analogy& analogy = knowledge.analogies[index];
      count(analogy.pack, analogies, reached);
      if (!reached)
        miss(analogy.span, "analogy " + analogy.name, "its first pattern is never concluded");
    }
    std::ranges::stable_sort(missing, {}, [](const Missing& m) { return m.place; });
  }

  std::map<std::string, Figures> packs;
  Figures all;
  std::vector<Missing> missing;

 private:
  void add(const ConditionReach& reach) {
    count(reach.pack, conditions, reach.held);
    count(reach.pack, conditions, reach.failed);
    const std::string what = fmt::format("`{}`", on_one_line(knowledge_.sources.text(reach.span)));
    if (!reach.held) miss(reach.span, what, "never true");
    if (!reach.failed) miss(reach.span, what, "never false");
    if (!reach.threshold) return;
    count(reach.pack, thresholds, reach.held);
    count(reach.pack, thresholds, reach.failed);
    count(reach.pack, near, reach.near_held);
    count(reach.pack, near, reach.near_failed);
    if (reach.held && !reach.near_held) miss(reach.span, what, "true only far from its threshold");
    if (reach.failed && !reach.near_failed)
      miss(reach.span, what, "false only far from its threshold");
  }

  void count(const std::string& pack, Column column, bool reached) {
    packs[pack][column].count(reached);
    all[column].count(reached);
  }

  void miss(Span span, std::string what, std::string how) {
    missing.push_back({fmt::format("{}:{}", knowledge_.sources.at(span.source).path,
                                   knowledge_.sources.place(span).line),
                       std::move(what), std::move(how)});
  }

  const Knowledge& knowledge_;
};

std::string line(std::string_view name, const Figures& figures, std::size_t width) {
  std::string text = fmt::format("{:<{}}", name, width);
  for (const Share& share : figures) {
    text += share.all == 0 ? fmt::format("  {:>14}", "-")
                           : fmt::format("  {:>14}", fmt::format("{}/{} {:3.0f}%", share.reached,
                                                                 share.all, share.percent()));
  }
  return text + "\n";
}

Json figures_as_json(const Figures& figures) {
  Json json = Json::object();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    json[std::string(keys[i])] = {figures[i].reached, figures[i].all};
  }
  return json;
}

}  // namespace

std::string coverage_as_text(const Knowledge& knowledge, const Coverage& coverage) {
  const Summary summary(knowledge, coverage);
  std::size_t width = 4;
  for (const auto& [pack, figures] : summary.packs) width = std::max(width, pack.size());
  std::string out = fmt::format("{:<{}}", "pack", width);
  for (const std::string_view column : columns) out += fmt::format("  {:>14}", column);
  out += '\n';
  for (const auto& [pack, figures] : summary.packs) out += line(pack, figures, width);
  out += line("all", summary.all, width);
  if (summary.missing.empty()) return out;
  out += "\nnot reached\n";
  for (const Missing& each : summary.missing) {
    out += fmt::format("  {}: {}: {}\n", each.place, each.what, each.missing);
  }
  return out;
}

std::string coverage_as_json(const Knowledge& knowledge, const Coverage& coverage) {
  const Summary summary(knowledge, coverage);
  Json json;
  json["schema"] = "fmx-coverage/1";
  json["packs"] = Json::array();
  for (const auto& [pack, figures] : summary.packs) {
    Json one = {{"pack", pack}};
    one.update(figures_as_json(figures));
    json["packs"].push_back(std::move(one));
  }
  json["all"] = figures_as_json(summary.all);
  json["not_reached"] = Json::array();
  for (const Missing& each : summary.missing) {
    json["not_reached"].push_back(
        {{"place", each.place}, {"what", each.what}, {"missing", each.missing}});
  }
  return reports::written(json);
}

}  // namespace fmx::rule_tests
