#include "src/readers/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

bool is_absent(std::string_view cell) {
  return cell.empty() || cell == "None" || cell == "null" || cell == "NA" || cell == "N/A" ||
         cell == "-" || cell == "<NA>";
}

}  // namespace

bool Sheet::names(const Cells& cells) const {
  if (columns_.empty()) return shape_.header;
  return is_header(cells, shape_.separator) && repeats_header(cells);
}

void Sheet::add(const Cells& cells) {
  hand_on();
  if (names(cells)) return name_columns(cells);
  if (columns_.empty()) number_columns(cells.size());
  if (cells.size() > columns_.size()) ++longer_;
  for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i)
    put(columns_[i], cells[i]);
  table_.end_row();
}

bool Sheet::add_numbers(std::string_view row) {
  if (!all_differ_) return false;
  const std::size_t cells = columns_.size();
  if (waiting_ == numbers_.size()) hand_on();
  double* value = numbers_.data() + waiting_;
  const char* at = row.data();
  const char* const end = at + row.size();
  for (std::size_t i = 1; i < cells; ++i) {
    at = scan_number(at, end, *value++);
    if (at == nullptr || at == end || *at++ != shape_.separator) return false;
  }
  if (scan_number(at, end, *value) != end) return false;
  waiting_ += cells;
  return true;
}

/// By rows they come, by columns they are kept: so many at a time that both are near.
void Sheet::hand_on() {
  if (waiting_ > 0) table_.add_rows(columns_, {numbers_.data(), waiting_});
  waiting_ = 0;
}

/// Once the columns are known.
void Sheet::make_room() {
  constexpr std::size_t rows = 64;
  std::vector<std::size_t> sorted = columns_;
  std::sort(sorted.begin(), sorted.end());
  all_differ_ = std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end() &&
                !sorted.empty() && sorted.back() != Table::no_column;
  numbers_.resize(rows * columns_.size());
}

Sheet Sheet::part() const {
  Sheet part(shape_);
  for (const std::size_t column : columns_) {
    const bool kept = column != Table::no_column;
    part.columns_.push_back(kept ? part.table_.column(table_.columns()[column].name()) : column);
  }
  part.names_ = names_;
  part.make_room();
  return part;
}

void Sheet::join(Sheet& part) {
  table().take_rows(part.table());
  commas_ += std::exchange(part.commas_, 0);
  longer_ += std::exchange(part.longer_, 0);
}

void Sheet::note_into(std::vector<std::string>& notes, const std::string& name) const {
  if (commas_ > 0) {
    notes.push_back(
        fmt::format("{}: {} numbers with a decimal comma were read as numbers", name, commas_));
  }
  if (longer_ > 0) {
    notes.push_back(
        fmt::format("{}: {} rows have more cells than the header has names; the rest "
                    "was left out",
                    name, longer_));
  }
  if (headers_ > 1) {
    notes.push_back(fmt::format("{}: the header stands {} times{}; the file was appended to", name,
                                headers_, other_columns_ ? ", with other columns" : ""));
  }
}

void Sheet::put(std::size_t column, std::string_view cell) {
  double value = 0;
  const char* end = cell.data() + cell.size();
  if (!cell.empty() && scan_number(cell.data(), end, value) == end)
    return table_.put(column, value);
  if (is_absent(cell)) return;
  if (const auto spelled = number(cell)) return table_.put(column, *spelled);
  if (const auto with_comma = number_with_comma(cell); with_comma && shape_.separator != ',') {
    ++commas_;
    return table_.put(column, *with_comma);
  }
  if (cell == "True" || cell == "true") return table_.put(column, 1);
  if (cell == "False" || cell == "false") return table_.put(column, 0);
  table_.put_text(column, cell);
}

/// A row of names in the middle: the first header again, or the columns have changed.
bool Sheet::repeats_header(const Cells& cells) const {
  const auto known = std::count_if(cells.begin(), cells.end(), [&](std::string_view cell) {
    return std::find(names_.begin(), names_.end(), cell) != names_.end();
  });
  return 2 * static_cast<std::size_t>(known) > cells.size();
}

void Sheet::name_columns(const Cells& cells) {
  const bool same = std::equal(cells.begin(), cells.end(), names_.begin(), names_.end());
  other_columns_ = other_columns_ || (headers_++ > 0 && !same);
  columns_.clear();
  names_.assign(cells.begin(), cells.end());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    columns_.push_back(table_.column(cells[i].empty() && i == 0 ? "index" : cells[i]));
  }
  make_room();
}

void Sheet::number_columns(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    columns_.push_back(table_.column(fmt::format("column_{}", i + 1)));
  make_room();
}

}  // namespace fmx::readers
