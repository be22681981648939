#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "engine/signal/order.hpp"
#include "engine/signal/samples.hpp"
#include "engine/signal/scale.hpp"
#include "engine/signal/signal.hpp"
#include "engine/signal/smooth.hpp"

namespace fmx::engine {
namespace {

using signal::Samples;

enum class Side { above, below };

/// Turns runs of neighbouring samples whose size exceeds `least` into one event each: at the
/// largest of the run (the first of equals), and as large.
Column peaks(std::span<const double> steps, std::span<const double> sizes, double least) {
  Column found;
  bool in_run = false;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const bool exceeds = sizes[i] > least && sizes[i] > 0;
    if (exceeds && !in_run) {
      found.steps.push_back(steps[i]);
      found.values.push_back(sizes[i]);
    } else if (exceeds && sizes[i] > found.values.back()) {
      found.steps.back() = steps[i];
      found.values.back() = sizes[i];
    }
    in_run = exceeds;
  }
  return found;
}

/// Sizes above `least` are divided by what is usual among the samples around, 1.4826 *
/// median(|size|), where that is above 1. Looks only at those, since no other can rise above
/// `least` by it.
std::vector<double> beside_nearby(std::span<const double> sizes, std::size_t half, double least) {
  std::vector<double> result(sizes.begin(), sizes.end());
  std::vector<double> around;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (!(sizes[i] > least && sizes[i] > 0)) continue;
    const std::size_t first = i < half ? 0 : i - half, last = std::min(i + half, sizes.size() - 1);
    around.clear();
    for (std::size_t j = first; j <= last; ++j) around.push_back(std::abs(sizes[j]));
    result[i] = sizes[i] / std::max(1.0, 1.4826 * signal::median(around));
  }
  return result;
}

/// Samples further than k robust standard deviations from the running median of 31 samples; of
/// those of the whole series or of these 31, whichever are larger: many series scatter most where
/// they begin. Windows of the running median shrink at the ends: a curve that only rises or only
/// falls has no spikes, however steep it begins, and the first and the last sample can be none.
Column outliers(const Samples& x, Side side, double k) {
  constexpr std::size_t half = 15;
  if (x.size() < 3) return {};
  std::vector<double> residual = signal::running_median(x.values(), half, signal::Ends::shrink);
  for (std::size_t i = 0; i < x.size(); ++i) residual[i] = x.values()[i] - residual[i];
  const double scale = signal::robust_scale(residual, x.values());
  if (scale == 0) return {};
  for (double& size : residual) size = (side == Side::above ? size : -size) / scale;
  return peaks(x.steps(), beside_nearby(residual, half, k), k);
}

/// Of four samples, the larger of the two pairs' lower ones and the smaller of their higher ones
/// lie in the middle; with the fifth, the median is the middle one of three.
double median_of_5(std::span<const double> x) {
  const double low = std::max(std::min(x[0], x[1]), std::min(x[2], x[3]));
  const double high = std::min(std::max(x[0], x[1]), std::max(x[2], x[3]));
  return std::max(std::min(low, high), std::min(std::max(low, high), x[4]));
}

/// Steps between levels: the median of 5 samples less that of the 5 before, over the noise or over
/// what is usual for such differences among the 101 around, whichever is larger: a steep fall is no
/// drop unless one of its steps stands out, and a series that wanders does not jump. The event lies
/// at the first sample of the new level.
Column level_steps(const Samples& x, Side side, double k) {
  constexpr std::size_t half = 5, around = 50;
  if (x.size() < 2 * half) return {};
  const double scale = signal::scatter(x.values());
  if (scale == 0) return {};
  std::vector<double> medians(x.size() - half + 1);
  for (std::size_t i = 0; i < medians.size(); ++i) {
    medians[i] = median_of_5(x.values().subspan(i, half));
  }
  std::vector<double> rises(medians.size() - half);
  for (std::size_t i = 0; i < rises.size(); ++i) rises[i] = medians[i + half] - medians[i];
  for (double& size : rises) size = (side == Side::above ? size : -size) / scale;
  return peaks(x.steps().subspan(half), beside_nearby(rises, around, k), k);
}

/// Where a mask goes from not holding to holding (`to` true) or back. Samples without an answer are
/// left out; a mask that holds from its first sample on was not seen to begin.
Column edges(Window mask, bool to) {
  Column found;
  bool before = to;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (std::isnan(mask.values[i])) continue;
    const bool holds = mask.values[i] != 0;
    if (holds == to && before != to) {
      found.steps.push_back(mask.steps[i]);
      found.values.push_back(1);
    }
    before = holds;
  }
  return found;
}

/// Runs of NaN or infinite samples: the step of the first, and how many.
Column nonfinite_runs(Window x) {
  Column found;
  bool in_run = false;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool wrong = !std::isfinite(x.values[i]);
    if (wrong && !in_run) {
      found.steps.push_back(x.steps[i]);
      found.values.push_back(0);
    }
    if (wrong) found.values.back() += 1;
    in_run = wrong;
  }
  return found;
}

}  // namespace

Column bursts(Window events, double least, double apart) {
  Column found;
  for (std::size_t begin = 0, end = 0; begin < events.size(); begin = end) {
    end = begin + 1;
    while (end < events.size() && events.steps[end] - events.steps[begin] <= apart) ++end;
    const auto size = static_cast<double>(end - begin);
    if (size < least) {
      end = begin + 1;
      continue;
    }
    found.steps.push_back(events.steps[begin]);
    found.values.push_back(size);
  }
  return found;
}

Column events(Function function, Window x, double argument) {
  switch (function) {
    case Function::spikes: return outliers(Samples(x), Side::above, argument);
    case Function::dips: return outliers(Samples(x), Side::below, argument);
    case Function::jumps: return level_steps(Samples(x), Side::above, argument);
    case Function::drops: return level_steps(Samples(x), Side::below, argument);
    case Function::rising: return edges(x, true);
    case Function::falling: return edges(x, false);
    case Function::nonfinite_events: return nonfinite_runs(x);
    default: break;
  }
  assert(false && "the function finds no events: its signature says so");
  return {};
}

}  // namespace fmx::engine
