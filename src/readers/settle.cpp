#include "src/readers/settle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fmx::readers {

namespace {

struct Mended {
  std::size_t repeated = 0;    ///< samples that gave way to a later one at the same step
  std::size_t superseded = 0;  ///< samples of a stretch that a restart took back
  std::size_t no_step = 0;     ///< samples whose step is NaN or infinite
  std::size_t unordered = 0;   ///< series whose steps come in no order
};

bool strictly_increasing(const std::vector<double>& steps) {
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (!(steps[i] > steps[i - 1])) return false;
  }
  return steps.empty() || (std::isfinite(steps.front()) && std::isfinite(steps.back()));
}

void drop_unstepped(Samples& samples, Mended& mended) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < samples.steps.size(); ++i) {
    if (!std::isfinite(samples.steps[i])) continue;
    samples.steps[kept] = samples.steps[i];
    samples.values[kept++] = samples.values[i];
  }
  mended.no_step += samples.steps.size() - kept;
  samples.steps.resize(kept);
  samples.values.resize(kept);
}

std::size_t times_back(const std::vector<double>& steps) {
  std::size_t back = 0;
  for (std::size_t i = 1; i < steps.size(); ++i) back += steps[i] < steps[i - 1] ? 1 : 0;
  return back;
}

/// Restarts are rare; steps that go back all the time were written by several hands at once.
bool in_no_order(const std::vector<double>& steps) {
  return times_back(steps) > std::max<std::size_t>(8, steps.size() / 20);
}

void sort_by_step(Samples& samples) {
  std::vector<std::size_t> order(samples.steps.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return samples.steps[a] < samples.steps[b];
  });
  Samples sorted{samples.name, {}, {}};
  for (const std::size_t i : order) {
    sorted.steps.push_back(samples.steps[i]);
    sorted.values.push_back(samples.values[i]);
  }
  samples = std::move(sorted);
}

/// Later samples push out those at the same step or beyond it.
void let_later_win(Samples& samples, Mended& mended) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < samples.steps.size(); ++i) {
    const double step = samples.steps[i];
    while (kept > 0 && samples.steps[kept - 1] >= step) {
      ++(samples.steps[kept - 1] == step ? mended.repeated : mended.superseded);
      --kept;
    }
    samples.steps[kept] = step;
    samples.values[kept++] = samples.values[i];
  }
  samples.steps.resize(kept);
  samples.values.resize(kept);
}

void settle(Samples& samples, Mended& mended) {
  if (strictly_increasing(samples.steps)) return;
  drop_unstepped(samples, mended);
  if (in_no_order(samples.steps)) {
    ++mended.unordered;
    sort_by_step(samples);
  }
  let_later_win(samples, mended);
}

/// The steps that the longest series goes back to: one restart is one sample, however many series
/// took part in it.
Samples restarts(const std::vector<Samples>& all) {
  const Samples* longest = nullptr;
  for (const Samples& samples : all) {
    if (!longest || samples.steps.size() > longest->steps.size()) longest = &samples;
  }
  Samples found{"restart", {}, {}};
  if (!longest || in_no_order(longest->steps)) return found;
  double before = std::nan("");
  for (const double step : longest->steps) {
    if (!std::isfinite(step)) continue;
    if (step < before) {
      found.steps.push_back(step);
      found.values.push_back(1);
    }
    before = step;
  }
  return found;
}

std::string counted(std::size_t n, const char* one, const char* many) {
  return n == 1 ? fmt::format("1 {}", one) : fmt::format("{} {}", n, many);
}

void note(const Mended& mended, const Samples& restarted, const std::string& origin,
          std::vector<std::string>& notes) {
  if (!restarted.steps.empty()) {
    notes.push_back(fmt::format(
        "{}: the steps go back {} (first to {}): the run was resumed there, and {} from before "
        "{} replaced",
        origin, counted(restarted.steps.size(), "time", "times"), restarted.steps.front(),
        counted(mended.superseded + mended.repeated, "sample", "samples"),
        mended.superseded + mended.repeated == 1 ? "was" : "were"));
  } else if (mended.repeated + mended.superseded > 0) {
    notes.push_back(fmt::format("{}: {} at a step that comes again: the later one was kept", origin,
                                counted(mended.repeated + mended.superseded, "sample", "samples")));
  }
  if (mended.unordered > 0) {
    notes.push_back(fmt::format("{}: the steps of {} come in no order and were sorted", origin,
                                counted(mended.unordered, "series", "series")));
  }
  if (mended.no_step > 0) {
    notes.push_back(fmt::format("{}: {} without a finite step left out", origin,
                                counted(mended.no_step, "sample", "samples")));
  }
}

}  // namespace

std::vector<engine::Series> settled(std::vector<Samples> samples, const std::string& origin,
                                    std::vector<std::string>& notes) {
  Mended mended;
  Samples restarted = restarts(samples);
  for (Samples& one : samples) settle(one, mended);
  note(mended, restarted, origin, notes);

  if (!restarted.steps.empty()) {
    Mended twice_at_one_step;
    sort_by_step(restarted);
    let_later_win(restarted, twice_at_one_step);
    samples.push_back(std::move(restarted));
  }
  std::vector<engine::Series> series;
  for (Samples& one : samples) {
    if (one.steps.empty()) continue;
    series.push_back({std::move(one.name), std::move(one.steps), std::move(one.values), origin});
  }
  return series;
}

}  // namespace fmx::readers
