#pragma once

#include <string>
#include <vector>

#include "src/cases/evaluation.hpp"
#include "src/cases/knowledge_changes.hpp"

namespace fmx::cases {

/// A finding or a diagnosis that came out otherwise.
struct Moved {
  std::string id;
  std::string before, after;  ///< "93 %", "not seen", "unknown", "-" for what there is not
};

/// A case of which other things are said, and why.
struct ChangedCase {
  Changed changed;
  std::vector<Moved> diagnoses;  ///< those whose confidence moved by a hundredth, in new order
  std::vector<Moved> findings;   ///< those whose degree is another
};

/// How two states of knowledge differ, in what they say and in what they make of labelled runs.
struct Comparison {
  Evaluation before, after;
  std::vector<KnowledgeChange> knowledge;
  std::vector<ChangedCase> cases;  ///< worst first
};

/// What one state of knowledge makes of the cases.
struct Answered {
  const Knowledge& knowledge;
  const Cases& cases;
  const std::vector<Answer>& answers;
};

Comparison compare(const Answered& before, const Answered& after);

std::string text(const Comparison& comparison);
std::string markdown(const Comparison& comparison);
/// `fmx-comparison/1`, see docs/comparison.schema.json.
std::string json(const Comparison& comparison);

}  // namespace fmx::cases
