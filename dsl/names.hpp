#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dsl/declare.hpp"
#include "dsl/problems.hpp"

namespace fmx::dsl {

/// Finds what a name means. A single name is looked for in its own pack, then in the packs that
/// this one imports; a name with dots is the full id of anything that is loaded.
class Names {
 public:
  Names(const Declarations& declared, Problems& problems)
      : declared_(&declared), problems_(&problems) {}

  /// What `path`, written in `pack`, names among things of these kinds. Null, and reported once,
  /// where there is no such thing, where it is something else, or where two imports have it.
  const Declaration* find(Part path, const std::string& pack, std::initializer_list<Kind> kinds);

  /// The same without a word where there is none; two imports that both have it count as none.
  const Declaration* peek(std::string_view path, const std::string& pack,
                          std::initializer_list<Kind> kinds);

  /// Whether `path` may be something that could not be read, or lie in a pack that `pack` imports
  /// and that is not loaded.
  bool may_be_elsewhere(std::string_view path, const std::string& pack) const;

  /// Adds what another finder noted of other declarations.
  void take_over(Names other);

  /// The names of all things of these kinds that `pack` may call by name; with dots, their full
  /// ids, whatever is imported.
  std::vector<std::string_view> visible(const std::string& pack, std::initializer_list<Kind> kinds,
                                        bool dotted = false) const;

  /// Reports the names that were found nowhere, each where it first stands in its pack.
  void report_unknown_names();

  /// Whether a name of `imported` was used in `pack`, by import or in full.
  bool import_used(const std::string& pack, const std::string& imported) const {
    return used_imports_.contains({pack, imported});
  }

 private:
  using Kinds = std::initializer_list<Kind>;

  /// What a single name may mean in a pack: its own declaration, and those of its imports.
  struct Local {
    const Declaration* own = nullptr;
    std::vector<const Declaration*> imported;
  };
  const Local& local(std::string_view name, const std::string& pack) const;
  std::vector<const Declaration*> matches(std::string_view path, const std::string& pack,
                                          Kinds kinds) const;
  void remember_unknown(Part path, const std::string& pack, Kinds kinds);
  Diagnostic unknown(Part path, const std::string& pack, Kinds kinds) const;
  void report_ambiguous(Part path, const std::vector<const Declaration*>& found);

  const Declarations* declared_;
  Problems* problems_;
  std::set<std::pair<std::string, std::string>> used_imports_;  ///< pack, imported pack
  FirstUses unknown_;                                           ///< by pack, path
  mutable std::unordered_map<std::string, Local> locals_;  ///< by full id: looked for once each
};

/// "pattern", "metric, param or finding": for messages.
std::string either_of(std::initializer_list<Kind> kinds);

}  // namespace fmx::dsl
