#include "src/watch/duration.hpp"

#include <charconv>

#include "dsl/unit_words.hpp"

namespace fmx::watch {

std::optional<std::chrono::milliseconds> duration(std::string_view text) {
  constexpr double day = 24 * 3600e3;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  std::string_view word = text.substr(static_cast<std::size_t>(end - text.data()));
  while (word.starts_with(' ')) word.remove_prefix(1);
  const dsl::UnitWord* unit = dsl::unit_called(word.empty() ? "s" : word);
  if (unit == nullptr || unit->carried != Unit::seconds) return std::nullopt;
  const double milliseconds = number * unit->scale * 1e3;
  if (!(milliseconds >= 1 && milliseconds <= day)) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds));
}

}  // namespace fmx::watch
