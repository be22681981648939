#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace fmx::reports {

/// The place of a severity's word among `none low medium high critical`: what is worse is higher.
inline int severity_rank(std::string_view severity) {
  constexpr std::array<std::string_view, 5> order = {"none", "low", "medium", "high", "critical"};
  return static_cast<int>(std::ranges::find(order, severity) - order.begin());
}

}  // namespace fmx::reports
