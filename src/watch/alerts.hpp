#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/reports/report.hpp"

namespace fmx::watch {

using Clock = std::chrono::steady_clock;

/// What has changed about one diagnosis of a run that is watched.
struct Change {
  enum class To { pending, firing, resolved };
  To to = To::pending;
  bool was_firing = false;  ///< of one that is resolved: it had fired, was not only pending
  reports::DiagnosisEntry diagnosis;  ///< as it is now; of one that is resolved, as it last was
  std::optional<reports::StepEntry> first_step;  ///< the best fix or check for the run
};

/// Follows the diagnoses of a run from look to look, and tells what changes:
///
///   pending    a failure reaches 50 %
///   firing     it has stayed there for `hold`; a dip begins the time anew
///   resolved   it has fallen below 35 %, or the run is no longer diagnosed
///
/// Between the two bounds a state stays as it is, so that nothing flickers.
class Alerts {
 public:
  explicit Alerts(Clock::duration hold) : hold_(hold) {}

  /// In the order of the report; what is resolved last, by id.
  std::vector<Change> update(const reports::Report& report, Clock::time_point now);

  std::size_t firing() const;
  /// Whether none is pending: time alone changes nothing.
  bool settled() const { return firing() == alerts_.size(); }

 private:
  struct Alert {
    Clock::time_point since;
    bool firing = false;
    reports::DiagnosisEntry last;
  };

  Clock::duration hold_;
  std::map<std::string, Alert> alerts_;  ///< by id
};

}  // namespace fmx::watch
