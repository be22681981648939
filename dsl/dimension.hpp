#pragma once

#include <map>
#include <string>
#include <string_view>

#include "knowledge/expression.hpp"

namespace fmx::dsl {

/// What a number counts: base units with their powers, and how many of them one of it is.
struct Dimension {
  std::map<std::string, int> powers;  ///< by base unit: {s, -1}; none with power 0
  double scale = 1;                   ///< 0.001 for ms

  bool plain() const { return powers.empty(); }
};

/// The unit as a metric or a param declares it: `ms`, `tokens/s`, `1/s`. A word that is not known
/// is a base unit of its own; `share` and `percent` count nothing.
Dimension dimension_of(std::string_view unit);

/// The unit of a number in an expression, which is stored as 1 of its base unit.
Dimension dimension_of(Unit unit);

/// a * b^power.
Dimension times(Dimension a, const Dimension& b, int power = 1);

/// "steps", "s", "tokens per s", "a plain number": for messages.
std::string words_for(const Dimension& dimension);

}  // namespace fmx::dsl
