#pragma once

#include <fmt/format.h>

#include <string>

namespace fmx::cases {

/// A share as rules write it: `5%`.
inline std::string written(double share) { return fmt::format("{:.3g}%", 100 * share); }

}  // namespace fmx::cases
