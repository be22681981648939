#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "knowledge/parallel.hpp"
#include "src/readers/format.hpp"
#include "src/readers/input.hpp"

namespace fmx::readers {

/// Hands the lines of `piece` to `take` until it does not take one. What is left, from that line
/// on.
template <class Take>
Piece each_line(Piece piece, const Take& take) {
  while (!piece.text.empty()) {
    const std::size_t end = piece.text.find('\n');
    std::string_view line = piece.text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!take(Line{line, piece.first, true})) break;
    piece.text.remove_prefix(end + 1);
    ++piece.first;
  }
  return piece;
}

/// Reads all lines of `input` into `rows`, several pieces of the file at once. What comes out is
/// what `rows.add` of one line after the other gives. Of `Rows` it takes:
///
///     void add(const Line&)         any line
///     Rows part() const             reads lines that stand somewhere behind those added so far
///     bool add_alone(const Line&)   of a part; false, and nothing done, where what the line says
///                                   depends on lines before it, or others behind it on this one
///     void join(Rows& part)         takes the rows of a part, which is empty then
///     Table& table()
template <class Rows>
void read_lines(Input& input, Rows& rows) {
  constexpr std::size_t first = 1u << 16, more = 1u << 22;
  const auto add = [&](const Line& line) {
    rows.add(line);
    return true;
  };
  Block block, ahead;
  if (input.next_block(block, first)) {  // tells what kind of rows there are, and about how many
    for (const Piece& piece : block.pieces) each_line(piece, add);
    expect_rest(input, rows.table());
  }
  std::vector<Rows> parts;
  bool any = input.next_block(block, more);
  while (any) {
    const std::size_t count = block.pieces.size();
    while (parts.size() < count) parts.push_back(rows.part());
    std::vector<Piece> left(count);
    for_each_in_parallel(count + 1, [&](std::size_t i) {
      if (i == 0) {
        any = input.next_block(ahead, more);
      } else {
        left[i - 1] = each_line(block.pieces[i - 1],
                                [&](const Line& line) { return parts[i - 1].add_alone(line); });
      }
    });
    bool in_order = false;  // once a line was not taken alone, the parts behind it may be wrong
    for (std::size_t i = 0; i < count; ++i) {
      if (!in_order) rows.join(parts[i]);
      each_line(in_order ? block.pieces[i] : left[i], add);
      in_order = in_order || !left[i].text.empty();
    }
    if (in_order) parts.clear();
    std::swap(block, ahead);
  }
  while (const auto line = input.next_line()) rows.add(*line);
}

}  // namespace fmx::readers
