#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/explain/coverage.hpp"
#include "src/reports/case.hpp"
#include "src/reports/page.hpp"

namespace fmx::reports {

/// A series, and which metric it became.
struct CheckedSeries {
  std::string name, file;
  std::size_t samples = 0;
  double first = 0, last = 0;  ///< steps
  std::string metric, title;   ///< id; empty where no pack knows the name
  std::vector<std::pair<std::string, std::string>> labels;  ///< of a family: name, value
  std::string match;  ///< exact, spelling, pattern, affix, guess; none where no pack knows it
  std::string alias;  ///< the spelling of the metric that it agrees with
};

/// A setting that packs know, and by what name.
struct CheckedSetting {
  std::string key, param;
};

struct CheckedPattern {
  std::string id, title, area, extent;  ///< extent: fully, partly, not, ruled-out
  bool benign = false;
  double judged = 0;                                   ///< share of its evidence
  std::vector<std::string> metrics, settings, tables;  ///< that are missing, by name
};

/// A metric to log next.
struct LogNext {
  std::string metric, name, title, unit;
  double gain = 0;  ///< rise of the share of the evidence that can be judged
  std::vector<std::string>
      patterns;             ///< titles of those that could be judged better, likeliest first
  std::vector<Advice> how;  ///< a line of code by framework
};

/// What `fmx doctor` says about a run: what was read of it, what was understood, what that is
/// enough for. Every format is written from this and from nothing else.
struct Checkup {
  std::string input, step_name;
  std::vector<std::pair<std::string, std::string>> packs;  ///< name, version
  std::vector<engine::File> files;
  std::optional<double> first_step, last_step;
  std::size_t samples = 0;
  std::vector<CheckedSeries> series;
  std::vector<CheckedSetting> settings;
  std::vector<std::string> unknown_settings;  ///< keys
  std::size_t log_lines = 0, scripts = 0;     ///< kept for rules that look at words or code
  std::vector<std::pair<std::string, std::size_t>> tables;  ///< rows
  std::vector<std::string> notes;                           ///< what could not be read, with place
  double judged = 0;                                        ///< engine::Coverage::judged
  std::vector<CheckedPattern> patterns;                     ///< by area, then id
  std::vector<LogNext> log_next;                            ///< most valuable first
};

Checkup checkup(const Case& facts);

/// "`grad_nrom` is taken for the metric grad_norm (...)": what a guess says, and how to end it.
std::string guess_note(const std::string& series, const std::string& metric,
                       const std::string& alias);

/// `fmx-doctor/1`, see docs/doctor.schema.json. The same run gives the same bytes.
std::string json(const Checkup& checkup);
std::string markdown(const Checkup& checkup);
std::string text(const Checkup& checkup, const Layout& layout);

}  // namespace fmx::reports
