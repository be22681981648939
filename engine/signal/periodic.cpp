#include "engine/signal/periodic.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "engine/signal/location.hpp"
#include "engine/signal/order.hpp"
#include "engine/signal/samples.hpp"
#include "engine/signal/smooth.hpp"
#include "engine/signal/spread.hpp"

namespace fmx::engine::signal {
namespace {

constexpr std::size_t most_for_lags = 1024;

double dot(std::span<const double> a, std::span<const double> b) {
  double sums[4] = {0, 0, 0, 0};
  std::size_t i = 0;
  for (; i + 4 <= a.size(); i += 4) {
    for (std::size_t k = 0; k < 4; ++k) sums[k] += a[i + k] * b[i + k];
  }
  for (; i < a.size(); ++i) sums[0] += a[i] * b[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// Half the window of the centre line: a quarter of the samples in all.
std::size_t centre_half(std::size_t n) { return std::max<std::size_t>(1, n / 8); }

/// x less its centre line, which stands between samples: how far a sample lies above or below both
/// of its values there, 0 where it lies between them. At both ends, where there is none, 0.
std::vector<double> residual(std::span<const double> x) {
  std::vector<double> pairs(x.size() - 1);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = x[i] + (x[i + 1] - x[i]) / 2;
  const auto centre = running_median(pairs, centre_half(x.size()), Ends::shrink);
  std::vector<double> rest(x.size());
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const auto [low, high] = std::minmax(centre[i - 1], centre[i]);
    rest[i] = x[i] - std::clamp(x[i], low, high);
  }
  return rest;
}

/// Turns stretches that are louder than the average down to it, lest the few samples of a wild
/// beginning outweigh the rest. A stretch is as long as the centre line's window.
void level_out(std::vector<double>& rest) {
  std::vector<double> loudness(rest.size());
  for (std::size_t i = 0; i < rest.size(); ++i) loudness[i] = std::abs(rest[i]);
  const double usual = mean(loudness);
  loudness = running_mean(loudness, centre_half(rest.size()));
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (loudness[i] > usual) rest[i] *= usual / loudness[i];
  }
}

/// What the highest of the lags 1 .. n / 3 reaches by chance in white noise: the expected maximum,
/// about sqrt(2 ln m), of m independent normal numbers, each with the standard deviation 1 / sqrt(n
/// - k) of an autocorrelation at lag k (Bartlett 1946), n - k taken in the middle.
double by_chance(std::size_t n) {
  const auto samples = static_cast<double>(n);
  return std::sqrt(2 * std::log(std::max(samples / 3, 1.0)) / (samples * 5 / 6));
}

Periodicity look(Window x) {
  std::vector<double> rest = residual(x.values);
  if (magnitude(rest) <= resolution(x.values)) return {};  // nothing but rounding
  std::vector<double> sorted = rest;
  const double high = quantile(sorted, 0.95), low = quantile(sorted, 0.05);
  level_out(rest);

  const std::size_t longest = x.size() / 3;
  std::vector<double> r(longest + 2);
  for (std::size_t k = 0; k < r.size(); ++k) {
    r[k] = correlation_at(rest, rest, static_cast<std::ptrdiff_t>(k));
  }
  const auto crossing = std::find_if(r.begin(), r.end(), [](double value) { return value <= 0; });
  const auto is_peak = [&](std::size_t k) {
    return r[k] > 0 && r[k] >= r[k - 1] && r[k] >= r[k + 1];
  };
  const auto start = static_cast<std::size_t>(crossing - r.begin()) + 1;

  double highest = 0;
  for (std::size_t k = start; k <= longest; ++k) {
    if (is_peak(k)) highest = std::max(highest, r[k]);
  }
  const double chance = by_chance(x.size());
  if (highest <= chance) return {};
  std::size_t lag = start;
  while (!is_peak(lag) || r[lag] < 0.9 * highest) ++lag;
  std::vector<double> spacing = differences(x.steps);
  const double strength = (std::min(highest, 1.0) - chance) / (1 - chance);
  return {strength, static_cast<double>(lag) * median(spacing), (high - low) / 2};
}

}  // namespace

double correlation_at(std::span<const double> a, std::span<const double> b, std::ptrdiff_t k) {
  if (k < 0) return correlation_at(b, a, -k);
  const std::size_t overlap = a.size() - static_cast<std::size_t>(k);
  const auto early = a.first(overlap), late = b.last(overlap);
  const double energy = std::sqrt(dot(early, early)) * std::sqrt(dot(late, late));
  return energy > 0 ? dot(early, late) / energy : 0;
}

Column condense(Window x, std::size_t most) {
  const std::size_t stretch = (x.size() + most - 1) / most;
  Column means;
  if (stretch == 0) return means;
  std::size_t begin = 0, end = (x.size() - 1) % stretch + 1;
  for (; begin < x.size(); begin = end, end += stretch) {
    means.steps.push_back(mean(x.steps.subspan(begin, end - begin)));
    means.values.push_back(mean(x.values.subspan(begin, end - begin)));
  }
  return means;
}

Number autocorrelation(std::span<const double> values, double lag) {
  const double whole = std::floor(std::abs(lag));
  if (!(whole < static_cast<double>(values.size()))) return Unknown::too_few_samples;
  std::vector<double> centred(values.begin(), values.end());
  const double centre = mean(values);
  for (double& value : centred) value -= centre;
  const double energy = dot(centred, centred);
  if (energy == 0) return Unknown::undefined;
  const std::span<const double> all = centred;
  const std::size_t overlap = values.size() - static_cast<std::size_t>(whole);
  return dot(all.first(overlap), all.last(overlap)) / energy;
}

Periodicity periodicity(Window x) {
  if (x.size() <= most_for_lags) return look(x);
  const Periodicity fine = look({x.steps.last(most_for_lags), x.values.last(most_for_lags)});
  const Column means = condense(x, most_for_lags);
  const Periodicity coarse = look(means.window());
  return coarse.strength > fine.strength ? coarse : fine;
}

}  // namespace fmx::engine::signal
