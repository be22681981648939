#include "src/readers/table.hpp"

#include <numeric>

namespace fmx::readers {

void Column::put_after_gap(std::uint32_t row, double value) {
  if (rows_.empty()) {
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

void Column::expect(std::size_t values) {
  const bool gaps = !rows_.empty();
  values_.reserve(values);
  if (gaps) rows_.reserve(values);
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

void Table::put_text(std::size_t column, std::string_view text, bool listed) {
  if (column == no_column) return;
  Column& cells = columns_[column];
  if (!listed && cells.texts++ == 0) cells.first_text = text.substr(0, 60);
  if (texts_.size() == most_texts) {
    ++texts_left_out_;
    return;
  }
  has_text_ = true;
  texts_.push_back({rows_, static_cast<std::uint32_t>(column), listed,
                    std::string(text.substr(0, longest_text))});
}

void Table::count(std::string_view metric) {
  auto found = counts_.find(metric);
  if (found == counts_.end()) found = counts_.emplace(std::string(metric), 0).first;
  const std::uint32_t row = rows_ == 0 ? 0 : rows_ - 1;
  std::vector<Count>& counts = found->second;
  if (!counts.empty() && counts.back().row == row) {
    ++counts.back().times;
  } else {
    counts.push_back({row, 1});
  }
}

void Table::expect_rows(std::size_t rows) {
  constexpr std::size_t most = 1u << 28;
  if (rows_ == 0 || rows <= rows_ || rows > most) return;
  for (Column& column : columns_)
    column.expect(column.size() * rows / rows_ + column.size() / 8 + 8);
}

void Table::drop_row() {
  for (const std::uint32_t column : touched_) columns_[column].forget(rows_);
  touched_.clear();
  has_text_ = false;
  while (!texts_.empty() && texts_.back().row == rows_) texts_.pop_back();
}

}  // namespace fmx::readers
