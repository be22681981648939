#pragma once

#include <vector>

#include "engine/learn/labelled_case.hpp"
#include "engine/learn/score.hpp"

namespace fmx::cases {

/// What some knowledge makes of a run.
struct Answer {
  engine::Verdict verdict;
  std::vector<Degree> degrees;  ///< by finding
};

/// Of every case, in their order.
std::vector<Answer> answers(const Knowledge& knowledge,
                            const std::vector<engine::LabelledCase>& cases);

}  // namespace fmx::cases
