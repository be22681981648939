#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/part.hpp"
#include "knowledge/expression.hpp"

namespace fmx::dsl {

/// What stands between the quotes of a `string` or `text` part: escapes undone; of a text in """
/// the common indentation and the empty first and last line taken off.
std::string text_of(Part part);

/// `10_000` as 10000. Infinite where it is too large for a double.
double number_of(std::string_view digits);

/// The quantity that a `quantity`, `signed_number` or `number` part says, with its unit made plain:
/// `5%` is {0.05, fraction}. Empty where the unit is not one of the language.
std::optional<Quantity> quantity_of(Part part);

/// "a share", "a number of steps", ...: what a unit counts, for messages.
std::string_view name_of(Unit unit);

}  // namespace fmx::dsl
