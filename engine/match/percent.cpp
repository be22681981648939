#include "engine/match/percent.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "knowledge/spelling.hpp"

namespace fmx::engine {
namespace {

constexpr double most_of_a_share = 1.1;

bool says_percent(const std::string& name) {
  const std::string normal = normal_form(name);
  return name.find('%') != name.npos || normal.ends_with("_pct") || normal.ends_with("_percent");
}

}  // namespace

bool in_percent(const Metric& metric, const std::vector<Member>& members, const Run& run) {
  if (metric.kind != Quality::fraction || metric.highest.value_or(1) > 1) return false;
  double highest = 0;
  bool said = false;
  for (const Member& member : members) {
    const Series& series = run.series[member.series];
    said = said || says_percent(series.name);
    for (const double value : series.values) {
      if (!std::isfinite(value)) continue;
      if (value < 0 || value > 100) return false;
      highest = std::max(highest, value);
    }
  }
  return said || highest > most_of_a_share;
}

}  // namespace fmx::engine
