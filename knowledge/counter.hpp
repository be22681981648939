#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// Names of the counters that say where in a run a row of a log stands: words of logging, which
/// those who read logs and those who check what is read from them must understand alike.
namespace fmx {

struct Counter {
  enum class Kind { step, epoch, clock };
  Kind kind;
  std::size_t
      place;  ///< among the names of its kind; of two that count alike, the lower is the axis
};

/// The counter that a key is by its last segment, `train/global_step` say; empty where it is none.
/// Case does not matter, blanks and dashes are underscores.
std::optional<Counter> counter_named(std::string_view key);

}  // namespace fmx
