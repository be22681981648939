#pragma once

#include <optional>
#include <string>

#include "src/readers/assemble.hpp"
#include "src/readers/declared_lines.hpp"
#include "src/readers/read.hpp"

namespace fmx::readers {

/// Reads the run whose folder this is: all files that hold its numbers, its config, a run document,
/// its scripts. Where the folder holds several runs, a Problem names them.
std::optional<Problem> read_folder(const std::string& path, Files& files, Assembly& assembly);

/// `problem` as a note.
/// Keeps a script for rules that look at code; one that cannot be read, or is very long, is noted.
void read_script(const std::string& path, const std::string& name, Assembly& assembly);

std::string in_words(const Problem& problem);

/// A config file, opened and read; what of it was left out is noted in `assembly`.
Result<Settings, Problem> read_config_file(const std::string& path, const std::string& name,
                                           Assembly& assembly);

}  // namespace fmx::readers
