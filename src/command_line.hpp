#pragma once

namespace fmx {

/// Reads the command line, runs the command that it names and returns the exit status. The one
/// place that knows CLI11, and where all commands and options stand.
int run_command_line(int argc, const char* const* argv);

}  // namespace fmx
