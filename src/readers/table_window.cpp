#include "src/readers/table_window.hpp"

#include <algorithm>
#include <vector>

#include "src/readers/axis.hpp"

namespace fmx::readers {

void keep_last(Table& table, std::size_t samples) {
  const auto is_metric = [](const Column& column) {
    return role_of(column.name()) == Role::metric;
  };
  const bool full = std::any_of(
      table.columns().begin(), table.columns().end(),
      [&](const Column& column) { return is_metric(column) && column.size() >= 2 * samples; });
  if (!full) return;
  std::vector<std::uint32_t> rows;  // in which a sample that is kept stands
  for (const Column& column : table.columns()) {
    if (!is_metric(column)) continue;
    for (std::size_t i = column.size() - std::min(column.size(), samples); i < column.size(); ++i)
      rows.push_back(column.row(i));
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  std::vector<bool> carried;
  for (const Column& column : table.columns()) carried.push_back(!is_metric(column));
  table.keep_rows(rows, carried, samples);
}

}  // namespace fmx::readers
