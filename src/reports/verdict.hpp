#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "src/reports/report.hpp"

namespace fmx::reports {

/// What a report comes to: one sentence, the same in every format.
struct Verdict {
  /// sick: a failure is diagnosed; doubtful: it cannot be told; sound: nothing seems wrong
  enum class Tone { sick, doubtful, sound };
  std::string text;
  Tone tone = Tone::doubtful;
  std::optional<double> probability;  ///< of what the sentence says; none where it says "cannot"
};
Verdict verdict(const Report& report);

/// "Nothing is wrong, as far as the numbers tell, 93 % likely": the verdict with how likely it is.
std::string said(const Verdict& verdict, std::string_view between);

/// What the bound on larger sets of causes means for the figures of the report; empty where it is
/// below 1 %.
std::string said_of_left_out(const Report& report);

}  // namespace fmx::reports
