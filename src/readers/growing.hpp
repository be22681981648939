#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "src/readers/input.hpp"
#include "src/readers/reading.hpp"

namespace fmx::readers {

/// A file that is read while it is written: bytes come as they are appended, and what they say so
/// far can be asked for at any time. What is not whole yet (a line, a record) waits for its rest.
class Growing {
 public:
  virtual ~Growing() = default;

  virtual void take(std::string_view bytes) = 0;

  /// The file began anew: what waits for its rest will not get it.
  virtual void drop_partial() = 0;

  virtual Reading reading(const std::string& name) const = 0;

  /// Forgets all but about the last `samples` (at most twice as many) of each series, so that
  /// memory stays bounded however long the run goes on.
  virtual void keep_last(std::size_t samples) = 0;
};

/// Of lines of text: those that have ended are handed on.
class GrowingLines : public Growing {
 public:
  void take(std::string_view bytes) override;
  Reading reading(const std::string& name) const final;
  void drop_partial() override {
    partial_.clear();
    overlong_ = false;
  }

 protected:
  /// Whole lines. `line.number` counts from the beginning of the file.
  virtual void add(const Line& line) = 0;
  virtual Reading so_far(const std::string& name) const = 0;

 private:
  std::string partial_;
  bool overlong_ = false;  ///< the line that waits for its rest is left out
  std::size_t lines_ = 0, left_out_ = 0;
  std::optional<std::size_t> not_utf8_;  ///< the first line that is not
};

}  // namespace fmx::readers
