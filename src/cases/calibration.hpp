#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/learn/fit.hpp"
#include "engine/learn/score.hpp"

namespace fmx::cases {

/// A way to fit knowledge to labelled runs, and how it does on runs it was not fitted to.
struct Way {
  bool figures = false;     ///< priors, bases, links and risks are fitted
  bool certainty = false;   ///< how much conclusions may be trusted is fitted
  engine::Score score;      ///< on the runs as they are
  engine::Reliability all;  ///< on the runs and their copies
};

std::string_view name(const Way& way);

/// What labelled runs teach.
struct Calibration {
  std::size_t runs = 0, faulty = 0, healthy = 0, parts = 0;
  std::vector<Way> ways;  ///< all four; first: nothing is fitted
  std::size_t best = 0;   ///< into `ways`
  double certainty = 1;   ///< 1 where the best way fits none
  std::vector<Index> of;  ///< patterns that it is of: those that are labelled or accepted somewhere
  std::vector<double> certainty_by_part;      ///< of the best way, or of certainty alone
  std::vector<engine::FittedFigure> figures;  ///< empty where the best way fits none
  Knowledge fitted;                           ///< figures, without the certainty
};

/// Fits `knowledge` to `cases` in four ways and keeps the one that does best on runs it has not
/// seen.
///
/// Every run counts together with its copies that were logged less well (engine/learn/degrade.hpp).
/// The runs are dealt to `parts` parts, group by group, so that a run, its copies and its twins lie
/// in one part and every part has about the same mix of labels; each part is judged by what was
/// fitted to the others. Best is the lowest Brier score over runs and copies; a way that gets fewer
/// first diagnoses right, or raises more false alarms or more confident mistakes than the authors,
/// is out; one that fits more has to be better by a hundredth. A certainty on top of fitted figures
/// is fitted to verdicts of knowledge that had not seen the run.
///
/// Pre: there are faulty runs and healthy ones, and `parts` is at least 2.
Calibration calibrate(const Knowledge& knowledge, const std::vector<engine::LabelledCase>& cases,
                      std::size_t parts);

}  // namespace fmx::cases
