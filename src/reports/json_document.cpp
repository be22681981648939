#include "src/reports/json_document.hpp"

#include <cmath>
#include <cstdint>

namespace fmx::reports {

using Json = nlohmann::ordered_json;

Json number(double value) {
  constexpr double largest_whole = 9007199254740992;  // 2^53
  if (!std::isfinite(value)) return nullptr;
  if (value == std::floor(value) && std::abs(value) < largest_whole)
    return static_cast<std::int64_t>(value);
  return value;
}

Json number(std::optional<double> value) { return value ? number(*value) : Json(nullptr); }

Json rounded(double value) {
  return std::isfinite(value) ? Json(std::round(value * 1e6) / 1e6) : Json(nullptr);
}

Json measured(std::optional<double> value) {
  if (!value || !std::isfinite(*value) || *value == 0) return number(value);
  const double scale = std::pow(10.0, 8 - std::floor(std::log10(std::abs(*value))));
  return std::isfinite(scale) && scale > 0 ? number(std::round(*value * scale) / scale)
                                           : number(value);
}

std::string written(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string written_in_a_line(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace fmx::reports
