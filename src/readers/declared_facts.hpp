#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/readers/config.hpp"
#include "src/readers/declared_lines.hpp"
#include "src/readers/reading.hpp"

namespace fmx::readers {

/// What one line says by the declarations of the packs.
struct Declared {
  std::vector<std::pair<std::string, double>> cells;  ///< counters and samples
  std::vector<std::string_view> counts;               ///< metrics that grow by one
  bool captured = false;                              ///< any value, be it of a row or a setting
};

/// Gathers what declared lines say that is no sample: settings and rows of tables.
class DeclaredFacts {
 public:
  explicit DeclaredFacts(const DeclaredLines& lines) : lines_(&lines) {}

  /// What is declared of `line`; empty where nothing is. `step`: where the line stands, if that is
  /// known; it becomes the column `step` of its row.
  std::optional<Declared> take(std::string_view line, std::optional<double> step);

  /// Adds the settings (those that stood first win) and the rows.
  void move_to(engine::Run& facts, const std::string& name);

 private:
  void add_row(const DeclaredLine& found, std::optional<double> step);

  const DeclaredLines* lines_;
  Settings settings_;
  std::map<std::string, std::vector<engine::Row>> tables_;
  std::size_t rows_left_out_ = 0;
};

}  // namespace fmx::readers
