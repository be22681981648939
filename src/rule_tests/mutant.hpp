#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/belief/belief.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::rule_tests {

/// A condition of the knowledge: where it stands.
struct Site {
  enum class Of : std::uint8_t { finding_when, finding_since, need, risk };
  Of of = Of::finding_when;
  Index owner = 0;       ///< finding or pattern
  std::size_t item = 0;  ///< which of the pattern's needs or risks
};

/// One small change of the knowledge, which a test should notice.
struct Mutant {
  std::string what;         ///< "threshold doubled", "link no better than chance", ...
  std::string id;           ///< of the finding or pattern where it stands
  Span span;                ///< the text it changes
  std::string replacement;  ///< what stands there instead

  /// Conditions that read differently: several where a let stands in several.
  std::vector<std::pair<Site, Expression>> conditions;
  /// A pattern of which something other than a condition is different.
  struct Changed {
    Index pattern = 0;
    std::optional<double> prior;
    std::optional<std::size_t> without_need, without_risk;  ///< which of them
  };
  std::optional<Changed> changed;
  /// What patterns show and never show, where that is different, by pattern.
  struct Links {
    Index pattern = 0;
    std::vector<engine::Network::Cause::Show> shows, never;
  };
  std::vector<Links> links;
};

/// All mutants of the knowledge that stands in the files for which `wanted` says so, in the order
/// of their places: conditions as alterations() changes them; links no better than chance; priors
/// ten times higher and lower; `never`, `needs`, `risk` and `leads to` left out.
std::vector<Mutant> mutants(const Knowledge& knowledge,
                            const std::function<bool(const Entity&)>& wanted);

/// The lines that a mutant changes, as they stand and as they would: "- old" and "+ new".
struct SourceDiff {
  std::string place;  ///< file:line
  std::vector<std::string> before, after;
};
SourceDiff diff(const Mutant& mutant, const Sources& sources);

}  // namespace fmx::rule_tests
