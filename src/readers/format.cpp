#include "src/readers/format.hpp"

#include <fmt/format.h>

#include <array>

#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

constexpr std::array all = {
    Format{"TensorBoard event file", is_event_file, read_event_file, growing_event_file},
    Format{"SQLite database", is_sqlite_file, read_sqlite_file},
    Format{"Parquet", is_parquet_file, read_parquet_file},
    Format{"W&B run file", is_wandb_file, read_wandb_file},
    Format{"MLflow metric file", is_mlflow_metric, read_mlflow_metric},
    Format{"JSON lines", is_json_lines, read_json_lines, growing_json_lines},
    Format{"JSON", is_json, read_json},
    Format{"OpenFOAM log", is_openfoam_log, read_openfoam_log},
    Format{"CSV or TSV", is_separated, read_separated, growing_separated},
    Format{"text log", is_text, read_text_log, growing_text_log},
};

}  // namespace

std::span<const Format> formats() { return all; }

const Format* format_of(std::string_view head) {
  for (const Format& format : all) {
    if (format.recognizes(head)) return &format;
  }
  return nullptr;
}

bool has_parts(const Format& format) { return format.read == read_sqlite_file; }

void expect_rest(const Input& input, Table& table) {
  const auto times = input.times_read();
  if (times)
    table.expect_rows(static_cast<std::size_t>(*times * static_cast<double>(table.rows())));
}

Read read_input(Input& input, const DeclaredLines& declared) {
  // A first line may be long: what it is shows only when all of it is there.
  std::string_view head = input.head();
  if (head.find('\n') == std::string_view::npos && is_text(head)) {
    head = input.head(Input::longest_line);
  }
  if (trimmed(head).empty()) {
    return Unexpected{Problem{input.name(), "the file is empty",
                              "check that the run has logged, or name another file"}};
  }
  const Format* format = format_of(head);
  if (format == nullptr) {
    return Unexpected{
        Problem{input.name(), "it is in no format that is known",
                "give JSON lines, CSV, a trainer_state.json or a folder with one of them"}};
  }
  if (!input.part().empty() && !has_parts(*format)) {
    return Unexpected{Problem{input.name(), fmt::format("it has no part `{}`", input.part()),
                              "name the file itself"}};
  }
  Read reading = format->read(input, declared);
  if (reading) {
    reading->format = format->name;
    reading->not_utf8 = input.not_utf8();
    for (std::string& note : input.take_notes()) reading->facts.notes.push_back(std::move(note));
  }
  return reading;
}

}  // namespace fmx::readers
