#include "src/readers/settle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fmx::readers {

namespace {

struct Mended {
  std::size_t repeated = 0;    ///< samples that gave way to a later, different one at the same step
  std::size_t late = 0;        ///< samples that were logged after later ones
  std::size_t superseded = 0;  ///< samples of a stretch that a restart took back
  std::size_t no_step = 0;     ///< samples whose step is NaN or infinite
  std::size_t unordered = 0;   ///< series whose steps come in no order
};

bool strictly_increasing(const engine::StepColumn& column) {
  const std::vector<double>& steps = column;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (!(steps[i] > steps[i - 1])) return false;
  }
  return steps.empty() || (std::isfinite(steps.front()) && std::isfinite(steps.back()));
}

void drop_unstepped(Samples& samples, Mended& mended) {
  if (std::ranges::all_of(samples.steps, [](double step) { return std::isfinite(step); })) return;
  std::vector<double>& steps = samples.steps.own();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!std::isfinite(steps[i])) continue;
    steps[kept] = steps[i];
    samples.values[kept++] = samples.values[i];
  }
  mended.no_step += steps.size() - kept;
  steps.resize(kept);
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
  std::vector<double> steps, values;
  for (const std::size_t i : order) {
    steps.push_back(samples.steps[i]);
    values.push_back(samples.values[i]);
  }
  samples.steps = std::move(steps);
  samples.values = std::move(values);
}

bool same(double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); }

/// Orders the samples; the steps that the run was resumed from go to `restarts`.
///
/// A single sample that goes back, after which the log goes on where it was, is a late or a
/// repeated one (a summary of the best step, say) and takes its place. Where the log goes on from
/// there, the run was resumed, and what it had logged beyond that step is void.
void let_later_win(Samples& samples, Mended& mended, std::vector<double>& restarts) {
  std::vector<double>& steps = samples.steps.own();
  std::vector<double>& values = samples.values;
  const std::size_t size = steps.size();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const double step = steps[i], value = values[i];
    if (kept == 0 || step > steps[kept - 1]) {
      steps[kept] = step;
      values[kept++] = value;
      continue;
    }
    const auto first = steps.begin(), last = first + static_cast<std::ptrdiff_t>(kept);
    const std::size_t place = static_cast<std::size_t>(std::lower_bound(first, last, step) - first);
    const bool known = steps[place] == step;
    const bool goes_on = i + 1 < size && steps[i + 1] > steps[kept - 1];
    const bool says_nothing_new = (known && same(values[place], value)) || kept - place == 1;
    const bool alone = i + 1 == size || (goes_on && says_nothing_new);
    if (known && (alone || place + 1 == kept)) {
      mended.repeated += same(values[place], value) ? 0 : 1;
      values[place] = value;
    } else if (alone) {
      ++mended.late;
      std::copy_backward(first + static_cast<std::ptrdiff_t>(place), last, last + 1);
      const auto value_at = values.begin() + static_cast<std::ptrdiff_t>(place);
      std::copy_backward(value_at, values.begin() + static_cast<std::ptrdiff_t>(kept),
                         values.begin() + static_cast<std::ptrdiff_t>(kept) + 1);
      steps[place] = step;
      values[place] = value;
      ++kept;
    } else {
      restarts.push_back(step);
      mended.superseded += kept - place;
      kept = place;
      steps[kept] = step;
      values[kept++] = value;
    }
  }
  steps.resize(kept);
  values.resize(kept);
}

/// The step columns that were settled last, so that equal ones are kept once.
class Settled {
 public:
  /// Whether it is one of them itself, not only equal to it.
  bool has(const engine::StepColumn& steps) const {
    return std::ranges::any_of(
        kept_, [&](const engine::StepColumn& one) { return one.data() == steps.data(); });
  }
  void share(engine::StepColumn& steps) {
    for (const engine::StepColumn& one : kept_) {
      if (one.size() != steps.size() || one.back() != steps.back() || !(one == steps)) continue;
      steps = one;
      return;
    }
    constexpr std::size_t most = 8;
    if (kept_.size() == most) kept_.erase(kept_.begin());
    kept_.push_back(steps);
  }

 private:
  std::vector<engine::StepColumn> kept_;
};

/// Returns the steps that the run was resumed from, as this series shows them.
std::vector<double> settle(Samples& samples, Mended& mended) {
  std::vector<double> restarts;
  if (strictly_increasing(samples.steps)) return restarts;
  drop_unstepped(samples, mended);
  if (in_no_order(samples.steps)) {
    ++mended.unordered;
    sort_by_step(samples);
  }
  let_later_win(samples, mended, restarts);
  return restarts;
}

std::string counted(std::size_t n, const char* one, const char* many) {
  return n == 1 ? fmt::format("1 {}", one) : fmt::format("{} {}", n, many);
}

void note(const Mended& mended, const std::vector<double>& restarts, const std::string& origin,
          std::vector<std::string>& notes) {
  if (!restarts.empty()) {
    notes.push_back(fmt::format(
        "{}: the steps go back {} (first to {}): the run was resumed there, and {} from before "
        "{} replaced",
        origin, counted(restarts.size(), "time", "times"), restarts.front(),
        counted(mended.superseded, "sample", "samples"), mended.superseded == 1 ? "was" : "were"));
  }
  if (mended.repeated > 0) {
    notes.push_back(fmt::format("{}: {} at a step that comes again: the later one was kept", origin,
                                counted(mended.repeated, "sample", "samples")));
  }
  if (mended.late > 0) {
    notes.push_back(fmt::format("{}: {} logged late and put in order", origin,
                                counted(mended.late, "sample", "samples")));
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
  // One restart is one sample, however many series took part in it: the longest series tells.
  Mended mended;
  std::vector<double> restarts;
  std::size_t longest = 0;
  Settled columns;
  for (Samples& one : samples) {
    Mended ignored;  // clocks and epochs are logged with every kind of row
    const bool shared = one.name == "time" || one.name == "epoch";
    const std::size_t size = one.steps.size();
    std::vector<double> seen;
    if (!columns.has(one.steps)) {
      seen = settle(one, shared ? ignored : mended);
      if (!one.steps.empty()) columns.share(one.steps);
    }
    if (size <= longest) continue;
    longest = size;
    restarts = std::move(seen);
  }
  note(mended, restarts, origin, notes);

  std::sort(restarts.begin(), restarts.end());
  restarts.erase(std::unique(restarts.begin(), restarts.end()), restarts.end());
  samples.push_back({"restart", restarts, std::vector<double>(restarts.size(), 1.0)});

  std::vector<engine::Series> series;
  for (Samples& one : samples) {
    if (one.steps.empty()) continue;
    series.push_back({std::move(one.name), std::move(one.steps), std::move(one.values), origin});
  }
  return series;
}

}  // namespace fmx::readers
