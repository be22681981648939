#include "src/readers/table.hpp"

#include <numeric>

namespace fmx::readers {

void Column::put(std::uint32_t row, double value) {
  if (rows_.empty()) {
    if (values_.size() == row) {
      values_.push_back(value);
      return;
    }
    if (values_.size() == row + 1u) {
      values_.back() = value;
      return;
    }
    rows_.resize(values_.size());
    std::iota(rows_.begin(), rows_.end(), 0u);
  } else if (rows_.back() == row) {
    values_.back() = value;
    return;
  }
  rows_.push_back(row);
  values_.push_back(value);
}

void Column::forget(std::uint32_t row) {
  if (!ends_at(row)) return;
  values_.pop_back();
  if (!rows_.empty()) rows_.pop_back();
}

std::size_t Table::column(std::string_view name) {
  const auto found = by_name_.find(name);
  if (found != by_name_.end()) return found->second;
  if (columns_.size() == most_columns) {
    ++left_out_;
    return no_column;
  }
  by_name_.emplace(name, columns_.size());
  columns_.emplace_back(std::string(name));
  return columns_.size() - 1;
}

void Table::put_text(std::size_t column, std::string_view text) {
  if (column == no_column) return;
  Column& cells = columns_[column];
  if (cells.texts++ == 0) cells.first_text = text.substr(0, 60);
}

void Table::drop_row() {
  for (const std::uint32_t column : touched_) columns_[column].forget(rows_);
  touched_.clear();
}

}  // namespace fmx::readers
