#pragma once

#include <vector>

#include "engine/learn/labelled_case.hpp"

namespace fmx::engine {

/// What a run may lack that was logged less well.
enum class Lack {
  metrics,   ///< half of the series, drawn by the case's name
  samples,   ///< all but every fourth sample
  end,       ///< all after six tenths of the steps
  settings,  ///< the config
};

/// The run of `labelled` as it would have been logged less well: the same fault, seen worse. The
/// same case gives the same copy. It stays in its case's group; observations are not copied.
LabelledCase degraded(const LabelledCase& labelled, Lack lack);

/// Every case followed by its copies, one for each Lack. Cases are labelled where everything was
/// logged, and there confidence is easy; fitted to the mixture, it holds where less was.
std::vector<LabelledCase> with_degraded(const std::vector<LabelledCase>& cases);

}  // namespace fmx::engine
