#include "src/rule_tests/made_up_run.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>

#include "src/readers/assemble.hpp"
#include "src/readers/format.hpp"
#include "src/readers/number.hpp"
#include "src/rule_tests/shape.hpp"

namespace fmx::rule_tests {
namespace {

engine::Setting setting(const Given& given) {
  if (given.text == "true") return true;
  if (given.text == "false") return false;
  if (given.number) return *given.number;
  return given.text;
}

/// A value of a fact: a number where it reads as one.
engine::Setting cell(const std::string& value, const std::string& type) {
  if (type == "number" || type == "time") {
    if (const auto number = readers::number(value)) return *number;
  }
  if (type == "flag") return value == "true";
  return value;
}

void add_row(const Knowledge& knowledge, const Given& given, engine::Run& run) {
  if (!given.table) return;
  const Table& table = knowledge.tables[*given.table];
  engine::Row row;
  for (std::size_t i = 0; i < std::min(table.columns.size(), given.values.size()); ++i) {
    row[table.columns[i].name] = cell(given.values[i], table.columns[i].type);
  }
  run.tables[table.name].push_back(std::move(row));
}

void add_lines(std::string_view text, std::vector<std::string>& lines) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// The names under which declared lines are known.
std::set<std::string, std::less<>> declared_names(const Knowledge& knowledge) {
  std::set<std::string, std::less<>> names;
  for (const LogFormat& log : knowledge.logs) {
    if (log.counts) names.insert(knowledge.metrics[*log.counts].name);
    for (const LogLine& line : log.lines) {
      for (const LogPiece& piece : line.pieces) names.insert(piece.name);
    }
  }
  return names;
}

/// What `log` declarations make of given lines; what else their numbers might mean is not asked.
void add_declared(const Knowledge& knowledge, const std::string& text, engine::Run& run) {
  if (knowledge.logs.empty()) return;
  readers::Input input = readers::Input::of_bytes(text, "log");
  auto reading = readers::read_text_log(input, readers::DeclaredLines(&knowledge));
  if (!reading) return;
  readers::Assembly assembly;
  assembly.add(*std::move(reading), "log");
  engine::Run read = assembly.finish("log");
  const auto names = declared_names(knowledge);
  for (engine::Series& series : read.series) {
    if (names.contains(series.name)) run.series.push_back(std::move(series));
  }
  for (auto& [name, rows] : read.tables) {
    auto& known = run.tables[name];
    known.insert(known.end(), rows.begin(), rows.end());
  }
  for (const auto& [key, setting] : read.config) {
    if (names.contains(key)) run.config.emplace(key, setting);
  }
}

}  // namespace

engine::Run made_up_run(const Knowledge& knowledge, const Test& test) {
  engine::Run run;
  run.input = test.title;
  for (const Given& given : test.given) {
    switch (given.kind) {
      case Given::Kind::series: {
        engine::Series series = synthesize(given.shape, test.title + "\n" + given.name);
        series.name = given.name;
        run.series.push_back(std::move(series));
        break;
      }
      case Given::Kind::param: run.config[given.name] = setting(given); break;
      case Given::Kind::symptom: run.symptoms.push_back(given.text); break;
      case Given::Kind::tried: run.tried.push_back({given.name, given.text}); break;
      case Given::Kind::code: run.code.push_back(given.text); break;
      case Given::Kind::fact: add_row(knowledge, given, run); break;
      case Given::Kind::log:
        add_lines(given.text, run.log_lines);
        add_declared(knowledge, given.text, run);
        break;
    }
  }
  std::ranges::stable_sort(run.series, {}, &engine::Series::name);
  return run;
}

}  // namespace fmx::rule_tests
