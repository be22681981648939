#pragma once

#include <span>
#include <vector>

#include "engine/learn/score.hpp"

namespace fmx::engine {

/// The certainty c for which calibrated(confidence, c) comes true most nearly: the one that makes
///
///   sum of (calibrated(confidence, c) - right)^2 + (ln c)^2 / 2
///
/// least, for c from 0.1 to 10. The second term is what the authors' word weighs: to say everything
/// e times as surely as they do has to be worth two wrong diagnoses that were said with 50 %. The
/// squares (the Brier score) and not logarithms, since labels of runs that were logged less well
/// are doubtful, what was left out may be all that showed the fault, and one such case must not
/// outweigh the others. 1 where nothing was said.
double fitted_certainty(std::span<const Outcome::First> said);

/// `verdict` as it would be if the patterns for which `covers` says so had a certainty `times` as
/// high.
Verdict with_certainty(Verdict verdict, double times, const std::vector<bool>& covers);

}  // namespace fmx::engine
