#include "src/watch/duration.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace fmx::watch {

std::optional<std::chrono::milliseconds> duration(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, double>, 5> units = {
      {{"", 1e3}, {"s", 1e3}, {"ms", 1}, {"min", 60e3}, {"h", 3600e3}}};
  constexpr double day = 24 * 3600e3;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  for (const auto& [name, factor] : units) {
    if (unit != name) continue;
    const double milliseconds = number * factor;
    if (!(milliseconds >= 1 && milliseconds <= day)) return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds));
  }
  return std::nullopt;
}

}  // namespace fmx::watch
