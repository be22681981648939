#include "engine/signal/cycle.hpp"

#include <algorithm>

namespace fmx::engine::signal {

Cycle longest_cycle(std::span<const double> values) {
  constexpr std::size_t longest_sequence = 128;
  Cycle best;
  for (std::size_t length = 1; length <= std::min(longest_sequence, values.size() / 2); ++length) {
    std::size_t run = 0, longest = 0;
    for (std::size_t i = length; i < values.size(); ++i) {
      run = values[i] == values[i - length] ? run + 1 : 0;
      longest = std::max(longest, run);
    }
    if (longest >= length && longest + length > best.covered) best = {length, longest + length};
  }
  return best;
}

}  // namespace fmx::engine::signal
