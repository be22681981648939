#pragma once

#include <functional>
#include <string>
#include <vector>

#include "knowledge/knowledge.hpp"
#include "src/rule_tests/trial.hpp"

namespace fmx::rule_tests {

/// What tests reached of one comparison of a condition.
struct ConditionReach {
  std::string pack;
  Span span;
  bool threshold = false;                       ///< it compares a number with one
  bool held = false, failed = false;            ///< a test in which it is so
  bool near_held = false, near_failed = false;  ///< the same, not far from the threshold
};

/// What tests reached of a pattern.
struct PatternReach {
  Index pattern = 0;
  bool concluded = false;  ///< at least as likely as not, in some test
  bool refuted = false;    ///< less likely than not although a sign of it was seen, in some test
};

/// What the tests of packs reach of what the packs say.
///
/// Conditions  every comparison in a finding's `when` and a pattern's `needs` and `risk`, also
///             inside `any` and `all`, not inside masks and counts; one of a let counts once.
/// Thresholds  those that compare numbers. Each has two sides; a side counts as near where a value
///             was no further from the threshold than the threshold itself is large, or the ramp
///             is wide.
struct Coverage {
  std::vector<PatternReach> patterns;
  std::vector<ConditionReach> conditions;         ///< in the order of their places
  std::vector<std::pair<Index, bool>> fixes;      ///< offered in some test
  std::vector<std::pair<Index, bool>> analogies;  ///< whose first pattern was concluded
};

/// The reach of `trials` over the knowledge for which `wanted` says so.
Coverage cover(const Knowledge& knowledge, const std::vector<Trial>& trials,
               const std::function<bool(const Entity&)>& wanted);

}  // namespace fmx::rule_tests
