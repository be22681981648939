#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "src/readers/format.hpp"
#include "src/readers/input.hpp"

namespace fmx::readers {

/// Hands `lines` to `take` until it does not take one. What is left, from that line on.
template <class Take>
Lines each_line(Lines lines, const Take& take) {
  while (!lines.text.empty()) {
    const std::size_t end = lines.text.find('\n');
    std::string_view line = lines.text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!take(Line{line, lines.first, true})) break;
    lines.text.remove_prefix(end + 1);
    ++lines.first;
  }
  return lines;
}

/// Reads the blocks of an input side by side and joins them in the order of the file. Whoever asks
/// fills, joins and reads as well, so that it never waits while there is something to do.
template <class Rows>
class SideBySide {
 public:
  SideBySide(Input& input, Rows& rows) : input_(input), rows_(rows) {
    for (std::size_t i = 0; i < most; ++i) slots_.push_back({.part = rows.part()});
  }
  SideBySide(const SideBySide&) = delete;
  SideBySide& operator=(const SideBySide&) = delete;
  ~SideBySide() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    to_read_.notify_all();
  }

  void read() {
    try {
      for (unsigned i = 1; i < std::thread::hardware_concurrency() && i < most; ++i)
        threads_.emplace_back([this] { help(); });
    } catch (const std::system_error&) {
      // No more threads are to be had: those that there are will do.
    }
    while (more_ || joined_ < filled_) {
      if (is_read(joined_)) {
        join(slots_[joined_ % most]);
      } else if (more_ && filled_ - joined_ < most) {
        fill(slots_[filled_ % most]);
      } else if (Slot* slot = next()) {
        read_alone(*slot);
      } else {
        std::unique_lock lock(mutex_);
        was_read_.wait(lock, [&] { return slots_[joined_ % most].read; });
      }
    }
  }

 private:
  static constexpr std::size_t most = 8, block_size = 1u << 18;

  struct Slot {
    Block block = {};
    Rows part;
    Lines left = {};  ///< that it did not take
    bool read = false;
    std::exception_ptr thrown = {};
  };

  void fill(Slot& slot) {
    if (!rows_.fits(slot.part)) slot.part = rows_.part();
    more_ = input_.next_block(slot.block, block_size);
    if (!more_) return;
    {
      const std::lock_guard lock(mutex_);
      slot.read = false;
      ++filled_;
    }
    to_read_.notify_one();
  }

  bool is_read(std::size_t number) {
    const std::lock_guard lock(mutex_);
    return number < filled_ && slots_[number % most].read;
  }

  /// The first block that nobody reads yet; null where there is none.
  Slot* next() {
    const std::lock_guard lock(mutex_);
    return taken_ < filled_ ? &slots_[taken_++ % most] : nullptr;
  }

  void read_alone(Slot& slot) {
    try {
      slot.left =
          each_line(slot.block.lines, [&](const Line& line) { return slot.part.add_alone(line); });
    } catch (...) {
      slot.thrown = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    slot.read = true;
    was_read_.notify_one();
  }

  void help() {
    for (;;) {
      {
        std::unique_lock lock(mutex_);
        to_read_.wait(lock, [&] { return over_ || taken_ < filled_; });
        if (over_) return;
      }
      if (Slot* slot = next()) read_alone(*slot);
    }
  }

  /// Where a line before it changed what its lines mean, a block is read again, in order.
  void join(Slot& slot) {
    if (slot.thrown) std::rethrow_exception(slot.thrown);
    const bool fits = rows_.fits(slot.part);
    if (fits) {
      rows_.join(slot.part);
    } else {
      slot.part = rows_.part();
    }
    each_line(fits ? slot.left : slot.block.lines, [&](const Line& line) {
      rows_.add(line);
      return true;
    });
    ++joined_;
  }

  Input& input_;
  Rows& rows_;
  bool more_ = true;
  std::mutex mutex_;  ///< of all below
  std::condition_variable to_read_, was_read_;
  std::vector<Slot> slots_;
  std::size_t filled_ = 0, taken_ = 0, joined_ = 0;  ///< blocks, in the order of the file
  bool over_ = false;
  std::vector<std::jthread> threads_;  ///< last: they end before what they use
};

/// Reads all lines of `input` into `rows`. What comes out is what `rows.add` of one line after the
/// other gives, but long files are read by several threads. Of `Rows` it takes:
///
///     void add(const Line&)           any line
///     Rows part() const               reads lines that stand somewhere behind those added so far
///     bool fits(const Rows& part)     whether a part means what it would mean if it began here
///     bool add_alone(const Line&)     of a part; false, and nothing done, where what the line says
///                                     depends on lines before it, or others behind it on this one
///     void join(Rows& part)           takes the rows of a part, which is empty then
///     Table& table()
template <class Rows>
void read_lines(Input& input, Rows& rows) {
  constexpr std::size_t first = 1u << 16;
  Block block;
  if (input.next_block(block, first)) {  // tells what kind of rows there are, and about how many
    each_line(block.lines, [&](const Line& line) {
      rows.add(line);
      return true;
    });
    expect_rest(input, rows.table());
    if (!input.head(1).empty()) SideBySide(input, rows).read();
  }
  while (const auto line = input.next_line()) rows.add(*line);
}

}  // namespace fmx::readers
