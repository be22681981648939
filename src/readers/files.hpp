#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "src/readers/declared_lines.hpp"
#include "src/readers/reading.hpp"

namespace fmx::readers {

/// Where the readings of files come from.
class Files {
 public:
  virtual ~Files() = default;

  /// Tells by the first bytes of a file whether it is to be read; null: every one is.
  using Wanted = bool (*)(std::string_view head);

  /// `path` as the file system knows it, or `-` for standard input; `name` as people shall see it.
  /// Empty where the file is not wanted.
  virtual std::optional<Read> read_if(Wanted wanted, const std::string& path,
                                      const std::string& name) = 0;

  Read read(const std::string& path, const std::string& name) {
    return *read_if(nullptr, path, name);
  }
};

/// Each file is read whole, whenever it is asked for.
class WholeFiles : public Files {
 public:
  /// Pre: `knowledge`, whose `log` declarations tell how to read text logs, outlives this. It may
  /// be null.
  explicit WholeFiles(const Knowledge* knowledge) : declared_(knowledge) {}
  std::optional<Read> read_if(Wanted wanted, const std::string& path,
                              const std::string& name) override;

 private:
  DeclaredLines declared_;
};

}  // namespace fmx::readers
