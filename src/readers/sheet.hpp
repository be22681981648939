#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/readers/csv_shape.hpp"
#include "src/readers/table.hpp"

namespace fmx::readers {

/// Rows of cells as rows of a table, below the names that stand in the header.
class Sheet {
 public:
  explicit Sheet(Shape shape) : shape_(shape) {}

  /// A row, or a header.
  void add(const Cells& cells);

  /// Takes a row of nothing but numbers, one for each column, without splitting it first; false
  /// where it is not such a row, and nothing was taken.
  bool add_numbers(std::string_view row);

  /// Whether the cells name columns: the first row, and one that repeats or changes the header.
  bool names(const Cells& cells) const;

  bool is_short(const Cells& cells) const { return cells.size() < columns_.size(); }

  /// An empty sheet with the same columns, for rows that come later.
  Sheet part() const;
  bool has_columns_of(const Sheet& other) const {
    return names_ == other.names_ && columns_.size() == other.columns_.size();
  }
  /// Takes the rows of such a part.
  void join(Sheet& part);

  /// All rows so far.
  Table& table() {
    hand_on();
    return table_;
  }
  Table so_far() const { return std::move(Sheet(*this).table()); }

  /// What was put right or left out.
  void note_into(std::vector<std::string>& notes, const std::string& name) const;

 private:
  void hand_on();
  void make_room();
  void put(std::size_t column, std::string_view cell);
  bool repeats_header(const Cells& cells) const;
  void name_columns(const Cells& cells);
  void number_columns(std::size_t count);

  Shape shape_;
  Table table_;
  std::vector<std::size_t> columns_;  ///< in the table, of each cell of a row
  bool all_differ_ = false;           ///< none of the columns is named twice or left out
  std::vector<double> numbers_;       ///< rows of numbers that the table does not have yet
  std::size_t waiting_ = 0;           ///< how many numbers these are
  std::vector<std::string> names_;
  std::size_t headers_ = 0, commas_ = 0, longer_ = 0;
  bool other_columns_ = false;
};

}  // namespace fmx::readers
