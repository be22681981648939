#pragma once

#include <map>
#include <string>
#include <vector>

#include "dsl/declare.hpp"
#include "dsl/names.hpp"
#include "dsl/problems.hpp"

namespace fmx::dsl {

/// The amends of each entity, by its id, in an order that does not depend on that of files.
using Amends = std::map<std::string, std::vector<const Item*>>;

/// Finds what each amend amends; reports those of nothing, and those that change nothing.
Amends amends_by_target(const Declarations& declared, const Sources& sources, Names& names,
                        Problems& problems);

}  // namespace fmx::dsl
