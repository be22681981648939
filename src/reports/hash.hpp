#pragma once

#include <string>
#include <string_view>

#include "engine/run.hpp"

namespace fmx::reports {

/// "blake2b:" and 32 hexadecimal digits (128 bits) of the BLAKE2b hash of `bytes`.
std::string content_hash(std::string_view bytes);

/// The hash of all that was read of a run, its name aside: the same content gives the same hash,
/// whatever the order of files and keys.
std::string content_hash(const engine::Run& run);

}  // namespace fmx::reports
