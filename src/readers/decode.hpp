#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "knowledge/result.hpp"
#include "src/readers/read.hpp"

namespace fmx::readers {

/// A source of bytes that are read once, front to back.
class Bytes {
 public:
  virtual ~Bytes() = default;

  /// Puts at most `size` bytes at `to` and returns how many; 0 means the end. Pre: size > 0.
  virtual std::size_t read(char* to, std::size_t size) = 0;

  /// All the bytes that it will give, where that is known.
  virtual std::optional<std::uint64_t> size() const { return std::nullopt; }

  /// Why the end came early, as a sentence's second half; empty where it did not.
  virtual std::string trouble() const { return {}; }
};

/// A file (`-`: standard input), opened. `name` is what a Problem calls it.
Result<std::unique_ptr<Bytes>, Problem> open_file(const std::string& path, const std::string& name);

std::unique_ptr<Bytes> bytes_of(std::string text);

/// `raw` unpacked (gzip, zlib, zstd; by their first bytes) and, where it begins with a byte-order
/// mark, as UTF-8 without one.
std::unique_ptr<Bytes> decoded(std::unique_ptr<Bytes> raw);

}  // namespace fmx::readers
