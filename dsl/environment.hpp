#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/fields.hpp"
#include "dsl/part.hpp"
#include "knowledge/expression.hpp"

namespace fmx::dsl {

/// A name that takes values: of a finding's or rule's head, of `for each`, or one that only stands
/// in atoms and is whatever makes them hold.
struct Variable {
  std::string name;    ///< as it is written where it is visible
  std::string unique;  ///< as it is called in the result; differs where a let is put inside a clash
  Type type = Type::text;
};

/// What names mean at one place, beside the declarations of packs: entity-wide at first; each let
/// that is put in place opens another environment, and each `for each` a larger copy.
struct Environment {
  const std::string* pack = nullptr;
  const LocalLets* lets = nullptr;  ///< of the entity; null outside of one
  std::vector<Variable> variables;
  Arguments arguments;  ///< of the let that is being put in place, or of the template

  const Environment* entity = nullptr;  ///< where the entity's own lets see their names; null: here
  const Environment* caller = nullptr;  ///< where the let is used; null where none is put in place
  std::optional<Part> let;              ///< the let that is being put in place
  Span used_at;                         ///< where `caller` uses it
  std::optional<Span> instance;         ///< where the template that this stands in is put to use

  const Variable* variable(std::string_view name) const {
    for (auto it = variables.rbegin(); it != variables.rend(); ++it) {
      if (it->name == name) return &*it;
    }
    return nullptr;
  }
};

}  // namespace fmx::dsl
