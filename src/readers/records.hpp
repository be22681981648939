#pragma once

#include <string>

#include "src/readers/reading.hpp"
#include "src/readers/table.hpp"

namespace fmx::readers {

/// Whether a table tells of things (tasks, messages, events) rather than of a run's course: most
/// rows hold text, there is no step, no epoch and no metric, and at least two columns are of the
/// kind that records have: id, status, owner, kind, at, ...
bool holds_records(const Table& table);

/// The rows as facts, under the file's name in the singular: tasks.jsonl is the table `task`. Keys
/// become snake_case, dates seconds since 1970. A list of texts becomes a table of its own:
/// `blockedBy` of tasks the table `blocked_by` with columns `task` and `on`.
Reading read_records(const Table& table, const std::string& name);

}  // namespace fmx::readers
