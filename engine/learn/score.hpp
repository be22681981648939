#pragma once

#include <span>
#include <vector>

#include "engine/learn/labelled_case.hpp"

namespace fmx::engine {

/// What became of one case.
struct Verdict {
  std::vector<Index> named;  ///< patterns that are not benign, likeliest first, those above 1 %
  double confidence = 0;     ///< of the first; 0 if none is named
  bool right = false;        ///< the first holds or is accepted; never so of a healthy run
  bool among_three = false;  ///< one of the first three holds
  double surprise = 0;       ///< -log of the probability given to the truth, nats
};

Verdict verdict(const Knowledge& knowledge, const LabelledCase& labelled);

/// How well knowledge does on cases.
struct Score {
  std::size_t faulty = 0, healthy = 0;
  double first = 0;        ///< share of faulty runs whose first diagnosis is right, at 50 % or more
  double among_three = 0;  ///< share of faulty runs with the truth among the first three
  double missed = 0;       ///< share of faulty runs in which nothing reaches 50 %
  double false_alarms = 0;  ///< share of healthy runs in which something does
  double surprise = 0;      ///< mean, nats
  double brier = 0;         ///< mean of (confidence - right)^2 over the first diagnoses
  double calibration = 0;   ///< expected calibration error of the same: ten equal bins
};

/// The truth of a healthy run is given what the likeliest pattern leaves over.
Score score(const std::vector<LabelledCase>& cases, const std::vector<Verdict>& verdicts);

/// Verdicts on all cases by `knowledge`.
std::vector<Verdict> judged(const Knowledge& knowledge, std::span<const LabelledCase> cases);

/// Verdicts on all cases, each by knowledge that was fitted to the other parts only. Case i is in
/// part i mod `parts`. Pre: parts >= 2.
std::vector<Verdict> cross_validated(const Knowledge& knowledge,
                                     const std::vector<LabelledCase>& cases, std::size_t parts);

}  // namespace fmx::engine
