#include "engine/match/timestamp.hpp"

#include <charconv>
#include <chrono>

namespace fmx::engine {
namespace {

/// Takes `digits` digits from the front.
std::optional<int> number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
  if (error != std::errc() || end != text.data() + digits || value < 0) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == any_of.npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<double> day(std::string_view& text) {
  const auto year = number(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const auto month = number(text, 2);
  if (!month || !take(text, "-")) return std::nullopt;
  const auto day = number(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return 86400.0 * static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
}

/// hh:mm, as seconds.
std::optional<double> clock(std::string_view& text) {
  const auto hours = number(text, 2);
  if (!hours || *hours > 24) return std::nullopt;
  take(text, ":");
  const auto minutes = number(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return 3600.0 * *hours + 60.0 * *minutes;
}

}  // namespace

std::optional<double> seconds_of(std::string_view text) {
  std::optional<double> time = day(text);
  if (!time || text.empty()) return time;
  if (!take(text, "T ")) return std::nullopt;
  const auto minutes = clock(text);
  if (!minutes) return std::nullopt;
  *time += *minutes;
  if (take(text, ":")) {
    double seconds = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed);
    if (error != std::errc() || seconds < 0 || seconds > 60) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    *time += seconds;
  }
  take(text, " ");
  if (text.empty() || text == "Z" || text == "z" || text == "UTC") return time;
  const bool east = text.front() == '+';
  if (!take(text, "+-")) return std::nullopt;
  const auto offset = clock(text);
  if (!offset || !text.empty()) return std::nullopt;
  return east ? *time - *offset : *time + *offset;
}

}  // namespace fmx::engine
