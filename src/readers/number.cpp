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

/// The number that eight digits spell, given as bytes from 0 to 9, the first one lowest (SWAR;
/// Lemire, "Quickly parsing eight digits", 2018).
std::uint64_t eight_digits(std::uint64_t digits) {
  digits = digits * 10 + (digits >> 8);
  return static_cast<std::uint32_t>(
      (((digits & 0x000000FF000000FF) * 0x000F424000000064) +
       (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >>
      32);
}

/// Takes digits into `mantissa`; it may overflow where there are more than 19.
inline const char* take_digits(const char* at, const char* end, std::uint64_t& mantissa) {
  static_assert(std::endian::native == std::endian::little);
  static constexpr std::uint64_t powers[] = {1,      10,      100,       1'000,
                                             10'000, 100'000, 1'000'000, 10'000'000};
  while (end - at >= 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, 8);
    eight ^= 0x3030303030303030;  // a digit is its value now
    const std::uint64_t others = (eight | (eight + 0x7676767676767676)) & 0x8080808080808080;
    if (others != 0) {  // fewer than eight: they move to the end, zeros come before them
      const int count = std::countr_zero(others) / 8;
      mantissa = mantissa * powers[count] + eight_digits((eight << (56 - 8 * count)) << 8);
      return at + count;
    }
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
  static constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const char* at = begin;
  const bool negative = at != end && *at == '-';
  if (negative) ++at;
  std::uint64_t mantissa = 0;
  const char* const whole = at;
  if (end - at > 1 && is_digit(*at) && at[1] == '.') {
    mantissa = static_cast<std::uint64_t>(*at++ - '0');
  } else {
    at = take_digits(at, end, mantissa);
  }
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
