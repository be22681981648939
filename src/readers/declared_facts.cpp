#include "src/readers/declared_facts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "src/readers/log_line.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

using Kind = LogPiece::Kind;

constexpr std::size_t most_rows = 200'000;  // of one table

std::optional<double> number_of(const DeclaredValue& value) {
  if (value.piece->kind == Kind::time) return time_stamp(value.text);
  std::string plain(value.text);
  std::erase(plain, ',');
  const auto found = number(plain);
  if (!found || value.piece->factor == 1) return found;
  return *found * value.piece->factor;
}

}  // namespace

std::optional<Declared> DeclaredFacts::take(std::string_view line, std::optional<double> step) {
  const std::vector<DeclaredLine> found = lines_->find(line);
  if (found.empty()) return std::nullopt;
  Declared declared;
  for (const DeclaredLine& one : found) {
    declared.captured = declared.captured || !one.values.empty();
    if (const std::string_view metric = lines_->counted_by(*one.log); !metric.empty())
      declared.counts.push_back(metric);
    if (one.log->into) {
      add_row(one, step);
      continue;
    }
    for (const DeclaredValue& value : one.values) {
      const std::string& name = value.piece->name;
      if (value.piece->kind == Kind::text || value.piece->kind == Kind::setting) {
        settings_.emplace(name, setting_of(value.text));
      } else if (const auto number = number_of(value)) {
        declared.cells.emplace_back(value.piece->kind == Kind::time ? "timestamp" : name, *number);
      }
    }
  }
  return declared;
}

void DeclaredFacts::add_row(const DeclaredLine& found, std::optional<double> step) {
  std::vector<engine::Row>& rows = tables_[std::string(lines_->table_of(*found.log))];
  if (rows.size() == most_rows) {
    ++rows_left_out_;
    return;
  }
  engine::Row& row = rows.emplace_back();
  if (step) row["step"] = *step;
  for (const DeclaredValue& value : found.values) {
    const bool numeric = value.piece->kind == Kind::number || value.piece->kind == Kind::time;
    const auto number = numeric ? number_of(value) : std::nullopt;
    row[value.piece->name] = number ? engine::Setting(*number) : std::string(trimmed(value.text));
  }
}

void DeclaredFacts::move_to(engine::Run& facts, const std::string& name) {
  facts.config.merge(settings_);
  for (auto& [table, rows] : tables_) {
    auto& known = facts.tables[table];
    known.insert(known.end(), std::make_move_iterator(rows.begin()),
                 std::make_move_iterator(rows.end()));
  }
  if (rows_left_out_ > 0) {
    facts.notes.push_back(
        fmt::format("{}: {} lines that would be rows of tables were left out: there are too many",
                    name, rows_left_out_));
  }
}

}  // namespace fmx::readers
