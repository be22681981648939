#pragma once

#include <span>
#include <string_view>

#include "src/readers/input.hpp"
#include "src/readers/reading.hpp"
#include "src/readers/table.hpp"

namespace fmx::readers {

/// A way in which runs are written to disk.
struct Format {
  std::string_view name;                      ///< as the documentation calls it
  bool (*recognizes)(std::string_view head);  ///< by the first bytes, never by the file's name
  Read (*read)(Input& input);
};

/// All formats, the more specific ones first.
std::span<const Format> formats();

/// The format of that head; null where it is none of them.
const Format* format_of(std::string_view head);

/// Reads an input in its own format. A file in none of them, or with nothing in it, is a Problem.
Read read_input(Input& input);

/// Makes room in `table` for the rest of `input`, once enough rows are there to tell how much that
/// is.
void expect_rest(const Input& input, Table& table);

// One reader a format; each in its own file.
bool is_event_file(std::string_view head);
Read read_event_file(Input& input);
bool is_wandb_file(std::string_view head);
Read read_wandb_file(Input& input);
bool is_mlflow_metric(std::string_view head);
Read read_mlflow_metric(Input& input);
bool is_json_lines(std::string_view head);
Read read_json_lines(Input& input);
bool is_json(std::string_view head);
Read read_json(Input& input);
bool is_openfoam_log(std::string_view head);
Read read_openfoam_log(Input& input);
bool is_text(std::string_view head);
Read read_text_log(Input& input);
bool is_separated(std::string_view head);
Read read_separated(Input& input);

}  // namespace fmx::readers
