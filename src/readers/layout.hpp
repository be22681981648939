#pragma once

#include <string>
#include <vector>

namespace fmx::readers {

/// Where a file's folder belongs in a tree of runs.
struct Place {
  std::string run;     ///< the run's folder, relative to the tree; empty: the tree itself
  std::string prefix;  ///< of the names of its series: the split that a folder of its own holds
};

/// The places of `folders` (relative, without a slash at the end), in their order. Folders for
/// check- points and for the logs of one tool belong to the run above them; so do folders named
/// after splits of the data (`train`, `validation`), where several stand side by side.
std::vector<Place> places_of(const std::vector<std::string>& folders);

/// The split that a file is named after (`learn_error.tsv`, `val.csv`); empty where it is none.
std::string split_of_file(const std::string& path);

/// "a/b" of "a/b/c"; empty for a name without a slash.
std::string parent(const std::string& path);
/// "c" of "a/b/c".
std::string last_part(const std::string& path);

}  // namespace fmx::readers
