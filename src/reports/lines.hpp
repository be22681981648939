#pragma once

#include <string>
#include <string_view>

namespace fmx::reports {

/// `text` broken at blanks into lines of at most `width` columns, each begun by `indent` blanks;
/// the first begins with `lead` instead. Ends with one line end.
std::string wrap(std::string_view text, int width, int indent, std::string_view lead);

/// `text` as one line: every run of blanks and line ends as one blank.
std::string one_line(std::string_view text);

}  // namespace fmx::reports
