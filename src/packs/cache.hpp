#pragma once

#include <optional>
#include <string>

#include "knowledge/knowledge.hpp"

namespace fmx::packs {

/// What rule texts were understood as, kept from one run of the program to the next, so that a
/// diagnosis does not wait for thousands of pages to be parsed again. It can never be stale: the
/// key is made of every path and every byte of the texts, and of the build of the program. It can
/// never be missed: whatever goes wrong with it is passed over in silence, and the texts are
/// parsed.
///
/// Lies in `FMX_CACHE`, else in `fmx` below XDG_CACHE_HOME or ~/.cache. An empty `FMX_CACHE` turns
/// it off.
class Cache {
 public:
  /// The place kept for these texts.
  explicit Cache(const Sources& sources);

  /// What was kept there, without its sources.
  std::optional<Knowledge> find() const;

  /// Keeps `knowledge` there. Of what was kept for other texts only the latest few stay.
  void keep(const Knowledge& knowledge) const;

 private:
  std::string file_;  ///< empty: there is no place
};

}  // namespace fmx::packs
