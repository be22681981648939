#pragma once

#include <string>
#include <vector>

#include "engine/run.hpp"
#include "src/readers/reading.hpp"

namespace fmx::readers {

/// Puts samples in strictly increasing order of steps: where the steps go back, the run was resumed
/// from there, and what had been logged from that step on gives way to what was logged after it; at
/// a repeated step the later sample stays. Each going back becomes a sample of a series `restart`.
/// One note for each kind of mending, naming `origin`.
std::vector<engine::Series> settled(std::vector<Samples> samples, const std::string& origin,
                                    std::vector<std::string>& notes);

}  // namespace fmx::readers
