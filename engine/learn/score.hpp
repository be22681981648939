#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/diagnose.hpp"
#include "engine/learn/labelled_case.hpp"

namespace fmx::engine {

/// What was said of one run.
struct Verdict {
  Status status = Status::insufficient_evidence;
  struct Named {
    Index pattern = 0;
    double confidence = 0;
  };
  std::vector<Named> named;  ///< as Diagnosis::ranked

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

Verdict verdict(const Diagnosis& diagnosis);

/// A verdict held against what is known of the run. Names earn credit only where the status is
/// `diagnosed`. Strict: what holds; fair: what holds or is accepted.
struct Outcome {
  bool first = false, first_fair = false;  ///< the first name is right
  bool three = false, three_fair = false;  ///< one of the first three is
  bool missed = false;                     ///< faulty, and nothing was said
  bool false_alarm = false;                ///< healthy, and something was said
  bool confident_and_wrong = false;        ///< faulty, and what was said first is not right
  bool abstained = false;                  ///< insufficient evidence
  /// Of the first name, whatever the status; none was named: empty.
  struct First {
    double confidence = 0;
    bool right = false;  ///< fair; never so of a healthy run
  };
  std::optional<First> named;

  /// Nothing to complain of: a faulty run's first name is right (fair), of a healthy run nothing
  /// was said.
  bool good = false;
};

Outcome outcome(const LabelledCase& labelled, const Verdict& verdict);

/// Confidence against how often it was right, in one tenth of the range.
struct ReliabilityBin {
  std::size_t cases = 0;
  double said = 0;  ///< mean confidence
  double was = 0;   ///< share right
};

/// How well the first diagnosis' confidence can be taken at its word.
struct Reliability {
  std::array<ReliabilityBin, 10> bins{};
  std::size_t cases = 0;  ///< with a first diagnosis
  double error = 0;       ///< expected calibration error: mean |said - was| over cases, by bin
  double brier = 0;       ///< mean (confidence - right)^2
};

Reliability reliability(std::span<const Outcome> outcomes);

/// How well knowledge does on cases. Shares are of the faulty, or of the healthy, runs; 0 of none.
struct Score {
  std::size_t faulty = 0, healthy = 0;
  double first = 0, first_fair = 0, three = 0, three_fair = 0;
  double missed = 0, confident_and_wrong = 0, abstained_of_faulty = 0;
  double false_alarms = 0, abstained_of_healthy = 0;
  Reliability reliability;
};

/// Pre: one outcome a case, in their order.
Score score(std::span<const LabelledCase> cases, std::span<const Outcome> outcomes);

/// How one pattern fares.
struct PatternScore {
  Index pattern = 0;
  std::size_t labelled = 0;    ///< runs that have it
  std::size_t found = 0;       ///< of these: named first
  std::size_t found_fair = 0;  ///< of these: it, or what is accepted beside it, named first
  std::size_t said = 0;        ///< runs in which it is the first diagnosis, and said
  std::size_t right = 0;       ///< of these: it holds, or is accepted
};

/// By pattern, those that are labelled or said.
std::vector<PatternScore> by_pattern(std::span<const LabelledCase> cases,
                                     std::span<const Verdict> verdicts);

/// How often runs that have one pattern were said to have another; empty stands for none: healthy,
/// or nothing said. A run with several patterns counts as the one that was said, else as its first.
struct Confusion {
  std::optional<Index> truth, said;
  std::size_t cases = 0;
};

/// Ordered by truth, then by what was said; `none` comes first.
std::vector<Confusion> confusion(std::span<const LabelledCase> cases,
                                 std::span<const Verdict> verdicts);

}  // namespace fmx::engine
