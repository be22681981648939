#pragma once

#include <string>

#include "src/cases/calibration.hpp"

namespace fmx::cases {

/// What a calibration says about `knowledge`, as a rule file of pack `pack` that can be read,
/// reviewed, shared, and loaded beside the packs it speaks of: a `certainty`, and an `amend` for
/// each pattern and finding whose figures changed. Laid out as `fmx fmt` does it. A risk is changed
/// by a further one with the same condition, as factors multiply; where such a condition would not
/// mean the same outside its pack, risks are left as they are, and a comment says so.
std::string overlay(const Knowledge& knowledge, const Calibration& calibration,
                    const std::string& pack);

}  // namespace fmx::cases
