#pragma once

#include <vector>

#include "dsl/syntax.hpp"
#include "knowledge/diagnostic.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::dsl {

/// Knowledge, as far as it could be understood, and every mistake found on the way: unknown names,
/// wrong types, numbers out of range, ids declared twice, imports that are missing. One mistake,
/// one diagnostic: a name that is unknown is reported once and then counts as known.
struct Lowered {
  Knowledge knowledge;
  std::vector<Diagnostic> diagnostics;
  /// Of what only lowering sees, for lint(): lets and imports that nothing uses, regular
  /// expressions that match anything.
  std::vector<Diagnostic> warnings;
};

/// Resolves names, checks types, puts lets in place, applies amends. The order of `trees` never
/// shows in the result. A name is looked for in its own pack, then in the packs it imports, then,
/// if written with dots, by its full id. Patterns, findings, fixes, checks, sources and phenomena
/// of any loaded pack may be named by full id; unqualified, by import. Takes the sources over: the
/// result owns them.
Lowered lower(Sources sources, const std::vector<Tree>& trees);

}  // namespace fmx::dsl
