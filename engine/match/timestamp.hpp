#pragma once

#include <optional>
#include <string_view>

namespace fmx::engine {

/// Seconds since 1970 of a time as tables write it, ISO 8601: `2026-01-31`, `2026-01-31T10:20`,
/// `2026-01-31 10:20:30.5+02:00`. Without an offset it is taken to be UTC. Empty where it is none.
std::optional<double> seconds_of(std::string_view text);

}  // namespace fmx::engine
