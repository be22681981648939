#pragma once

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

/// Why a pattern is believed as far as it is: three branches.
///
///   why                     prior with needs, risks and failed tries; each finding that speaks for
///   it, with the
///                           comparisons behind it, the numbers of the run and the sources
///   why not more            findings that speak against it and by how far their conditions failed,
///                           those of little weight together; rivals that account for the same
///                           signs; findings nobody could judge and why, most telling first
///   what would change it    the single findings that would bring it across 50 %, with the value
///                           that it takes
///
/// Everything is read off the diagnosis: nothing is worked out a second time, except what would
/// change it.
Reason explain_pattern(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis,
                       Index pattern);

/// Why a finding is seen, is not, or is unknown, instance by instance; and what it speaks for.
Reason explain_finding(const Knowledge& knowledge, const Diagnosis& diagnosis, Index finding);

/// Why a fix or a check is proposed where it is, or why it is not proposed.
Reason explain_fix(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis,
                   Index fix);
Reason explain_check(const Knowledge& knowledge, const Diagnosis& diagnosis, Index check);

}  // namespace fmx::engine
