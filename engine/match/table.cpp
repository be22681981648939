#include "engine/match/table.hpp"

#include <fmt/format.h>

#include <limits>

#include "engine/match/timestamp.hpp"
#include "engine/match/value.hpp"
#include "knowledge/spelling.hpp"

namespace fmx::engine {
namespace {

bool is_numeric(const std::string& type) { return type == "number" || type == "time"; }

}  // namespace

const std::vector<Row>* find_table(const Run& run, const Table& table) {
  for (const std::string& name : {table.id, table.name}) {
    const auto it = run.tables.find(name);
    if (it != run.tables.end()) return &it->second;
  }
  for (const auto& [name, rows] : run.tables) {
    if (normal_form(name) == normal_form(table.name)) return &rows;
  }
  return nullptr;
}

std::vector<Symbol> Cells::of(const Row& row) {
  std::vector<std::optional<Symbol>> found(table_.columns.size());
  for (const auto& [key, setting] : row) {
    const std::optional<std::size_t> place = column(key);
    if (place) found[*place] = symbol(setting, table_.columns[*place].type);
  }
  std::vector<Symbol> cells;
  for (std::size_t i = 0; i < found.size(); ++i) {
    cells.push_back(found[i] ? *found[i] : missing(table_.columns[i].type));
  }
  return cells;
}

Symbol Cells::missing(const std::string& type) {
  if (is_numeric(type)) return symbols_.of(std::numeric_limits<double>::quiet_NaN());
  return symbols_.of(std::string_view());
}

Symbol Cells::symbol(const Setting& setting, const std::string& type) {
  if (const auto* number = std::get_if<double>(&setting)) {
    if (is_numeric(type)) return symbols_.of(*number);
    if (type == "flag") return symbols_.of(std::string_view(*number != 0 ? "true" : "false"));
    return symbols_.of(std::string_view(fmt::format("{}", *number)));
  }
  if (const auto* flag = std::get_if<bool>(&setting)) {
    if (is_numeric(type)) return symbols_.of(*flag ? 1.0 : 0.0);
    return symbols_.of(std::string_view(*flag ? "true" : "false"));
  }
  const std::string& text = std::get<std::string>(setting);
  if (type == "flag") return symbols_.of(std::string_view(folded(text)));
  if (!is_numeric(type)) return symbols_.of(std::string_view(text));
  const Number number = number_of(Value::of(std::string_view(text)));
  if (number.known()) return symbols_.of(number.value());
  const std::optional<double> time = type == "time" ? seconds_of(text) : std::nullopt;
  return time ? symbols_.of(*time) : missing(type);
}

/// The column that a key of a row means.
std::optional<std::size_t> Cells::column(const std::string& key) {
  const auto known = columns_.find(key);
  if (known != columns_.end()) return known->second;
  std::optional<std::size_t>& place = columns_[key];
  for (std::size_t i = 0; i < table_.columns.size() && !place; ++i) {
    if (table_.columns[i].name == key) place = i;
  }
  for (std::size_t i = 0; i < table_.columns.size() && !place; ++i) {
    if (normal_form(table_.columns[i].name) == normal_form(key)) place = i;
  }
  return place;
}

}  // namespace fmx::engine
