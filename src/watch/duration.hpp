#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace fmx::watch {

/// `500ms`, `2 s`, `1.5 min`, `1 h`; seconds where no unit stands. Empty for anything else, and for
/// less than a millisecond or more than a day.
std::optional<std::chrono::milliseconds> duration(std::string_view text);

}  // namespace fmx::watch
