#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "src/reports/checkup.hpp"
#include "src/reports/figure.hpp"
#include "src/reports/lines.hpp"

namespace fmx::reports {
namespace {

/// Text in a cell of a table.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : one_line(text)) {
    if (c == '|' || c == '*' || c == '_' || c == '<' || c == '[' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// Code in a cell; what it holds stands as it is, but for bars.
std::string code(std::string_view text) {
  std::string escaped = "`";
  for (const char c : one_line(text)) {
    if (c == '|') escaped += '\\';
    escaped += c == '`' ? '\'' : c;
  }
  return escaped + "`";
}

void write_files(std::string& out, const Checkup& checkup) {
  out +=
      "\n## What was read\n\n| file | format | rows | series | samples |\n| --- | --- | ---: | "
      "---: | ---: |\n";
  for (const engine::File& file : checkup.files) {
    out += fmt::format("| {} | {} | {} | {} | {} |\n", cell(file.name), cell(file.format),
                       file.rows, file.series, file.samples);
  }
  if (checkup.first_step) {
    out += fmt::format("\n{} {} to {}.\n", cell(checkup.step_name), position(*checkup.first_step),
                       position(*checkup.last_step));
  }
}

void write_series(std::string& out, const Checkup& checkup) {
  if (checkup.series.empty()) return;
  out +=
      "\n## Which metric each series is\n\n| series | metric | by | samples |\n| --- | --- | --- | "
      "---: |\n";
  for (const CheckedSeries& each : checkup.series) {
    out += fmt::format(
        "| {} | {} | {} | {} |\n", code(each.name), each.metric.empty() ? "" : code(each.metric),
        each.match == "pattern" ? "pattern " + code(each.alias) : each.match, each.samples);
  }
}

void write_not_understood(std::string& out, const Checkup& checkup) {
  if (checkup.notes.empty() && checkup.unknown_settings.empty()) return;
  out += "\n## What was not understood\n\n";
  for (const std::string& note : checkup.notes) out += fmt::format("- {}\n", cell(note));
  if (!checkup.unknown_settings.empty()) {
    std::vector<std::string> keys;
    for (const std::string& key : checkup.unknown_settings) keys.push_back(code(key));
    out += fmt::format("- settings that no pack knows: {}\n", fmt::join(keys, ", "));
  }
}

void write_judged(std::string& out, const Checkup& checkup) {
  out += fmt::format(
      "\n## What can be judged\n\nWhat was logged holds {} of the evidence by which common "
      "failures are told.\n\n",
      percent(checkup.judged));
  out += "| pattern | judged | missing |\n| --- | --- | --- |\n";
  for (const CheckedPattern& each : checkup.patterns) {
    if (each.extent == "not" || each.extent == "ruled-out") continue;
    std::vector<std::string> missing = each.metrics;
    missing.insert(missing.end(), each.settings.begin(), each.settings.end());
    missing.insert(missing.end(), each.tables.begin(), each.tables.end());
    for (std::string& name : missing) name = code(name);
    out += fmt::format("| {} | {} | {} |\n", cell(each.title), percent(each.judged),
                       fmt::join(missing, ", "));
  }
}

void write_log_next(std::string& out, const Checkup& checkup) {
  if (checkup.log_next.empty()) return;
  out += "\n## What to log next\n";
  int rank = 0;
  for (const LogNext& next : checkup.log_next) {
    out += fmt::format("\n{}. **{}** {}: {} more of the evidence\n", ++rank, cell(next.name),
                       cell(next.title), percent(next.gain));
    for (const Advice& advice : next.how) {
      out += fmt::format("   - {}: {}\n", advice.framework.empty() ? "anywhere" : advice.framework,
                         code(advice.text));
    }
  }
}

}  // namespace

std::string markdown(const Checkup& checkup) {
  std::string out = fmt::format("# What fmx can see of {}\n", cell(checkup.input));
  write_files(out, checkup);
  write_series(out, checkup);
  write_not_understood(out, checkup);
  write_judged(out, checkup);
  write_log_next(out, checkup);
  return out;
}

}  // namespace fmx::reports
