#pragma once

#include <string>
#include <vector>

#include "knowledge/result.hpp"
#include "src/readers/read.hpp"

namespace fmx::readers {

/// A file of a folder.
struct Entry {
  std::string path;  ///< as the file system knows it
  std::string name;  ///< relative to the folder
};

/// The files below `folder`, ordered by name; links that lead back to a folder already seen are not
/// followed, hidden folders (but .hydra) not entered. Notes say what was left out.
Result<std::vector<Entry>, Problem> files_below(const std::string& folder,
                                                std::vector<std::string>& notes);

/// The folders that these files may lie in: `folder` itself first, links as they are written.
std::vector<std::string> folders_below(const std::string& folder);

}  // namespace fmx::readers
