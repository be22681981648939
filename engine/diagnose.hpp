#pragma once

#include "engine/belief/belief.hpp"
#include "engine/belief/network.hpp"
#include "engine/match/bind.hpp"
#include "engine/match/match.hpp"
#include "engine/plan/plan.hpp"
#include "engine/run.hpp"

namespace fmx::engine {

enum class Status { diagnosed, healthy, insufficient_evidence };

/// All that the engine concluded about a run: what reports are made from.
struct Diagnosis {
  Status status = Status::insufficient_evidence;
  Binding binding;
  Observations observations;
  Network network;
  Beliefs beliefs;
  Plan plan;
  std::vector<Index> ranked;   ///< patterns that are not benign, by posterior, highest first, ids break ties; those above 1 %
  std::vector<Index> benign;   ///< benign patterns above 50 %, likewise
};

/// `diagnosed` where a pattern that is not benign reaches 50 %; `healthy` where none does and the
/// findings of common patterns could be judged; else `insufficient-evidence`.
Diagnosis diagnose(const Knowledge& knowledge, const Run& run);

}  // namespace fmx::engine
