#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "engine/step_column.hpp"

namespace fmx::engine {

/// One series over one run, as columns.
///
/// Invariant  both columns have one length; steps strictly increase. A reader that met a restart or
///            a repeated step has already resolved it (the later sample wins) and said so in
///            `notes`.
/// Gaps       a step at which it was not logged has no sample; a sample that is NaN or infinite was
///            logged that way. Absence and NaN are two different facts.
struct Series {
  std::string name;  ///< as the run spells it, nested keys joined by '/'
  StepColumn steps;  ///< shared by the series of one table
  std::vector<double> values;
  std::string origin;  ///< file it was read from, for the report
};

/// A value of the config: number, text or flag. Nested keys are joined by '/'.
using Setting = std::variant<double, std::string, bool>;

/// A file that the run was read from.
struct File {
  std::string name;
  std::string format;  ///< as docs/reading.md calls it; "config", "script"
  std::size_t rows = 0, series = 0,
              samples = 0;  ///< samples: as logged, before repeats were settled
};

/// How a fix that was already tried turned out.
struct Tried {
  std::string fix;      ///< id or name of a fix, or the user's words
  std::string outcome;  ///< no_change, better, worse, or empty
};

/// A row of a task, message or event table.
using Row = std::map<std::string, Setting>;

/// What a run left behind, read. Knows nothing of metrics, patterns or files.
struct Run {
  std::string input;           ///< the path as it was given
  std::vector<Series> series;  ///< ordered by name
  std::map<std::string, Setting> config;
  std::map<std::string, std::string> environment;
  std::vector<std::string> symptoms;  ///< the user's own words
  std::string expected, changed, reproducible, task;
  std::vector<Tried> tried;
  std::map<std::string, std::vector<Row>> tables;
  std::vector<std::string> log_lines;  ///< lines of text logs that no reader turned into samples
  std::vector<std::string> code;       ///< training scripts
  std::string step_name = "step";      ///< what the steps count, as the run calls it
  std::vector<File> files;             ///< what it was read from, in the order of reading
  std::vector<std::string> notes;  ///< what could not be read or was put right, one sentence each
};

}  // namespace fmx::engine
