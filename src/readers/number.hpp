#pragma once

#include <optional>
#include <string_view>

namespace fmx::readers {

/// Blanks at both ends taken off.
std::string_view trimmed(std::string_view text);

/// The number that `text` spells as a whole, to the last bit: decimal or exponent form, `nan`,
/// `NaN`, `inf`, `Infinity` with sign, a trailing `%` (taken off: 97% is 97). Blanks around it do
/// not matter.
std::optional<double> number(std::string_view text);

/// The same with a comma for the decimal point.
std::optional<double> number_with_comma(std::string_view text);

/// A number at `begin`, in the forms that JSON writers use, NaN and infinities included. On success
/// returns one past it, else null. Pre: begin <= end.
const char* scan_number(const char* begin, const char* end, double& value);

}  // namespace fmx::readers
