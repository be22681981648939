#include <algorithm>

#include "engine/signal/smooth.hpp"

namespace fmx::engine::signal {

std::size_t half_width(std::size_t n, double width) {
  if (!(width > 0)) return 1;
  const double half = std::min(width, 2.0) * static_cast<double>(n) / 2;
  return std::max<std::size_t>(1, static_cast<std::size_t>(half));
}

/// The series is cut into blocks as long as a window, so that a window is the end of one block and
/// the beginning of the next. Sums from a block's begin and to its end therefore give every
/// window's sum by one addition. Nothing is ever subtracted: a huge sample leaves no error behind
/// when the window has passed it (van Herk 1992 did so for maxima).
std::vector<double> running_mean(std::span<const double> values, std::size_t half) {
  const std::size_t n = values.size(), width = 2 * half + 1;
  std::vector<double> from_begin(n), to_end(n), means(n);
  for (std::size_t i = 0; i < n; ++i) {
    from_begin[i] = i % width == 0 ? values[i] : from_begin[i - 1] + values[i];
  }
  for (std::size_t i = n; i-- > 0;) {
    to_end[i] = i + 1 == n || (i + 1) % width == 0 ? values[i] : to_end[i + 1] + values[i];
  }

  std::size_t equal_since = 0;  // all samples from here to the window's last are equal
  std::size_t seen = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t first = i < half ? 0 : i - half;
    const std::size_t last = std::min(i + half, n - 1);
    for (; seen <= last; ++seen) {
      if (seen > 0 && values[seen] != values[seen - 1]) equal_since = seen;
    }
    if (equal_since <= first) {
      means[i] = values[first];
      continue;
    }
    // Within one block the window is cut: at the left it begins with the block, at the right it
    // ends with it.
    const bool one_block = first / width == last / width;
    const double sum = !one_block           ? to_end[first] + from_begin[last]
                       : first % width == 0 ? from_begin[last]
                                            : to_end[first];
    means[i] = sum / static_cast<double>(last - first + 1);
  }
  return means;
}

}  // namespace fmx::engine::signal
