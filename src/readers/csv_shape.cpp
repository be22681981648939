#include "src/readers/csv_shape.hpp"

#include <algorithm>

#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

/// A number, with a decimal comma too where the comma does not part cells.
bool is_number(std::string_view cell, char separator) {
  return number(cell) || (separator != ',' && number_with_comma(cell));
}

bool all_numbers(const Cells& cells, char separator) {
  return std::all_of(cells.begin(), cells.end(),
                     [&](std::string_view cell) { return is_number(cell, separator); });
}

bool looks_like_a_name(std::string_view text) {
  return !text.empty() && text.size() <= 100 &&
         text.find_first_of("=:{}[]<>") == std::string_view::npos;
}

}  // namespace

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

/// The first cell that is no name, as in nearly every row, settles it.
bool is_header(const Cells& cells, char separator) {
  bool named = false;
  for (const std::string_view cell : cells) {
    if (is_number(cell, separator)) return false;
    named = named || !cell.empty();
  }
  return named;
}

bool is_comment(std::string_view line) { return trimmed(line).substr(0, 1) == "#"; }

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

}  // namespace fmx::readers
