#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <vector>

#include "knowledge/knowledge.hpp"
#include "src/packs/find.hpp"

namespace fmx::packs {

/// What rule files were understood as, kept from one run of the program to the next, so that a
/// diagnosis does not wait for thousands of pages to be read and parsed again. It is never stale:
/// the key is made of each file's path, device, inode, size and times of change, to the nanosecond,
/// and of the build of the program; and what was changed so lately that another change could leave
/// the same times is not kept (as git does it for its index). It can never be missed: whatever goes
/// wrong with it is passed over in silence, and the files are read.
///
/// Lies in `FMX_CACHE`, else in `fmx` below XDG_CACHE_HOME or ~/.cache. An empty `FMX_CACHE` turns
/// it off.
class Cache {
 public:
  /// The place kept for `files` as they stand `now`, in seconds since 1970. They must outlive this.
  explicit Cache(const std::vector<RuleFile>& files, std::time_t now = std::time(nullptr));

  /// What was kept there, the texts of `files` as its sources.
  std::optional<Knowledge> find() const;

  /// Keeps `knowledge` there, and the texts of `files`, its sources. Of what was kept for other
  /// files only the latest few stay.
  void keep(const Knowledge& knowledge) const;

 private:
  const std::vector<RuleFile>& files_;
  std::string file_;     ///< empty: there is no place
  bool settled_ = true;  ///< no file was changed just now
};

}  // namespace fmx::packs
