#pragma once

#include <string>

#include "src/readers/declared_lines.hpp"
#include "src/readers/reading.hpp"

namespace fmx::readers {

/// Where the readings of files come from.
class Files {
 public:
  virtual ~Files() = default;
  /// `path` as the file system knows it, or `-` for standard input; `name` as people shall see it.
  virtual Read read(const std::string& path, const std::string& name) = 0;
};

/// Each file is read whole, whenever it is asked for.
class WholeFiles : public Files {
 public:
  /// Pre: `knowledge`, whose `log` declarations tell how to read text logs, outlives this. It may
  /// be null.
  explicit WholeFiles(const Knowledge* knowledge) : declared_(knowledge) {}
  Read read(const std::string& path, const std::string& name) override;

 private:
  DeclaredLines declared_;
};

}  // namespace fmx::readers
