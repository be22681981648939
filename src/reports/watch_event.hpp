#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "src/reports/report.hpp"

namespace fmx::reports {

/// Something that `fmx watch` has to tell.
struct WatchEvent {
  std::string event;  ///< waiting, pending, firing, resolved, end
  std::string at;     ///< 2026-01-31T12:00:00.250Z
  std::string input, step_name;
  std::optional<double> step;  ///< the last one that was read
  std::size_t series = 0, samples = 0;
  std::string what;  ///< waiting: for what; end: why
  std::optional<DiagnosisEntry> diagnosis;
  std::optional<StepEntry> first_step;
};

/// One line of `fmx-watch/1`, see docs/watch.schema.json.
std::string json_line(const WatchEvent& event);

/// One line for people; `colour`: for a terminal.
std::string text_line(const WatchEvent& event, bool colour);

}  // namespace fmx::reports
