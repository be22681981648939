#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fmx::readers {

/// What one line of a text log says in numbers.
struct LineSamples {
  std::vector<std::pair<std::string, double>>
      cells;         ///< counters and samples, in the order of the line
  double share = 0;  ///< of the line's characters that the cells account for; the rest is prose
};

/// Finds `name: value`, `name=value`, `name value` between bars or for names of metrics, counters
/// such as `Epoch: [3][10/500]`, `iter 10`, `step:5/100`, and a time stamp at the beginning. A word
/// that names a split (`valid | loss 5`, `Epoch(val)`, `[Test]`) goes before the names of its line.
LineSamples samples_in(std::string_view line);

/// A number in running text, with a unit, a total (`5/100`) or thousands' commas, and where it
/// ends. Not a part of a date, a time, a version or a word.
struct SpelledNumber {
  double value = 0;
  std::size_t end = 0;
  std::optional<double> total;  ///< 100 of `5/100`
};
std::optional<SpelledNumber> number_in_text(std::string_view text, std::size_t at);

/// The seconds since 1970 of a date and time near the beginning of a line, as if it were UTC.
std::optional<double> time_stamp(std::string_view line);

/// Whether a name says that a run was measured: loss, accuracy, reward, ...
bool names_a_metric(std::string_view name);

}  // namespace fmx::readers
