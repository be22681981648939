#pragma once

#include <string>

namespace fmx {

/// Why the program cannot go on, in words for the person in front of it. What stands on stderr:
///
///     fmx: runs/exp43: no such file or folder
///          give a metrics file, a run's folder, or - for standard input
struct Problem {
  std::string
      where;  ///< a path with a line, a key, or the command as typed (`fmx infer`); may be empty
  std::string what;         ///< what is wrong, in the words of the user's input
  std::string remedy;       ///< what to do
  bool asks_which = false;  ///< several things would do, and the user has to choose
};

/// As shown above, with its last line end.
std::string render(const Problem& problem);

}  // namespace fmx
