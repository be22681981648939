#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "src/readers/table.hpp"

namespace fmx::readers {

/// Reads JSON objects, one a line, into the rows of a table. Numbers go straight to their columns,
/// without a tree between; since rows repeat their keys, the keys of the last row are expected
/// first.
///
/// Beyond JSON: 'single quotes', as Python prints dicts, None, True, False; NaN, Infinity,
/// -Infinity, nan, inf bare or quoted. Numbers in quotes are numbers, true and false 1 and 0, null
/// is an absent cell. Keys of nested objects are joined by '/'; of lists only
/// those of texts are kept.
class JsonRows {
 public:
  /// Adds one row to `table`, the same one each time, or nothing where `line` is not one whole
  /// object: then false, and `error` says why.
  bool add(std::string_view line, Table& table);

  const std::string& error() const { return error_; }

  /// Objects nested deeper are no rows.
  static constexpr int deepest = 256;
  static constexpr const char* too_deep = "it is nested more than 256 deep";

 private:
  struct Expected {
    std::string text;  ///< `"loss":` with the blank that followed it
    std::size_t column;
  };

  bool object(int depth);
  bool member(int depth);
  bool value(std::size_t column);
  bool quoted_value(std::size_t column);
  bool literal(std::size_t column);
  bool list(const std::string& name);
  bool string(std::string_view& text);  ///< without quotes, escapes resolved
  bool fail(const char* why);
  void blanks();
  std::string unescaped(std::string_view raw) const;

  Table* table_ = nullptr;  ///< of the row that is being read
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::string prefix_;  ///< of nested keys, with the '/' behind it
  std::string scratch_;
  std::string error_;
  std::vector<Expected> expected_;  ///< keys of the row, in order, as they stood last
  std::size_t next_expected_ = 0;
};

}  // namespace fmx::readers
