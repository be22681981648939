#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace fmx::commands {

struct CalibrateOptions {
  std::string cases;                  ///< folder of labelled runs
  std::vector<std::string> packs;     ///< beside the default ones
  std::optional<std::string> output;  ///< the overlay to write
  std::string pack = "calibration";   ///< its pack's name
  std::size_t parts = 5;              ///< of the cross-validation
};

/// Fits what the packs say to labelled runs, says how much that helps on runs it was not fitted to,
/// and writes what does best as an overlay.
int calibrate(const CalibrateOptions& options);

}  // namespace fmx::commands
