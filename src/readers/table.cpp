#include "src/readers/table.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace fmx::readers {

/// From here on value i no longer stands in row i.
void Column::name_rows() {
  rows_.resize(values_.size());
  std::iota(rows_.begin(), rows_.end(), 0u);
}

void Column::put_after_gap(std::uint32_t row, double value) {
  if (rows_.empty()) {
    if (values_.size() == row + 1u) {
      values_.back() = value;
      return;
    }
    name_rows();
  } else if (rows_.back() == row) {
    values_.back() = value;
    return;
  }
  rows_.push_back(row);
  values_.push_back(value);
}

/// One value for each of `count` rows; they stand `step` apart.
void Column::put_rows(std::uint32_t row, const double* first, std::size_t step, std::size_t count) {
  if (!rows_.empty() || values_.size() != row) {
    for (std::size_t i = 0; i < count; ++i)
      put(row + static_cast<std::uint32_t>(i), first[i * step]);
    return;
  }
  const std::size_t size = values_.size();
  values_.resize(size + count);
  for (std::size_t i = 0; i < count; ++i) values_[size + i] = first[i * step];
}

void Column::append(const Column& more, std::uint32_t first_row) {
  if (texts == 0) first_text = more.first_text;
  texts += more.texts;
  if (more.size() == 0) return;
  const bool gap = values_.size() != first_row || !more.rows_.empty();
  if (rows_.empty() && gap) name_rows();
  values_.insert(values_.end(), more.values_.begin(), more.values_.end());
  if (!gap && rows_.empty()) return;
  for (std::size_t i = 0; i < more.size(); ++i) rows_.push_back(first_row + more.row(i));
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

void Column::keep_rows(const std::vector<std::uint32_t>& rows, bool carried, std::size_t most) {
  std::vector<double> values;
  std::vector<std::uint32_t> places;
  std::size_t next = carried ? 0 : size() - std::min(size(), most);
  for (std::uint32_t place = 0; place < rows.size(); ++place) {
    bool here = false;
    while (next < size() && row(next) <= rows[place]) here = row(next++) == rows[place];
    if (!here && !(carried && next > 0)) continue;
    values.push_back(values_[next - 1]);
    places.push_back(place);
  }
  values_ = std::move(values);
  rows_ = std::move(places);
  if (rows_.size() == rows.size()) rows_.clear();  // then value i stands in row i
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

std::size_t Table::own_column(std::string name) {
  columns_.emplace_back(std::move(name));
  return columns_.size() - 1;
}

void Table::put_text(std::size_t column, std::string_view text, bool listed) {
  if (column == no_column) return;
  Column& cells = columns_[column];
  if (!listed && cells.texts++ == 0) cells.first_text = text.substr(0, 60);
  has_text_ = true;
  if (texts_.size() == most_texts) {
    ++texts_left_out_;
    return;
  }
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

/// What happened in rows that are forgotten has happened by the next one that is kept.
std::vector<Table::Count> Table::moved(const std::vector<Count>& counts,
                                       const std::vector<std::uint32_t>& rows) {
  std::vector<Count> kept;
  for (const Count& count : counts) {
    const auto at = std::lower_bound(rows.begin(), rows.end(), count.row);
    const auto last = static_cast<std::uint32_t>(std::max<std::size_t>(rows.size(), 1) - 1);
    const auto row = std::min(static_cast<std::uint32_t>(at - rows.begin()), last);
    if (!kept.empty() && kept.back().row == row) {
      kept.back().times += count.times;
    } else {
      kept.push_back({row, count.times});
    }
  }
  return kept;
}

void Table::keep_rows(const std::vector<std::uint32_t>& rows, const std::vector<bool>& carried,
                      std::size_t most) {
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].keep_rows(rows, carried[i], most);
  std::vector<double> numbers;
  numbers.reserve(rows.size());
  for (const std::uint32_t row : rows) numbers.push_back(row_number(row));
  forgotten_ += rows_ - rows.size();
  numbers_ = std::move(numbers);
  rows_ = static_cast<std::uint32_t>(rows.size());
  std::vector<Text> texts;
  for (Text& text : texts_) {
    const auto at = std::lower_bound(rows.begin(), rows.end(), text.row);
    if (at == rows.end() || *at != text.row) continue;
    text.row = static_cast<std::uint32_t>(at - rows.begin());
    texts.push_back(std::move(text));
  }
  texts_ = std::move(texts);
  for (auto& [metric, counts] : counts_) counts = moved(counts, rows);
}

void Table::expect_rows(std::size_t rows) {
  constexpr std::size_t most = 1u << 28;
  if (rows_ == 0 || rows <= rows_ || rows > most) return;
  rows += rows / 16;  // memory that is not used costs nothing, growing once more twice as much
  for (Column& column : columns_) column.expect(column.size() * rows / rows_);
}

void Table::add_rows(std::span<const std::size_t> columns, std::span<const double> values) {
  const std::size_t step = columns.size(), rows = values.size() / step;
  for (std::size_t i = 0; i < step; ++i)
    columns_[columns[i]].put_rows(rows_, values.data() + i, step, rows);
  rows_ += static_cast<std::uint32_t>(rows);
}

void Table::take_rows(Table& more) {
  std::vector<std::size_t> places;  // of its columns
  for (Column& from : more.columns_) {
    places.push_back(column(from.name()));
    if (places.back() != no_column) columns_[places.back()].append(from, rows_);
    from.values_.clear();  // what they took of memory is used again
    from.rows_.clear();
    from.texts = 0;
    from.first_text.clear();
  }
  for (Text& text : more.texts_) {
    const std::size_t place = places[text.column];
    if (place == no_column) continue;
    if (texts_.size() == most_texts) {
      ++texts_left_out_;
      continue;
    }
    text.row += rows_;
    text.column = static_cast<std::uint32_t>(place);
    texts_.push_back(std::move(text));
  }
  more.texts_.clear();
  texts_left_out_ += std::exchange(more.texts_left_out_, 0);
  left_out_ += std::exchange(more.left_out_, 0);
  rows_ += std::exchange(more.rows_, 0);
}

void Table::drop_row() {
  for (const std::uint32_t column : touched_) columns_[column].forget(rows_);
  touched_.clear();
  has_text_ = false;
  while (!texts_.empty() && texts_.back().row == rows_) texts_.pop_back();
}

}  // namespace fmx::readers
