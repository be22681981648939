#pragma once

#include <string_view>

#include "knowledge/knowledge.hpp"

namespace fmx::dsl {

/// Where an entity's declaration names `word` behind `keyword`: `lr_too_high` behind `cures`, alone
/// or as the last part of a full id. The entity's own name where it does not, as when an amend
/// does. An empty `word` asks for the keyword.
Span mention(const Entity& entity, std::string_view keyword, std::string_view word,
             const Sources& sources);

}  // namespace fmx::dsl
