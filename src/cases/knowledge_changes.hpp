#pragma once

#include <string>
#include <vector>

#include "knowledge/knowledge.hpp"

namespace fmx::cases {

/// What became of one entity between two states of knowledge.
struct KnowledgeChange {
  enum class Kind { added, removed, changed };
  Kind kind = Kind::changed;
  std::string what, id;  ///< "pattern", "ml.optimization.lr_too_high"
  std::vector<std::string>
      details;  ///< "prior 6% -> 7%"; "its text" where only words or a condition changed
};

/// Patterns, findings, fixes, checks, metrics and params that only one of the two has, or that say
/// something else in them; in that order, and by id.
std::vector<KnowledgeChange> knowledge_changes(const Knowledge& before, const Knowledge& after);

}  // namespace fmx::cases
