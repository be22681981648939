#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/match/symbols.hpp"
#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// The run's rows of a table, by its name however it is spelt (`blockedBy`). Null where it has
/// none.
const std::vector<Row>* find_table(const Run& run, const Table& table);

/// Turns rows as they were read into symbols, a column of the table each.
///
/// Numbers and times may stand as text; of times also ISO 8601. A text or flag that a row lacks is
/// empty text; a number that it lacks is one that equals none and compares with none.
class Cells {
 public:
  /// Both outlive this.
  Cells(const Table& table, Symbols& symbols) : table_(table), symbols_(symbols) {}

  std::vector<Symbol> of(const Row& row);

 private:
  Symbol symbol(const Setting& setting, const std::string& type);
  Symbol missing(const std::string& type);
  std::optional<std::size_t> column(const std::string& key);

  const Table& table_;
  Symbols& symbols_;
  std::map<std::string, std::optional<std::size_t>> columns_;  ///< by key as read
};

}  // namespace fmx::engine
