#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "src/readers/axis.hpp"
#include "src/readers/format.hpp"
#include "src/readers/number.hpp"
#include "src/readers/table.hpp"
#include "src/readers/table_window.hpp"

namespace fmx::readers {

namespace {

using Cells = std::vector<std::string_view>;

/// Splits at `separator` outside quotes; quotes are taken off, doubled ones are kept as they stand.
/// False where a quote is not closed on this line.
bool split(std::string_view line, char separator, Cells& cells) {
  cells.clear();
  for (;;) {
    const std::string_view left = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    if (!left.empty() && left.front() == '"') {
      std::size_t end = left.find('"', 1);
      while (end != std::string_view::npos && end + 1 < left.size() && left[end + 1] == '"') {
        end = left.find('"', end + 2);
      }
      if (end == std::string_view::npos) return false;
      cells.push_back(left.substr(1, end - 1));
      const std::size_t next = left.find(separator, end);
      if (next == std::string_view::npos) return true;
      line = left.substr(next + 1);
    } else {
      const std::size_t next = line.find(separator);
      cells.push_back(trimmed(line.substr(0, next)));
      if (next == std::string_view::npos) return true;
      line.remove_prefix(next + 1);
    }
  }
}

bool is_absent(std::string_view cell) {
  return cell.empty() || cell == "None" || cell == "null" || cell == "NA" || cell == "N/A" ||
         cell == "-" || cell == "<NA>";
}

/// A number, with a decimal comma too where the comma does not part cells.
bool is_number(std::string_view cell, char separator) {
  return number(cell) || (separator != ',' && number_with_comma(cell));
}

bool all_numbers(const Cells& cells, char separator) {
  return std::all_of(cells.begin(), cells.end(),
                     [&](std::string_view cell) { return is_number(cell, separator); });
}

/// Names only: the first cell that is no name, as in nearly every row, settles it.
bool is_header(const Cells& cells, char separator) {
  bool named = false;
  for (const std::string_view cell : cells) {
    if (is_number(cell, separator)) return false;
    named = named || !cell.empty();
  }
  return named;
}

bool is_comment(std::string_view line) { return trimmed(line).substr(0, 1) == "#"; }

/// What the first lines tell about a file.
struct Shape {
  char separator = ',';
  bool header = true;
};

std::vector<std::string_view> first_rows(std::string_view head, std::size_t most) {
  std::vector<std::string_view> rows;
  while (!head.empty() && rows.size() < most) {
    const std::size_t end = head.find('\n');
    const std::string_view line = head.substr(0, end);
    if (!trimmed(line).empty() && !is_comment(line)) rows.push_back(trimmed(line));
    if (end == std::string_view::npos) break;
    head.remove_prefix(end + 1);
  }
  return rows;
}

bool looks_like_a_name(std::string_view text) {
  return !text.empty() && text.size() <= 100 &&
         text.find_first_of("=:{}[]<>") == std::string_view::npos;
}

/// The shape, where the first rows have equally many cells and hold numbers.
std::optional<Shape> shape_of(std::string_view head) {
  constexpr std::size_t most = 12;
  auto rows = first_rows(head, most);
  if (rows.empty()) return std::nullopt;
  // A row that is still being written tells nothing, where there are others.
  if (head.back() != '\n' && rows.size() > 2 && rows.size() < most) rows.pop_back();
  for (const char separator : {',', '\t', ';', '|'}) {
    Cells first, next;
    if (!split(rows[0], separator, first) || first.size() < 2) continue;
    const bool header = is_header(first, separator);
    if (!header && !all_numbers(first, separator)) continue;
    if (header && rows.size() == 1) {
      if (std::all_of(first.begin(), first.end(), looks_like_a_name)) return Shape{separator, true};
      continue;
    }
    std::size_t alike = 0, numbers = 0, seen = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (!split(rows[i], separator, next)) continue;
      ++seen;
      if (is_header(next, separator) && next.size() > 1) first = next;  // the columns change
      const bool longer = next.size() > first.size() && all_numbers(next, separator);
      if (next.size() != first.size() && !longer) continue;
      ++alike;
      numbers += std::any_of(next.begin(), next.end(),
                             [&](std::string_view cell) { return is_number(cell, separator); });
    }
    if (2 * alike >= seen && numbers > 0) return Shape{separator, header};
  }
  // One column: a name, then numbers.
  if (rows.size() > 1 && looks_like_a_name(rows[0]) &&
      std::all_of(rows.begin() + 1, rows.end(),
                  [](std::string_view r) { return number(r).has_value(); })) {
    return Shape{'\t', !number(rows[0])};
  }
  return std::nullopt;
}

class Sheet {
 public:
  explicit Sheet(Shape shape) : shape_(shape), comma_is_point_(shape.separator != ',') {}

  void add(const Cells& cells) {
    if (columns_.empty()) {
      if (shape_.header) return name_columns(cells);
      number_columns(cells.size());
    }
    if (is_header(cells, shape_.separator) && is_new_header(cells)) return name_columns(cells);
    if (cells.size() > columns_.size()) ++longer_;
    for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) put(i, cells[i]);
    table_.end_row();
  }

  /// Takes a row of nothing but numbers and gaps, cell by cell without splitting it first; false
  /// where it is not such a row, and nothing was taken.
  bool add_numbers(std::string_view row) {
    if (columns_.empty()) return false;
    const char* at = row.data();
    const char* const end = at + row.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (at != end && *at != shape_.separator) {
        double value = 0;
        const char* after = scan_number(at, end, value);
        if (after == nullptr || (after != end && *after != shape_.separator)) break;
        table_.put(columns_[i], value);
        at = after;
      }
      if (at == end) {
        if (i + 1 != columns_.size()) break;
        table_.end_row();
        return true;
      }
      ++at;
    }
    table_.drop_row();
    return false;
  }

  bool is_short(const Cells& cells) const { return cells.size() < columns_.size(); }

  Table& table() { return table_; }
  const Table& table() const { return table_; }

  void note_into(std::vector<std::string>& notes, const std::string& name) const {
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
      notes.push_back(fmt::format("{}: the header stands {} times{}; the file was appended to",
                                  name, headers_, other_columns_ ? ", with other columns" : ""));
    }
  }

 private:
  void put(std::size_t i, std::string_view cell) {
    double value = 0;
    const char* end = cell.data() + cell.size();
    if (!cell.empty() && scan_number(cell.data(), end, value) == end)
      return table_.put(columns_[i], value);
    if (is_absent(cell)) return;
    if (const auto spelled = number(cell)) return table_.put(columns_[i], *spelled);
    if (const auto with_comma = number_with_comma(cell); with_comma && comma_is_point_) {
      ++commas_;
      return table_.put(columns_[i], *with_comma);
    }
    if (cell == "True" || cell == "true") return table_.put(columns_[i], 1);
    if (cell == "False" || cell == "false") return table_.put(columns_[i], 0);
    table_.put_text(columns_[i], cell);
  }

  /// A row of names in the middle: the first header again, or the columns have changed.
  bool is_new_header(const Cells& cells) const {
    const auto known = std::count_if(cells.begin(), cells.end(), [&](std::string_view cell) {
      return std::find(names_.begin(), names_.end(), cell) != names_.end();
    });
    return 2 * static_cast<std::size_t>(known) > cells.size();
  }

  void name_columns(const Cells& cells) {
    const bool same = std::equal(cells.begin(), cells.end(), names_.begin(), names_.end());
    other_columns_ = other_columns_ || (headers_++ > 0 && !same);
    columns_.clear();
    names_.assign(cells.begin(), cells.end());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      columns_.push_back(table_.column(cells[i].empty() && i == 0 ? "index" : cells[i]));
    }
  }

  void number_columns(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
      columns_.push_back(table_.column(fmt::format("column_{}", i + 1)));
  }

  Shape shape_;
  bool comma_is_point_;
  Table table_;
  std::vector<std::size_t> columns_;
  std::vector<std::string> names_;
  std::size_t headers_ = 0, commas_ = 0, longer_ = 0;
  bool other_columns_ = false;
};

/// Lines as rows of a sheet.
class SheetLines {
 public:
  explicit SheetLines(Shape shape) : shape_(shape), sheet_(shape) {}

  /// False where the file ends in the middle of a row.
  bool add(const Line& line) {
    constexpr std::size_t longest_cell = 1u << 20;
    std::string_view row = line.text;
    if (joined_.empty() && sheet_.add_numbers(row)) return true;
    if (joined_.empty() && (trimmed(row).empty() || is_comment(row))) return true;
    if (!joined_.empty()) {
      joined_ += '\n';
      joined_ += line.text;
      row = joined_;
    }
    if (!split(row, shape_.separator, cells_)) {
      if (joined_.empty()) joined_ = line.text;
      if (joined_.size() > longest_cell) joined_.clear();
      return true;
    }
    if (!line.ended && sheet_.is_short(cells_)) {
      joined_ = row;  // still being written: its last number may lack digits
      return false;
    }
    sheet_.add(cells_);
    joined_.clear();
    return true;
  }

  Table& table() { return sheet_.table(); }

  Reading finish(const std::string& name) {
    Reading reading = on_axis(std::move(sheet_.table()), name);
    if (!joined_.empty())
      reading.facts.notes.push_back(name + ": the last row is cut off and was left out");
    return reading;
  }
  Reading so_far(const std::string& name) const { return on_axis(sheet_.table(), name); }

 private:
  Reading on_axis(Table table, const std::string& name) const {
    Reading reading = on_step_axis(std::move(table), name);
    sheet_.note_into(reading.facts.notes, name);
    return reading;
  }

  Shape shape_;
  Sheet sheet_;
  Cells cells_;
  std::string joined_;  ///< a row whose quotes span lines
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
  while (const auto line = input.next_line()) {
    expect_rest(input, lines.table());
    if (!lines.add(*line)) break;
  }
  return lines.finish(input.name());
}

std::unique_ptr<Growing> growing_separated(const DeclaredLines&) {
  return std::make_unique<GrowingSheet>();
}

}  // namespace fmx::readers
