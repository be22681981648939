#include <fmt/format.h>

#include <optional>
#include <string>

#include "src/readers/axis.hpp"
#include "src/readers/csv_shape.hpp"
#include "src/readers/format.hpp"
#include "src/readers/lines.hpp"
#include "src/readers/number.hpp"
#include "src/readers/sheet.hpp"
#include "src/readers/table_window.hpp"

namespace fmx::readers {

namespace {

/// Lines as rows of a sheet.
class SheetLines {
 public:
  explicit SheetLines(Shape shape) : SheetLines(shape, Sheet(shape)) {}

  void add(const Line& line) {
    constexpr std::size_t longest_cell = 1u << 20;
    std::string_view row = line.text;
    if (joined_.empty() && (sheet_.add_numbers(row) || says_nothing(row))) return;
    if (!joined_.empty()) {
      joined_ += '\n';
      joined_ += line.text;
      row = joined_;
    }
    if (!split(row, shape_.separator, cells_)) {
      if (joined_.empty()) joined_ = line.text;
      if (joined_.size() > longest_cell) {
        joined_.clear();
        ++too_long_;
      }
      return;
    }
    if (!line.ended && sheet_.is_short(cells_)) {
      joined_ = row;  // still being written: its last number may lack digits
      return;
    }
    sheet_.add(cells_);
    joined_.clear();
  }

  // As read_lines asks for it: headers and rows that span lines are not taken alone.
  SheetLines part() const { return {shape_, sheet_.part()}; }
  bool add_alone(const Line& line) {
    if (sheet_.add_numbers(line.text) || says_nothing(line.text)) return true;
    if (!split(line.text, shape_.separator, cells_) || sheet_.names(cells_)) return false;
    sheet_.add(cells_);
    return true;
  }
  bool fits(const SheetLines& part) const {
    return joined_.empty() && sheet_.has_columns_of(part.sheet_);
  }
  void join(SheetLines& part) { sheet_.join(part.sheet_); }
  Table& table() { return sheet_.table(); }

  Reading finish(const std::string& name) {
    Reading reading = on_axis(std::move(sheet_.table()), name);
    if (!joined_.empty())
      reading.facts.notes.push_back(name + ": the last row is cut off and was left out");
    return reading;
  }
  Reading so_far(const std::string& name) const { return on_axis(sheet_.so_far(), name); }

 private:
  SheetLines(Shape shape, Sheet sheet) : shape_(shape), sheet_(std::move(sheet)) {}

  static bool says_nothing(std::string_view row) { return trimmed(row).empty() || is_comment(row); }

  Reading on_axis(Table table, const std::string& name) const {
    Reading reading = on_step_axis(std::move(table), name);
    sheet_.note_into(reading.facts.notes, name);
    if (too_long_ > 0) {
      reading.facts.notes.push_back(
          fmt::format("{}: cells whose quotes do not close within a megabyte were left out: {}",
                      name, too_long_));
    }
    return reading;
  }

  Shape shape_;
  Sheet sheet_;
  Cells cells_;
  std::string joined_;  ///< a row whose quotes span lines
  std::size_t too_long_ = 0;
};

/// The shape shows in the first rows, so these are collected first.
class GrowingSheet : public GrowingLines {
 public:
  void keep_last(std::size_t samples) override {
    if (lines_) readers::keep_last(lines_->table(), samples);
  }

 private:
  Reading so_far(const std::string& name) const override {
    return lines_ ? lines_->so_far(name) : Reading();
  }
  void add(const Line& line) override {
    if (lines_) {
      lines_->add(line);
      return;
    }
    first_ += line.text;
    first_ += '\n';
    const auto shape = shape_of(first_);
    if (!shape || first_rows(first_, 3).size() < 3) return;
    lines_.emplace(*shape);
    std::string_view rest = first_;
    for (std::size_t number = 1; !rest.empty(); ++number) {
      const std::size_t end = rest.find('\n');
      lines_->add({rest.substr(0, end), number, true});
      rest.remove_prefix(end + 1);
    }
    first_.clear();
  }

  std::string first_;
  std::optional<SheetLines> lines_;
};

}  // namespace

bool is_separated(std::string_view head) { return shape_of(head).has_value(); }

Read read_separated(Input& input, const DeclaredLines&) {
  const auto shape = shape_of(input.head());
  if (!shape) return Unexpected{Problem{input.name(), "it is no table", "write one with a header"}};
  SheetLines lines(*shape);
  read_lines(input, lines);
  return lines.finish(input.name());
}

std::unique_ptr<Growing> growing_separated(const DeclaredLines&) {
  return std::make_unique<GrowingSheet>();
}

}  // namespace fmx::readers
