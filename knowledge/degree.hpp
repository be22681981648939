#pragma once

#include <cstdint>
#include <string_view>

namespace fmx {

/// Why a value or a degree is not known. Unknown is not absent: it moves no belief either way.
enum class Unknown : std::uint8_t {
  not_logged,       ///< no series carries this metric
  not_configured,   ///< the config has no such parameter
  too_few_samples,  ///< fewer than the function needs
  empty_window,     ///< the window holds no sample
  only_nonfinite,   ///< every sample of the window is NaN or infinite
  undefined,     ///< the arithmetic has no answer: division by zero, logarithm of a negative number
  not_text,      ///< a number was asked of text, or text of a number
  no_such_time,  ///< the event that the time refers to did not happen
  not_given,     ///< the caller gave no such material (training script, tables, words)
  cut_off,       ///< the log ends before the window begins
  not_counted,   ///< nothing in the run counts the epochs, tokens or time that were asked for
};

/// "not logged", "fewer samples than needed", ...: completes "unknown: ...".
std::string_view describe(Unknown reason);

/// How clearly something is seen: 0 (not at all) to 1 (fully), or unknown with the reason.
/// `and`, `or` and `not` are Kleene's: min, max, 1 - x, with unknown between.
class Degree {
 public:
  constexpr Degree() = default;
  constexpr explicit Degree(double value) : value_(value), known_(true) {}
  constexpr explicit Degree(Unknown reason) : reason_(reason) {}

  constexpr bool known() const { return known_; }
  /// Pre: known().
  constexpr double value() const { return value_; }
  /// Pre: !known().
  constexpr Unknown reason() const { return reason_; }

  friend bool operator==(const Degree&, const Degree&) = default;

 private:
  double value_ = 0;
  bool known_ = false;
  Unknown reason_ = Unknown::not_logged;
};

/// min; a known 0 decides even beside an unknown.
Degree operator&&(Degree a, Degree b);
/// max; a known 1 decides even beside an unknown.
Degree operator||(Degree a, Degree b);
/// 1 - x.
Degree operator!(Degree a);

}  // namespace fmx
