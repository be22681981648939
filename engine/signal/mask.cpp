#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "engine/signal/signal.hpp"

namespace fmx::engine {
namespace {

/// What one pass over a mask sees, samples without an answer left out: they break no stretch.
struct Stretches {
  std::size_t known = 0, held = 0;
  std::size_t longest = 0;     ///< samples of the longest unbroken stretch
  double duration = 0;         ///< steps from first to last sample of the one that lasts longest
  double first = 0, last = 0;  ///< step of the first, the last sample where it holds
};

Stretches stretches(Window mask) {
  Stretches seen;
  std::size_t run = 0;
  double run_began = 0;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (std::isnan(mask.values[i])) continue;
    ++seen.known;
    if (mask.values[i] == 0) {
      run = 0;
      continue;
    }
    if (seen.held++ == 0) seen.first = mask.steps[i];
    seen.last = mask.steps[i];
    if (run++ == 0) run_began = mask.steps[i];
    seen.longest = std::max(seen.longest, run);
    seen.duration = std::max(seen.duration, mask.steps[i] - run_began);
  }
  return seen;
}

/// 1 in runs of at least `least` equal successive values; what is not finite equals nothing.
void mark_unchanged(std::span<const double> values, double least, std::vector<double>& marks) {
  for (std::size_t begin = 0, end = 0; begin < values.size(); begin = end) {
    end = begin + 1;
    if (!std::isfinite(values[begin])) {
      marks[begin] = std::nan("");
      continue;
    }
    while (end < values.size() && values[end] == values[begin]) ++end;
    if (static_cast<double>(end - begin) < least) continue;
    for (std::size_t i = begin; i < end; ++i) marks[i] = 1;
  }
}

}  // namespace

Column mask(Function function, Window x, double argument) {
  assert(function == Function::not_finite || function == Function::unchanged);
  Column mask{{x.steps.begin(), x.steps.end()}, std::vector<double>(x.size())};
  if (function == Function::unchanged) {
    mark_unchanged(x.values, argument, mask.values);
  } else {
    for (std::size_t i = 0; i < x.size(); ++i) mask.values[i] = std::isfinite(x.values[i]) ? 0 : 1;
  }
  return mask;
}

Number measure_mask(Function function, Window mask) {
  if (mask.empty()) return Unknown::empty_window;
  const Stretches seen = stretches(mask);
  if (seen.known == 0) return Unknown::only_nonfinite;
  const auto known = static_cast<double>(seen.known);
  switch (function) {
    case Function::count: return static_cast<double>(seen.held);
    case Function::share: return static_cast<double>(seen.held) / known;
    case Function::longest: return static_cast<double>(seen.longest);
    case Function::longest_share: return static_cast<double>(seen.longest) / known;
    case Function::duration: return seen.duration;
    case Function::first_time:
      if (seen.held == 0) return Unknown::no_such_time;
      return seen.first;
    case Function::last_time:
      if (seen.held == 0) return Unknown::no_such_time;
      return seen.last;
    default: break;
  }
  assert(false && "the function takes no mask: its signature says so");
  return Unknown::undefined;
}

}  // namespace fmx::engine
