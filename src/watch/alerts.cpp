#include "src/watch/alerts.hpp"

#include <algorithm>

#include "engine/belief/belief.hpp"

namespace fmx::watch {
namespace {

constexpr double gone_below = 0.35;

}  // namespace

std::vector<Change> Alerts::update(const reports::Report& report, Clock::time_point now) {
  std::vector<Change> changes;
  std::optional<reports::StepEntry> first_step;
  if (!report.steps.empty()) first_step = report.steps.front();
  const bool diagnosed = report.status == "diagnosed";
  for (const reports::DiagnosisEntry& diagnosis : report.diagnoses) {
    auto known = alerts_.find(diagnosis.id);
    if (known == alerts_.end()) {
      if (!diagnosed || diagnosis.confidence < engine::likely_from) continue;
      known = alerts_.emplace(diagnosis.id, Alert{now, false, {}}).first;
      changes.push_back({Change::To::pending, false, diagnosis, first_step});
    }
    Alert& alert = known->second;
    alert.last = diagnosis;
    const bool holds = diagnosed && diagnosis.confidence >= engine::likely_from;
    if (!holds && !alert.firing) alert.since = now;
    if (!alert.firing && holds && now - alert.since >= hold_) {
      alert.firing = true;
      changes.push_back({Change::To::firing, false, diagnosis, first_step});
    }
  }
  for (auto at = alerts_.begin(); at != alerts_.end();) {
    const auto still = std::ranges::find(report.diagnoses, at->first, &reports::DiagnosisEntry::id);
    if (diagnosed && still != report.diagnoses.end() && still->confidence >= gone_below) {
      ++at;
      continue;
    }
    changes.push_back({Change::To::resolved, at->second.firing, at->second.last, std::nullopt});
    at = alerts_.erase(at);
  }
  return changes;
}

std::size_t Alerts::firing() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(alerts_, [](const auto& each) { return each.second.firing; }));
}

}  // namespace fmx::watch
