#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.hpp"

namespace fmx::readers {

/// A value that a declared line captured.
struct DeclaredValue {
  const LogPiece* piece = nullptr;  ///< its name and what it holds
  std::string_view text;            ///< as it stands in the line
};

/// A line that a pack declares, found.
struct DeclaredLine {
  const LogFormat* log = nullptr;
  std::vector<DeclaredValue> values;  ///< in the order of the line
};

/// The lines that packs declare in `log` blocks, to be found in text logs whatever their number:
/// one pass over a line finds those whose longest piece of text stands in it (RE2::Set), and only
/// these are matched as a whole. Letters match in either case. Compiled when first asked.
class DeclaredLines {
 public:
  /// Pre: `knowledge` outlives it. Without one nothing is declared.
  explicit DeclaredLines(const Knowledge* knowledge = nullptr);
  ~DeclaredLines();
  DeclaredLines(DeclaredLines&&) noexcept;
  DeclaredLines& operator=(DeclaredLines&&) noexcept;

  /// What is declared of `line`, in the order of the knowledge. The values look into `line`.
  std::vector<DeclaredLine> find(std::string_view line) const;

  /// The names of the metric that a log counts, of the table that it goes into; empty: none.
  std::string_view counted_by(const LogFormat& log) const;
  std::string_view table_of(const LogFormat& log) const;

 private:
  struct Compiled;
  const Knowledge* knowledge_;
  mutable std::unique_ptr<Compiled> compiled_;
};

}  // namespace fmx::readers
