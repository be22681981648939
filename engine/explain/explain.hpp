#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/diagnose.hpp"

namespace fmx::engine {

/// A number that a statement rests on.
struct Figure {
  std::string
      name;  ///< probability, prior, weight (nats), degree, factor, value, low, high, distance, ...
  double value = 0;
};

/// A statement, the numbers in it, the line of the rules that it comes from, and what it rests on
/// in turn. Plain data: commands print it as text or as JSON.
struct Reason {
  std::string statement;
  std::vector<Figure> figures;
  std::optional<Span> rule;
  std::vector<Reason> because;
  bool minor = false;  ///< what it rests on matters little: people need not be shown it
};

/// How comparisons are said to people. Whoever prints an explanation brings the words; without
/// them those of the rule stand.
struct Wording {
  /// What a reading, which is part of `condition`, came to.
  std::function<std::string(const Reading&, const Expression& condition)> outcome;
  /// The same, had its value been `value`: "last training loss is 2 times its lowest, not 6".
  /// Empty where that cannot be said.
  std::function<std::string(const Reading&, const Expression& condition, double value)> measured;
};
Wording as_written();

/// Why a pattern is believed as far as it is, in three branches:
///
///   why                     prior with needs, risks and failed tries; each finding that speaks for
///                           it, with the comparisons behind it and the numbers of the run
///   why not more            findings that speak against it and by how far their conditions failed,
///                           those of little weight together; rivals that account for the same
///                           signs; findings nobody could judge and why, most telling first
///   what would change it    the single findings that would bring it across 50 %, with the value
///                           that it takes, where one comparison decides
///
/// then the works that it rests on.
///
/// Everything is read off the diagnosis: nothing is worked out a second time, except what would
/// change it.
Reason explain_pattern(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis,
                       Index pattern, const Wording& wording = as_written());

/// Why a finding is seen, is not, or is unknown, instance by instance; and what it speaks for.
Reason explain_finding(const Knowledge& knowledge, const Diagnosis& diagnosis, Index finding,
                       const Wording& wording = as_written());

/// Why a fix or a check is proposed where it is, or why it is not proposed.
Reason explain_fix(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis,
                   Index fix, const Wording& wording = as_written());
Reason explain_check(const Knowledge& knowledge, const Diagnosis& diagnosis, Index check);

}  // namespace fmx::engine
