#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "engine/signal/signal.hpp"

namespace fmx::engine::signal {

/// Where the level of a series changes most.
struct LevelShift {
  std::size_t at = 0;  ///< index of the first sample of the new level
  double height = 0;   ///< mean from there on less mean before
};

/// The split into two pieces, of at least 3 samples each, that fits two means best in the
/// least-squares sense: the k that maximises, with S_k the sum of the first k samples less their
/// overall mean,
///
///   S_k^2 / (k (n - k))
///
/// The earliest of equally good ones; none where all values are equal. Pre: at least 6, all finite.
/// Source: Page 1955, Hinkley 1970 (cumulative sums); pieces of fewer samples would be single
/// outliers.
std::optional<LevelShift> level_shift(std::span<const double> values);

/// |height| of the level shift over scatter(values), which is noise(x) where that is not 0; 0 of a
/// constant. A slope is a shift too. Pre: at least 6, all finite.
double shift(std::span<const double> values);

}  // namespace fmx::engine::signal
