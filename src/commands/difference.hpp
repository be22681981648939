#pragma once

#include <string>
#include <string_view>

namespace fmx::commands {

/// How `after` differs from `before`, line by line, as `diff -u` and `patch` know it: three lines
/// around each change. Empty where the two are the same. A last line without its end is marked as
/// such. The shortest difference (Myers 1986) where the texts have much in common; texts that
/// differ in more than some thousand lines are told apart more coarsely.
std::string difference(std::string_view path, std::string_view before, std::string_view after);

}  // namespace fmx::commands
