#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "src/readers/declared_lines.hpp"
#include "src/readers/growing.hpp"
#include "src/readers/input.hpp"
#include "src/readers/reading.hpp"
#include "src/readers/table.hpp"

namespace fmx::readers {

/// A way in which runs are written to disk.
struct Format {
  std::string_view name;                      ///< as the documentation calls it
  bool (*recognizes)(std::string_view head);  ///< by the first bytes, never by the file's name
  Read (*read)(Input& input, const DeclaredLines& declared);
  /// Reads it while it grows; null where that takes the whole file. Pre: `declared` outlives it.
  std::unique_ptr<Growing> (*grow)(const DeclaredLines& declared) = nullptr;
};

/// All formats, the more specific ones first.
std::span<const Format> formats();

/// The format of that head; null where it is none of them.
const Format* format_of(std::string_view head);

/// Whether files of that format hold several runs or tables, of which one may be named.
bool has_parts(const Format& format);

/// Reads an input in its own format, lines of text logs also as packs declare them. A file in none
/// of them, or with nothing in it, is a Problem.
Read read_input(Input& input, const DeclaredLines& declared = DeclaredLines());

/// Makes room in `table` for the rest of `input`, going by what was read so far.
void expect_rest(const Input& input, Table& table);

// One reader a format; each in its own file.
bool is_sqlite_file(std::string_view head);
Read read_sqlite_file(Input& input, const DeclaredLines& declared = DeclaredLines());
bool is_event_file(std::string_view head);
Read read_event_file(Input& input, const DeclaredLines& declared = DeclaredLines());
bool is_parquet_file(std::string_view head);
Read read_parquet_file(Input& input, const DeclaredLines& declared = DeclaredLines());
bool is_wandb_file(std::string_view head);
Read read_wandb_file(Input& input, const DeclaredLines& declared = DeclaredLines());
bool is_mlflow_metric(std::string_view head);
Read read_mlflow_metric(Input& input, const DeclaredLines& declared = DeclaredLines());
bool is_json_lines(std::string_view head);
Read read_json_lines(Input& input, const DeclaredLines& declared = DeclaredLines());
bool is_json(std::string_view head);
Read read_json(Input& input, const DeclaredLines& declared = DeclaredLines());
bool is_openfoam_log(std::string_view head);
Read read_openfoam_log(Input& input, const DeclaredLines& declared = DeclaredLines());
bool is_text(std::string_view head);
Read read_text_log(Input& input, const DeclaredLines& declared = DeclaredLines());
bool is_separated(std::string_view head);
Read read_separated(Input& input, const DeclaredLines& declared = DeclaredLines());

// The same, read while it grows.
std::unique_ptr<Growing> growing_event_file(const DeclaredLines& declared);
std::unique_ptr<Growing> growing_json_lines(const DeclaredLines& declared);
std::unique_ptr<Growing> growing_separated(const DeclaredLines& declared);
std::unique_ptr<Growing> growing_text_log(const DeclaredLines& declared);

}  // namespace fmx::readers
