#pragma once

#include <set>
#include <string>

#include "knowledge/expression.hpp"

namespace fmx::dsl {

using VariableNames = std::set<std::string>;

/// Variables that stand in `e` and that no aggregate inside it binds.
VariableNames free_variables(const Expression& e);

/// Those of them that `e` gives values to wherever it holds: they index a family or stand in an
/// atom, not only under `not`, and in every branch of an `or`.
VariableNames bound_variables(const Expression& e);

}  // namespace fmx::dsl
