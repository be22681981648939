#include "src/reports/reason.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "src/reports/figure.hpp"
#include "src/reports/json_document.hpp"
#include "src/reports/lines.hpp"
#include "src/reports/phrase.hpp"

namespace fmx::reports {
namespace {

using Json = nlohmann::ordered_json;
using engine::Reading;

/// ", in train/loss, step 80 to 100", or nothing.
std::string where(const Case& facts, const Reading& reading) {
  if (reading.series.empty()) return "";
  return fmt::format(", in {}, {} {} to {}", reading.series, facts.run.step_name,
                     position(reading.first_step), position(reading.last_step));
}

/// How clearly a comparison holds, or how far its value is from where it begins to count; nothing
/// where it plainly holds.
std::string how_far(const Reading& reading) {
  const double degree = reading.degree.value();
  if (degree > 0 && degree < 1) return ": seen to " + percent(degree);
  if (degree >= 1 || reading.distance == 0) return "";
  double missed = std::abs(reading.distance);
  for (const std::optional<double>& end : {reading.low, reading.high}) {
    if (end) missed = std::min(missed, std::abs(reading.value.value() - *end));
  }
  return missed > 0 ? fmt::format(", missed by {}", figure(missed)) : "";
}

/// What the reading is of, in words; those of the rule where its place is not known.
std::string subject(const Case& facts, const Reading& reading, const Expression* part) {
  if (part == nullptr) return reading.text;
  return is_comparison(*part) ? phrase(facts, part->operands.front()) : phrase(facts, *part);
}

std::string outcome(const Case& facts, const Reading& reading, const Expression& condition) {
  const Expression* part = part_at(facts.knowledge, condition, reading.span);
  if (reading.derived) return reading.derived->fact;  // what it rests on stands below it
  if (!reading.degree.known()) {
    return fmt::format("{}: {}", subject(facts, reading, part), describe(reading.degree.reason()));
  }
  if (part == nullptr) {
    return fmt::format("{}: {}{}", reading.text,
                       reading.degree.value() >= 0.5 ? "it is so" : "it is not so",
                       where(facts, reading));
  }
  if (!is_comparison(*part) || !reading.value.known()) return phrase(facts, reading, part);
  return phrase(facts, reading, part) + how_far(reading) + where(facts, reading);
}

std::string place(Span rule, const Sources& sources) {
  return fmt::format("{}:{}", sources.at(rule.source).path, sources.place(rule).line);
}

/// The same without the folders: enough for a person to find it.
std::string short_place(Span rule, const Sources& sources) {
  const std::string whole = place(rule, sources);
  return whole.substr(whole.rfind('/') + 1);
}

/// How many of the reasons below people are shown: the weightiest stand first.
constexpr std::size_t most_below = 8;
std::size_t shown(const engine::Reason& reason) {
  if (reason.minor) return 0;
  return reason.because.size() <= most_below + 1 ? reason.because.size() : most_below;
}

std::string left_out(const engine::Reason& reason) {
  const std::size_t rest = reason.because.size() - shown(reason);
  return reason.minor || rest == 0
             ? ""
             : fmt::format("and {} more, less telling: --format json shows all", rest);
}

void write(const engine::Reason& reason, const Sources& sources, int width, int depth,
           std::string& out) {
  const auto line = [&](const std::string& text, int at) {
    out += wrap(text, width, 2 * at + 4, std::string(static_cast<std::size_t>(2 * at), ' '));
  };
  const bool has_rule = reason.rule && reason.rule->source < sources.size();
  line(
      reason.statement + (has_rule ? fmt::format(" [{}]", short_place(*reason.rule, sources)) : ""),
      depth);
  const std::size_t count = shown(reason);
  for (std::size_t i = 0; i < count; ++i) write(reason.because[i], sources, width, depth + 1, out);
  if (const std::string rest = left_out(reason); !rest.empty()) line(rest, depth + 1);
}

/// Characters that Markdown would read as layout stand for themselves.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*<[]|").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

void write_item(const engine::Reason& reason, const Sources& sources, int depth, std::string& out) {
  out += fmt::format("{:{}}- {}", "", 2 * depth, escaped(one_line(reason.statement)));
  if (reason.rule && reason.rule->source < sources.size())
    out += fmt::format(" (`{}`)", short_place(*reason.rule, sources));
  out += '\n';
  const std::size_t count = shown(reason);
  for (std::size_t i = 0; i < count; ++i) write_item(reason.because[i], sources, depth + 1, out);
  if (const std::string rest = left_out(reason); !rest.empty())
    out += fmt::format("{:{}}- {}\n", "", 2 * depth + 2, rest);
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

engine::Wording in_words(const Case& facts) {
  return {.outcome =
              [facts](const Reading& reading, const Expression& condition) {
                return outcome(facts, reading, condition);
              },
          .measured =
              [facts](const Reading& reading, const Expression& condition, double value) {
                const Expression* part = part_at(facts.knowledge, condition, reading.span);
                if (part == nullptr || !is_comparison(*part)) return std::string();
                return fmt::format("{}, not {}", measured(facts, part->operands.front(), value),
                                   figure(reading.value.value()));
              }};
}

std::string text(const engine::Reason& reason, const Sources& sources, int width) {
  std::string out;
  write(reason, sources, width, 0, out);
  return out;
}

std::string markdown(const engine::Reason& reason, const Sources& sources) {
  std::string out = fmt::format("# {}\n", escaped(one_line(reason.statement)));
  if (reason.rule && reason.rule->source < sources.size())
    out += fmt::format("\nRule: `{}`\n", short_place(*reason.rule, sources));
  bool in_list = false;
  for (const engine::Reason& branch : reason.because) {
    const bool heads = !branch.because.empty() && !branch.rule;
    if (heads) {
      out += fmt::format("\n## {}\n\n", escaped(one_line(branch.statement)));
      const std::size_t count = shown(branch);
      for (std::size_t i = 0; i < count; ++i) write_item(branch.because[i], sources, 0, out);
      if (const std::string rest = left_out(branch); !rest.empty()) out += "- " + rest + "\n";
    } else {
      if (!in_list) out += '\n';
      write_item(branch, sources, 0, out);
    }
    in_list = !heads;
  }
  return out;
}

std::string json(const engine::Reason& reason, const Sources& sources) {
  Json document = {{"schema", "fmx-explanation/1"}};
  document.update(as_json(reason, sources));
  return written(document);
}

}  // namespace fmx::reports
