#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/readers/decode.hpp"
#include "src/readers/read.hpp"

namespace fmx::readers {

/// One line of text, without its end. The view is good until the next call on the Input.
struct Line {
  std::string_view text;
  std::size_t number = 0;  ///< from 1
  bool ended = true;       ///< false: the file ended before the line did
};

/// Whole lines that stand together in memory.
struct Lines {
  std::string_view text;  ///< ends with a line's end
  std::size_t first = 1;  ///< the number of its first line
};

/// Some lines of a file, taken out of it.
struct Block {
  std::vector<char> bytes;
  Lines lines;  ///< a view of `bytes`
};

/// One file as text or bytes, decoded while it is read: compressed files are unpacked, byte-order
/// marks taken off, UTF-16 turned into UTF-8. Only a window of the file is in memory while lines
/// are read.
class Input {
 public:
  /// Longer lines are left out: nobody logs them on purpose, and memory must stay bounded.
  static constexpr std::size_t longest_line = 64u << 20;
  /// The most that whole() keeps in memory.
  static constexpr std::size_t longest_document = 512u << 20;

  /// `path` as the file system knows it (`-`: standard input), `name` as people shall see it. A
  /// path that goes on below a file, such as mlflow.db/RUN, opens the file: see `part`.
  static Result<Input, Problem> open(const std::string& path, std::string name);

  /// Bytes that are already in memory, decoded like a file's.
  static Input of_bytes(std::string bytes, std::string name);

  const std::string& name() const { return name_; }

  /// What of the file is asked for, where it holds several runs or tables; empty: all.
  const std::string& part() const { return part_; }

  /// "metrics.jsonl:12"
  std::string at(std::size_t line) const;

  /// The next bytes without taking them, at least `enough` where there are so many.
  std::string_view head(std::size_t enough = 1u << 16);

  /// The next line, or nothing at the end.
  std::optional<Line> next_line();

  /// Puts the next whole lines, of about `size` bytes, into `block`, whose memory is used again;
  /// false where none ends within so many bytes, and nothing was taken.
  bool next_block(Block& block, std::size_t size);

  /// The next bytes, at most `most`; empty at the end.
  std::string_view next_bytes(std::size_t most);

  /// Passes over so many bytes; false where the end comes first.
  bool skip(std::uint64_t bytes);

  /// All that has not been taken yet, or a Problem where that is more than `longest_document`.
  Result<std::string_view, Problem> whole();

  /// How many times as much there is as has been taken so far; empty where that cannot be told.
  std::optional<double> times_read() const;

  /// The first line with a byte that is not UTF-8, of what was read so far.
  std::optional<std::size_t> not_utf8() const { return not_utf8_; }

  /// What could not be read so far, one sentence each.
  std::vector<std::string> take_notes();
  void note(const std::string& what) { notes_.push_back(name_ + ": " + what); }

 private:
  Input(std::unique_ptr<Bytes> bytes, std::string name);

  bool fill();  ///< reads some more; false at the end
  std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void drop(std::size_t bytes);  ///< that were taken, from the beginning of the buffer
  void check_text();
  void skip_overlong_line();

  std::unique_ptr<Bytes> bytes_;
  std::string name_, part_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  std::uint64_t dropped_ = 0;  ///< bytes before the buffer
  std::size_t lines_ = 0;
  std::size_t checked_ = 0;  ///< bytes of the buffer that are known to be UTF-8
  std::optional<std::size_t> not_utf8_;
  bool at_end_ = false;
  std::vector<std::string> notes_;
};

}  // namespace fmx::readers
