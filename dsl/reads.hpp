#pragma once

#include <set>
#include <vector>

#include "knowledge/knowledge.hpp"

namespace fmx::dsl {

/// What a condition looks at, through the findings and the rules that it asks for.
struct Reads {
  std::set<Index> metrics, params, findings, relations;
  bool words = false;    ///< the user's description, a script, or lines of a log
  bool absence = false;  ///< asks whether something is there: holds of a run that has nothing

  void add(const Reads& other);
  /// Whether something is looked at by both.
  bool meets(const Reads& other) const;
};

/// Follows conditions to what they rest on. Each finding and each rule is looked at once.
class Reading {
 public:
  explicit Reading(const Knowledge& knowledge);

  Reads of(const Expression& e) const;
  const Reads& finding(Index index) const { return findings_[index]; }
  /// All that a pattern is told by: its signs, its risks and its needs.
  Reads pattern(Index index) const;

 private:
  void add(const Expression& e, Reads& reads) const;

  const Knowledge& knowledge_;
  std::vector<Reads> findings_, relations_;
};

}  // namespace fmx::dsl
