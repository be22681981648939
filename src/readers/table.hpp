#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fmx::readers {

/// The numbers of one column, and in which rows they stand.
class Column {
 public:
  explicit Column(std::string name) : name_(std::move(name)) {}

  const std::string& name() const { return name_; }
  std::size_t size() const { return values_.size(); }
  double value(std::size_t i) const { return values_[i]; }
  std::uint32_t row(std::size_t i) const {
    return rows_.empty() ? static_cast<std::uint32_t>(i) : rows_[i];
  }
  /// The rows of the values; empty while value i stands in row i.
  const std::vector<std::uint32_t>& rows() const { return rows_; }
  bool ends_at(std::uint32_t row) const { return size() > 0 && this->row(size() - 1) == row; }
  std::vector<double> take_values() { return std::move(values_); }
  void clear() {
    values_ = {};
    rows_ = {};
  }

  /// Cells that hold text where a number was expected, and the first of them.
  std::size_t texts = 0;
  std::string first_text;

 private:
  friend class Table;
  void put(std::uint32_t row, double value) {
    if (rows_.empty() && values_.size() == row) {
      values_.push_back(value);
    } else {
      put_after_gap(row, value);
    }
  }
  void put_after_gap(std::uint32_t row, double value);
  void put_rows(std::uint32_t row, const double* first, std::size_t step, std::size_t count);
  void name_rows();
  void append(const Column& more, std::uint32_t first_row);
  void expect(std::size_t values);
  void forget(std::uint32_t row);
  void keep_rows(const std::vector<std::uint32_t>& rows, bool carried, std::size_t most);

  std::string name_;
  std::vector<double> values_;
  std::vector<std::uint32_t> rows_;  ///< empty while value i stands in row i
};

/// What all tabular formats are read into: columns that may have gaps, filled row by row.
class Table {
 public:
  /// More columns than this are left out: memory must stay bounded whatever the keys are.
  static constexpr std::size_t most_columns = 100'000;
  static constexpr std::size_t no_column = static_cast<std::size_t>(-1);

  /// The column of that name, made where there is none yet; `no_column` where there are too many.
  std::size_t column(std::string_view name);
  /// A new column that `column` never finds, whatever other columns are called.
  std::size_t own_column(std::string name);

  /// Puts a cell into the row that is being filled; a cell put twice keeps the later value.
  void put(std::size_t column, double value) {
    if (column == no_column) return;
    columns_[column].put(rows_, value);
    touched_.push_back(static_cast<std::uint32_t>(column));
  }
  /// A cell that is text; `listed`: one of several in a list.
  void put_text(std::size_t column, std::string_view text, bool listed = false);

  /// Text cells, in the order of the file. Only so many are kept.
  struct Text {
    std::uint32_t row = 0, column = 0;
    bool listed = false;
    std::string text;
  };
  static constexpr std::size_t most_texts = 200'000, longest_text = 4'096;
  const std::vector<Text>& texts() const { return texts_; }
  std::size_t texts_left_out() const { return texts_left_out_; }

  /// Events that are counted: `metric` has happened once more, since the row that ended last.
  void count(std::string_view metric);
  struct Count {
    std::uint32_t row = 0;
    std::uint32_t times = 1;
  };
  const std::map<std::string, std::vector<Count>, std::less<>>& counts() const { return counts_; }

  /// Whole rows at once, without gaps: `values` row by row, each with a value for each of
  /// `columns`. Pre: the columns differ, and are some.
  void add_rows(std::span<const std::size_t> columns, std::span<const double> values);

  /// Adds the rows of `more` behind those here, and forgets them there; its columns stay.
  /// Pre: none of its rows were forgotten before, and it counts no events.
  void take_rows(Table& more);

  /// Ends the row; a row without a cell counts for nothing.
  void end_row() {
    if (!touched_.empty() || has_text_) ++rows_;
    touched_.clear();
    has_text_ = false;
  }
  /// Makes room for so many rows in all, filled as those so far. More or fewer may come.
  void expect_rows(std::size_t rows);

  /// Takes back what was put since the last row ended.
  void drop_row();

  std::size_t rows() const { return rows_; }
  /// What number a row had before rows were forgotten.
  double row_number(std::size_t row) const {
    return row < numbers_.size() ? numbers_[row] : static_cast<double>(row + forgotten_);
  }

  /// Forgets all rows but `rows` (sorted), and of each column all but its last `most` values. A
  /// column that is `carried` stands in every row kept, as it last stood there, instead.
  void keep_rows(const std::vector<std::uint32_t>& rows, const std::vector<bool>& carried,
                 std::size_t most);

  std::size_t left_out() const { return left_out_; }  ///< columns beyond `most_columns`
  std::vector<Column>& columns() { return columns_; }
  const std::vector<Column>& columns() const { return columns_; }

 private:
  static std::vector<Count> moved(const std::vector<Count>& counts,
                                  const std::vector<std::uint32_t>& rows);

  std::vector<Column> columns_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::vector<std::uint32_t> touched_;
  std::uint32_t rows_ = 0;
  std::vector<double> numbers_;  ///< of rows that were left when others were forgotten
  std::size_t forgotten_ = 0;    ///< rows, in all
  std::size_t left_out_ = 0;
  std::vector<Text> texts_;
  std::size_t texts_left_out_ = 0;
  std::map<std::string, std::vector<Count>, std::less<>> counts_;
  bool has_text_ = false;  ///< the row that is being filled
};

}  // namespace fmx::readers
