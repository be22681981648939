#pragma once

#include <span>

#include "engine/signal/signal.hpp"

namespace fmx::engine::signal {

/// r(k) = sum (x[i] - m) (x[i + k] - m) / sum (x[i] - m)^2 with the mean m; undefined of a
/// constant. `lag` in samples is rounded down; its sign does not matter.
Number autocorrelation(std::span<const double> values, double lag);

/// How strongly a series returns to itself.
struct Periodicity {
  double strength = 0;  ///< 0: no more than white noise by chance; 1: each period is like the last
  double period = 0;    ///< in steps; 0 where strength is 0
  double amplitude =
      0;  ///< half the distance of the 5% and the 95% quantile of r, levels as logged
};

/// The highest peak, after its first zero crossing, of the autocorrelation of what x is beyond its
/// centre line: the running median, over a quarter of the samples, of the means of neighbours (of
/// the samples themselves it would follow an oscillation from sample to sample). It stands between
/// samples; r is how far a sample lies beyond both its values around it. Windows shrink at the
/// ends, so that a curve that only rises or only falls leaves r = 0. Where the mean |r| over such a
/// window is above that of all samples, r is divided by their ratio. Each lag k is normalised by
/// the energies of the two stretches compared, hence 1 is reached whatever the lag:
///
///   sum r[i] r[i+k] / sqrt(sum_{i < n-k} r[i]^2 * sum_{i >= k} r[i]^2),   k up to n / 3
///
/// Of the highest peak p, the strength is (p - c) / (1 - c) where p > c, else 0;
/// c = sqrt(2 ln(n / 3) / (5 n / 6)) is what white noise reaches by chance. The period is the first
/// peak that comes within 90% of the highest, since multiples of a period return as strongly
/// (McLeod & Wyvill, "A smarter way to find pitch", 2005). Above 1024 samples, the last 1024 are
/// looked at for short periods, and at most 1024 means of neighbouring samples for long ones; the
/// stronger counts. Assumes evenly spaced samples: a lag counts as so many times the median
/// distance of neighbours. Pre: at least 8.
Periodicity periodicity(Window x);

/// sum a[i] b[i + k] over the samples that overlap, over the square root of their energies; 0 where
/// one of them has none. Pre: same length; |k| below it.
double correlation_at(std::span<const double> a, std::span<const double> b, std::ptrdiff_t k);

/// At most `most` samples: those of `x`, or the means of as many stretches of equal length (the
/// first may be shorter), at the mean of their steps.
Column condense(Window x, std::size_t most);

}  // namespace fmx::engine::signal
