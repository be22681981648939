#include "src/readers/number.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <string>

namespace fmx::readers {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

const char* scan_number(const char* begin, const char* end, double& value) {
  const auto [after, error] = fast_float::from_chars(begin, end, value);
  if (error == std::errc()) return after;
  // Too large or too small a number is what a double makes of it: infinity or zero.
  if (error == std::errc::result_out_of_range) return after;
  return nullptr;
}

std::optional<double> number(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && text.back() == '%') text.remove_suffix(1);
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  double value = 0;
  const char* end = text.data() + text.size();
  if (scan_number(text.data(), end, value) != end) return std::nullopt;
  return value;
}

std::optional<double> number_with_comma(std::string_view text) {
  if (std::count(text.begin(), text.end(), ',') != 1 || text.find('.') != std::string_view::npos) {
    return std::nullopt;
  }
  std::string with_point(text);
  *std::find(with_point.begin(), with_point.end(), ',') = '.';
  return number(with_point);
}

}  // namespace fmx::readers
