#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "src/commands/exit_status.hpp"
#include "src/packs/load.hpp"
#include "src/problem.hpp"

namespace fmx::commands {

/// Writes to standard output. A reader that has gone away (`fmx ... | head`) ends the program
/// quietly, with `status`; anything else that stops the text from arriving is a Problem.
std::optional<Problem> print(std::string_view text, int status = done);

/// Prints `text`, the last thing a command says, and returns `status`, which it ends with whether
/// anybody reads or not; that of a Problem where the text does not arrive.
int finish(std::string_view text, int status);

/// Writes a file whole or not at all: beside it under another name, then renamed.
std::optional<Problem> write_file(const std::string& path, std::string_view text);

/// Says on standard error what is wrong; the exit status that goes with it.
ExitStatus fail(const Problem& problem);
/// The same for packs with mistakes in them.
ExitStatus fail(const packs::Loaded& broken);

/// How much the terminal behind standard output can show.
struct Screen {
  int width = 80;       ///< columns
  bool colour = false;  ///< a terminal, and NO_COLOR is not set
};
Screen screen();

}  // namespace fmx::commands
