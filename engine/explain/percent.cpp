#include "engine/explain/percent.hpp"

#include <fmt/format.h>

namespace fmx::engine {

std::string percent(double probability) {
  const double hundredths = 100 * probability;
  if (hundredths > 99 && hundredths < 100) return "> 99 %";
  if (hundredths >= 1 || hundredths <= 0) return fmt::format("{:.0f} %", hundredths);
  return hundredths < 0.01 ? "< 0.01 %" : fmt::format("{:.1g} %", hundredths);
}

}  // namespace fmx::engine
