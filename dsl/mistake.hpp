#pragma once

#include <cstdint>
#include <string_view>

#include "dsl/expected.hpp"
#include "knowledge/diagnostic.hpp"

namespace fmx::dsl {

/// Thrown by the parser where something must stand and does not; caught where it goes on.
struct Mistake {
  std::uint32_t at = 0;
  Expected expected;
};

/// The diagnostic for a mistake, from what stands there instead.
Diagnostic describe(const Mistake& mistake, std::uint32_t source, std::string_view text);

}  // namespace fmx::dsl
