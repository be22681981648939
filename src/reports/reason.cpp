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

void write(const engine::Reason& reason, const Sources& sources, int depth, std::string& out) {
  out += fmt::format("{:{}}{}", "", 2 * depth, one_line(reason.statement));
  if (reason.rule && reason.rule->source < sources.size()) {
    out += fmt::format("  [{}]", short_place(*reason.rule, sources));
  }
  out += '\n';
  const std::size_t count = shown(reason);
  for (std::size_t i = 0; i < count; ++i) write(reason.because[i], sources, depth + 1, out);
  if (const std::string rest = left_out(reason); !rest.empty())
    out += fmt::format("{:{}}{}\n", "", 2 * depth + 2, rest);
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

std::string text(const engine::Reason& reason, const Sources& sources) {
  std::string out;
  write(reason, sources, 0, out);
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
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace fmx::reports
