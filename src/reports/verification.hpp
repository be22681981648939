#pragma once

#include <string>

#include "engine/plan/verify.hpp"

namespace fmx::reports {

/// What `fmx verify` writes. A view: the caller owns all of it.
struct VerifiedFix {
  const Knowledge& knowledge;
  const engine::Run& old_run;
  const engine::Run& new_run;
  const engine::Diagnosis& diagnosis;  ///< of the new run
  Index fix = 0;
  const engine::Verification& verification;
};

std::string text(const VerifiedFix& verified);
std::string markdown(const VerifiedFix& verified);

/// `fmx-verification/1`, see docs/verification.schema.json.
std::string json(const VerifiedFix& verified);

}  // namespace fmx::reports
