#pragma once

#include <cstddef>
#include <span>

namespace fmx::engine::signal {

/// A sequence that stands at least twice in a row, value by value.
struct Cycle {
  std::size_t length = 0;   ///< samples of the sequence; 0 where none is repeated
  std::size_t covered = 0;  ///< samples of the longest stretch in which it does
};

/// The one that covers most samples, of sequences of up to 128; the shortest of equals. Along the
/// stretch x[i] = x[i - length].
Cycle longest_cycle(std::span<const double> values);

}  // namespace fmx::engine::signal
