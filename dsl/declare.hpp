#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/part.hpp"
#include "dsl/problems.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::dsl {

/// Something with a name, where it was declared.
struct Declaration {
  Kind kind = Kind::metric;  ///< of the item; `rule` for a relation that rules derive
  std::string id;            ///< pack.name
  std::string name, pack;
  Part part;
  Span span;        ///< of the name
  Index index = 0;  ///< into Knowledge's vector of that kind; of tables and rules, into relations
};

/// An item that belongs to a pack and has no name that others could use.
struct Item {
  std::string pack;
  Part part;
};

/// What all files declare, in an order that does not depend on that of the files.
struct Declarations {
  std::vector<PackInfo> packs;     ///< ordered by name
  std::vector<Declaration> named;  ///< ordered by id, each id once
  /// Ordered by pack, path, place.
  std::vector<Item> rules, prefixes, suffixes, certainties, amends, cases;
  std::set<std::string, std::less<>>
      broken;  ///< ids of items that could not be read: known, not usable

  /// The declaration with this id, or null.
  const Declaration* find(std::string_view id) const;
  const PackInfo* pack(std::string_view name) const;
};

/// "metric", "finding", ...: what an author calls an item of this kind.
std::string_view noun(Kind item);

/// Collects all names and gives each its index; reports ids that are declared twice and imports of
/// packs that are not loaded.
Declarations declare(const Sources& sources, const std::vector<Tree>& trees, Problems& problems);

}  // namespace fmx::dsl
