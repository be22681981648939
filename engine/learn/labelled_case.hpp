#pragma once

#include <string>
#include <vector>

#include "engine/match/match.hpp"

namespace fmx::engine {

/// A run of which somebody knows what was wrong with it.
struct LabelledCase {
  std::string name;
  std::string group;  ///< runs that are twins of one another share one
  Run run;
  Observations observations;   ///< of the run, by the knowledge that is to be judged or fitted
  std::vector<Index> present;  ///< patterns that hold; empty: the run is healthy
  std::vector<Index>
      accepted;  ///< further patterns that may be named: nobody says that they hold or do not
};

}  // namespace fmx::engine
