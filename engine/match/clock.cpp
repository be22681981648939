#include "engine/match/clock.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "engine/match/value.hpp"

namespace fmx::engine {
namespace {

/// The words that say what is counted: of the steps, of the series a reader leaves, of units.
struct Words {
  std::string_view in_step_name, series;
  std::vector<std::string_view> units;
};

Words words_for(Unit unit) {
  switch (unit) {
    case Unit::epochs: return {"epoch", "epoch", {"epoch", "epochs"}};
    case Unit::tokens: return {"token", "", {"token", "tokens"}};
    case Unit::seconds: return {"time", "time", {"s"}};
    default: return {};
  }
}

/// The highest count so far at each finite sample; none where it never rises.
std::optional<Clock> clock_from(const Series& series) {
  std::vector<double> steps, counts;
  for (std::size_t i = 0; i < series.steps.size(); ++i) {
    if (!std::isfinite(series.values[i])) continue;
    steps.push_back(series.steps[i]);
    counts.push_back(counts.empty() ? series.values[i] : std::max(counts.back(), series.values[i]));
  }
  if (steps.size() < 2 || !(counts.back() > counts.front())) return {};
  return Clock(std::move(steps), std::move(counts));
}

}  // namespace

Clock::Clock(std::vector<double> steps, std::vector<double> counts)
    : steps_(std::move(steps)),
      counts_(std::move(counts)),
      pace_((counts_.back() - counts_.front()) / (steps_.back() - steps_.front())) {}

double Clock::at(double step) const {
  if (steps_.empty()) return step;
  if (step <= steps_.front()) return counts_.front() + (step - steps_.front()) * pace_;
  if (step >= steps_.back()) return counts_.back() + (step - steps_.back()) * pace_;
  const auto after = std::upper_bound(steps_.begin(), steps_.end(), step);
  const auto i = static_cast<std::size_t>(after - steps_.begin());
  const double share = (step - steps_[i - 1]) / (steps_[i] - steps_[i - 1]);
  return counts_[i - 1] + share * (counts_[i] - counts_[i - 1]);
}

/// The step of a count that lies before the first or after the last sample.
double Clock::beyond(double count) const {
  const bool before = count < counts_.front();
  return before ? steps_.front() + (count - counts_.front()) / pace_
                : steps_.back() + (count - counts_.back()) / pace_;
}

double Clock::last_step_at(double count) const {
  if (steps_.empty()) return count;
  if (count < counts_.front() || count >= counts_.back()) return beyond(count);
  const auto after = std::upper_bound(counts_.begin(), counts_.end(), count);
  const auto i = static_cast<std::size_t>(after - counts_.begin());
  const double share = (count - counts_[i - 1]) / (counts_[i] - counts_[i - 1]);
  return steps_[i - 1] + share * (steps_[i] - steps_[i - 1]);
}

double Clock::first_step_at(double count) const {
  if (steps_.empty()) return count;
  if (count <= counts_.front() || count > counts_.back()) return beyond(count);
  const auto from = std::lower_bound(counts_.begin(), counts_.end(), count);
  const auto i = static_cast<std::size_t>(from - counts_.begin());
  const double share = (counts_[i] - count) / (counts_[i] - counts_[i - 1]);
  return steps_[i] - share * (steps_[i] - steps_[i - 1]);
}

std::optional<Clock> clock_of(Unit unit, const Run& run, const Knowledge& knowledge,
                              const Binding& binding) {
  if (unit == Unit::none || unit == Unit::steps || unit == Unit::samples) return Clock();
  const Words words = words_for(unit);
  if (words.units.empty()) return {};
  const std::string counted = folded(run.step_name);
  const bool seconds = unit == Unit::seconds && counted.find("second") != counted.npos;
  if (seconds || counted.find(words.in_step_name) != counted.npos) return Clock();
  for (const Series& series : run.series) {
    if (words.series.empty() || series.name != words.series) continue;
    if (auto clock = clock_from(series)) return clock;
  }
  for (std::size_t i = 0; i < knowledge.metrics.size(); ++i) {
    const Metric& metric = knowledge.metrics[i];
    const bool counts =
        metric.kind == Quality::counter &&
        std::find(words.units.begin(), words.units.end(), metric.unit) != words.units.end();
    if (!counts) continue;
    for (const Member& member : binding.metrics[i]) {
      if (!member.labels.empty()) continue;
      if (auto clock = clock_from(run.series[member.series])) return clock;
    }
  }
  return {};
}

}  // namespace fmx::engine
