#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "src/readers/files.hpp"

namespace fmx::readers {

/// Files that are still being written: each is asked for again and again, and of those whose format
/// lets it (JSON lines, CSV, text logs, TensorBoard events) only what was appended since is read.
/// All others are read again where they have changed.
///
/// A file that was cut off, or replaced by another one, goes on: what was read stays, and where the
/// steps go back the run was resumed. A file whose beginning is what it was before was written anew
/// as a whole, and is read anew. A file that is gone keeps what it said.
class Followed : public Files {
 public:
  /// `window`: how many samples of each series are kept, at least; none: all.
  /// Pre: `knowledge`, whose `log` declarations tell how to read text logs, outlives this. It may
  /// be null.
  explicit Followed(const Knowledge* knowledge, std::optional<std::size_t> window = {});
  ~Followed() override;

  std::optional<Read> read_if(Wanted wanted, const std::string& path,
                              const std::string& name) override;

  /// How many bytes were taken so far; grows with every change of a file.
  std::uint64_t taken() const { return taken_; }

 private:
  class File;

  DeclaredLines declared_;
  std::optional<std::size_t> window_;
  std::map<std::string, std::unique_ptr<File>> files_;  ///< by path
  std::uint64_t taken_ = 0;
};

}  // namespace fmx::readers
