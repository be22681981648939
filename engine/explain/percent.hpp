#pragma once

#include <string>

namespace fmx::engine {

/// A probability or a degree as people read it: `93 %`, `0.4 %`, `< 0.01 %`, `> 99 %`.
std::string percent(double probability);

}  // namespace fmx::engine
