#include "src/reports/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace fmx::reports {
namespace {

constexpr double plain_below = 1e7, plain_from = 1e-3;  // outside: scientific

std::string with_thousands(std::string digits) {
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = digits.size(); at > sign + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

/// `1.20e+03` as `1.2e3`.
std::string scientific(double value) {
  std::string text = fmt::format("{:.2e}", value);
  const std::size_t e = text.find('e');
  std::string mantissa = text.substr(0, e);
  while (mantissa.ends_with('0')) mantissa.pop_back();
  if (mantissa.ends_with('.')) mantissa.pop_back();
  return fmt::format("{}e{}", mantissa, std::stoi(text.substr(e + 1)));
}

}  // namespace

std::string figure(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "infinite" : "minus infinite";
  if (value == 0) return "0";
  const double size = std::abs(value);
  if (size >= plain_below || size < plain_from) return scientific(value);
  if (size >= 1000) return with_thousands(fmt::format("{:.0f}", value));
  if (value == std::floor(value)) return fmt::format("{:.0f}", value);
  const int decimals = std::max(0, 2 - static_cast<int>(std::floor(std::log10(size))));
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
  }
  return text;
}

std::string position(double step) {
  if (std::abs(step) < 1e15 && step == std::floor(step)) {
    return with_thousands(fmt::format("{:.0f}", step));
  }
  return figure(step);
}

std::string effort(double minutes) {
  constexpr double hour = 60, day = 24 * hour;
  if (minutes < hour) return figure(minutes) + " min";
  if (minutes < 2 * day) return figure(minutes / hour) + " h";
  return figure(minutes / day) + " days";
}

}  // namespace fmx::reports
