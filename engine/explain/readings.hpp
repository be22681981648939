#pragma once

#include <string>
#include <vector>

#include "engine/explain/explain.hpp"
#include "engine/explain/percent.hpp"

namespace fmx::engine {

/// "seen", "not seen", "seen to 98 %".
std::string seen_to(double degree);

/// What a weight in nats does to the odds: "raises its odds 10 times", "lowers its odds 1.5
/// times".
std::string shift(double weight);

/// One reason for each comparison of `condition`: what was asked, what the run had, by how far it
/// held or failed.
std::vector<Reason> reasons_of(const std::vector<Reading>& readings, const Expression& condition,
                               const Wording& wording);

/// The works cited by an entity, one reason each.
std::vector<Reason> sources(const Knowledge& knowledge, const Entity& entity);

}  // namespace fmx::engine
