#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace fmx::readers {

/// How a file of rows and cells is written.
struct Shape {
  char separator = ',';
  bool header = true;  ///< the first row holds names
};

/// The shape, where the first rows have equally many cells and hold numbers.
std::optional<Shape> shape_of(std::string_view head);

/// The first rows, at most so many, without comments and empty lines.
std::vector<std::string_view> first_rows(std::string_view head, std::size_t most);

using Cells = std::vector<std::string_view>;

/// Splits at `separator` outside quotes; quotes are taken off, doubled ones are kept as they stand.
/// False where a quote is not closed on this line.
bool split(std::string_view line, char separator, Cells& cells);

/// Names only, one at least.
bool is_header(const Cells& cells, char separator);

bool is_comment(std::string_view line);

}  // namespace fmx::readers
