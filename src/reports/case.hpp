#pragma once

#include "engine/diagnose.hpp"
#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::reports {

/// What a report is made from. A view: the caller owns all three.
struct Case {
  const Knowledge& knowledge;
  const engine::Run& run;
  const engine::Diagnosis& diagnosis;
};

}  // namespace fmx::reports
