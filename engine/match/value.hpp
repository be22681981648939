#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "engine/signal/signal.hpp"
#include "knowledge/degree.hpp"

namespace fmx::engine {

/// Where a value was read: kept on the way from the run to the comparison, so that evidence can
/// name its series, window and setting.
struct Origin {
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t series = none;           ///< index into Run::series
  std::uint32_t param = none;            ///< index into Knowledge::params
  double first_step = 0, last_step = 0;  ///< of the window looked at; only where there is a series

  bool empty() const { return series == none && param == none; }
  /// This, or `other` where this says nothing.
  const Origin& or_else(const Origin& other) const { return empty() ? other : *this; }
};

/// What an expression came to in one run. A view where it is text or samples: what it looks at is
/// owned by the run, the knowledge or the evaluator and outlives it. Degrees and times are numbers.
struct Value {
  enum class Kind : std::uint8_t { unknown, number, flag, text, series, mask, events };

  Kind kind = Kind::unknown;
  Unknown reason = Unknown::undefined;
  double number = 0;      ///< number; of a flag 0 or 1
  std::string_view text;  ///< text; of a flag "true" or "false"
  Window samples;         ///< series; mask: 0, 1 or NaN; events: where and how large
  Origin origin;

  static Value of(double number, const Origin& origin = {});
  static Value of(Unknown reason, const Origin& origin = {});
  static Value of(Number number, const Origin& origin = {});
  static Value of(Degree degree, const Origin& origin = {});
  static Value of(std::string_view text, const Origin& origin = {});
  static Value of(Kind kind, Window samples, const Origin& origin);

  bool unknown() const { return kind == Kind::unknown; }
  bool sampled() const { return kind >= Kind::series; }
};

/// The number that `value` is, also where a config holds it as text: "1e-3".
Number number_of(const Value& value);

/// The degree that `value` is: a number within 0 .. 1.
Degree degree_of(const Value& value);

/// Text that compares equal regardless of case: ASCII letters in lower case.
std::string folded(std::string_view text);

}  // namespace fmx::engine
