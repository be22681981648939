#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/signal/signal.hpp"

namespace fmx::reports {

/// A series thinned out to what a line of a terminal can show.
struct Curve {
  std::vector<double> values;       ///< NaN: nothing finite was logged there
  std::optional<std::size_t> mark;  ///< the value at which something began
  double lowest = 0, highest = 0;   ///< of the whole series, finite samples
  bool empty() const { return values.empty(); }
};

/// At most `points` values of `series`, one for each equal stretch of steps, with `mark` at
/// `began`. Of a stretch the sample is kept that shapes the curve most (largest triangle with the
/// one kept before and the mean of the next stretch), so that spikes stay. Source: S. Steinarsson,
/// Downsampling Time Series for Visual Representation, 2013.
Curve curve(engine::Window series, std::optional<double> began, std::size_t points);

/// The curve as blocks ▁▂▃▄▅▆▇█, one for each value, × where nothing finite was logged. On a
/// logarithmic scale where all is positive and the highest is a hundred times the lowest.
std::string blocks(const Curve& curve);

}  // namespace fmx::reports
