#include "src/rule_tests/made_up_run.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

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
    char* end = nullptr;
    const double number = std::strtod(value.c_str(), &end);
    if (end != value.c_str() && *end == '\0') return number;
  }
  if (type == "flag") return value == "true";
  return value;
}

void add_row(const Knowledge& knowledge, const Given& given, engine::Run& run) {
  const Table* table = find(knowledge.tables, given.name);
  if (table == nullptr) return;
  engine::Row row;
  for (std::size_t i = 0; i < std::min(table->columns.size(), given.values.size()); ++i) {
    row[table->columns[i].name] = cell(given.values[i], table->columns[i].type);
  }
  run.tables[table->name].push_back(std::move(row));
}

void add_lines(std::string_view text, std::vector<std::string>& lines) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
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
      case Given::Kind::log: add_lines(given.text, run.log_lines); break;
    }
  }
  std::ranges::stable_sort(run.series, {}, &engine::Series::name);
  return run;
}

}  // namespace fmx::rule_tests
