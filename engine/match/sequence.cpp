#include "engine/match/sequence.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fmx::engine {
namespace {

struct Stretch {
  double begin = 0, end = 0;
};

/// In order, none within another.
std::vector<Stretch> stretches_of(const Value& x) {
  if (x.kind == Value::Kind::number) return {{x.number, x.number}};
  std::vector<Stretch> all;
  bool held = false;
  for (std::size_t i = 0; i < x.samples.size(); ++i) {
    const double step = x.samples.steps[i], value = x.samples.values[i];
    if (x.kind == Value::Kind::events) {
      all.push_back({step, step});
      continue;
    }
    if (std::isnan(value)) continue;
    const bool holds = value != 0;
    if (holds && !held) all.push_back({step, step});
    if (holds) all.back().end = step;
    held = holds;
  }
  return all;
}

void add_event(Column& events, double step) {
  events.steps.push_back(step);
  events.values.push_back(1);
}

/// The first of `all` that ends at `step` or later; stretches are in order of their ends, too.
auto first_ending_from(const std::vector<Stretch>& all, double step) {
  return std::lower_bound(all.begin(), all.end(), step,
                          [](const Stretch& one, double s) { return one.end < s; });
}

}  // namespace

Column then(const Value& a, const Value& b, std::optional<double> within, const Clock& clock) {
  const std::vector<Stretch> before = stretches_of(a);
  Column found;
  for (const Stretch& later : stretches_of(b)) {
    const auto next =
        std::lower_bound(before.begin(), before.end(), later.begin,
                         [](const Stretch& one, double step) { return one.begin < step; });
    if (next == before.begin()) continue;
    const double began = std::prev(next)->begin;  // the latest one is the nearest
    if (!within || clock.at(later.begin) - clock.at(began) <= *within) {
      add_event(found, later.begin);
    }
  }
  return found;
}

Column during(const Value& a, const Value& b) {
  const std::vector<Stretch> around = stretches_of(b);
  Column found;
  for (const Stretch& one : stretches_of(a)) {
    const auto it = first_ending_from(around, one.end);
    if (it != around.end() && it->begin <= one.begin) add_event(found, one.begin);
  }
  return found;
}

Column overlaps(const Value& a, const Value& b) {
  const std::vector<Stretch> others = stretches_of(b);
  Column found;
  for (const Stretch& one : stretches_of(a)) {
    const auto it = first_ending_from(others, one.begin);
    if (it != others.end() && it->begin <= one.end) add_event(found, one.begin);
  }
  return found;
}

}  // namespace fmx::engine
