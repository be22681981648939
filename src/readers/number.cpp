#include "src/readers/number.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

#include "src/readers/letters.hpp"

namespace fmx::readers {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

namespace {

/// Whether eight bytes are eight digits, and the number they spell (SWAR; Lemire, "Quickly parsing
/// eight digits", 2018).
bool are_digits(std::uint64_t eight) {
  return ((eight & 0xF0F0F0F0F0F0F0F0) |
          (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;
}
std::uint32_t eight_digits(std::uint64_t eight) {
  eight -= 0x3030303030303030;
  eight = eight * 10 + (eight >> 8);
  return static_cast<std::uint32_t>((((eight & 0x000000FF000000FF) * 0x000F424000000064) +
                                     (((eight >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >>
                                    32);
}

/// Takes digits into `mantissa`; it may overflow where there are more than 19.
const char* take_digits(const char* at, const char* end, std::uint64_t& mantissa) {
  static_assert(std::endian::native == std::endian::little);
  while (end - at >= 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, 8);
    if (!are_digits(eight)) break;
    mantissa = mantissa * 100'000'000 + eight_digits(eight);
    at += 8;
  }
  for (; at != end && is_digit(*at); ++at) {
    mantissa = mantissa * 10 + static_cast<std::uint64_t>(*at - '0');
  }
  return at;
}

const char* scan_any_number(const char* begin, const char* end, double& value) {
  const auto [after, error] = fast_float::from_chars(begin, end, value);
  return error == std::errc() ? after : nullptr;
}

}  // namespace

/// Plain decimals, which nearly all numbers are, are taken here: exact by Clinger's way where
/// mantissa and power of ten are doubles, else by the algorithm of Eisel and Lemire. What is
/// longer, has an exponent or is no number at all goes to fast_float, which gives the same bits.
const char* scan_number(const char* begin, const char* end, double& value) {
  constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                               1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const char* at = begin;
  const bool negative = at != end && *at == '-';
  if (negative) ++at;
  std::uint64_t mantissa = 0;
  const char* const whole = at;
  at = take_digits(at, end, mantissa);
  auto digits = at - whole;
  std::ptrdiff_t places = 0;
  if (digits > 0 && at != end && *at == '.') {
    const char* const fraction = ++at;
    at = take_digits(at, end, mantissa);
    places = at - fraction;
    digits += places;
  }
  const bool plain = digits > 0 && digits <= 19 && (at == end || (*at != 'e' && *at != 'E'));
  if (!plain) return scan_any_number(begin, end, value);
  if (mantissa <= (std::uint64_t{1} << 53) && places <= 22) {
    const double exact = static_cast<double>(mantissa) / powers[places];
    value = negative ? -exact : exact;
    return at;
  }
  const auto rounded =
      fast_float::compute_float<fast_float::binary_format<double>>(-places, mantissa);
  if (rounded.power2 < 0) return scan_any_number(begin, end, value);
  fast_float::to_float(negative, rounded, value);
  return at;
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
