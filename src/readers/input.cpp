#include "src/readers/input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "knowledge/utf8.hpp"

namespace fmx::readers {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t first_block = 1u << 16;
constexpr std::size_t largest_block = 1u << 20;

}  // namespace

Input::Input(std::unique_ptr<Bytes> bytes, std::string name)
    : bytes_(std::move(bytes)), name_(std::move(name)) {}

Result<Input, Problem> Input::open(const std::string& path, std::string name) {
  const std::filesystem::path whole(path);
  std::error_code ignored;
  if (path != "-" && fs::is_directory(whole, ignored))
    return Unexpected{Problem{name, "it is a folder", "name a file"}};
  std::string part;
  const bool below_file = path != "-" && whole.has_parent_path() && whole.has_filename() &&
                          fs::is_regular_file(whole.parent_path(), ignored);
  if (below_file) {
    part = whole.filename().string();
    if (name.ends_with("/" + part)) name.resize(name.size() - part.size() - 1);
    if (name == part) name = whole.parent_path().filename().string();
  }
  auto bytes = open_file(below_file ? whole.parent_path().string() : path, name);
  if (!bytes) return Unexpected{bytes.error()};
  Input input(decoded(std::move(*bytes)), std::move(name));
  input.part_ = std::move(part);
  return input;
}

Input Input::of_bytes(std::string bytes, std::string name) {
  return Input(decoded(bytes_of(std::move(bytes))), std::move(name));
}

std::string Input::at(std::size_t line) const { return fmt::format("{}:{}", name_, line); }

bool Input::fill() {
  if (at_end_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    drop(begin_);
  }
  const std::size_t block = std::clamp(buffer_.size(), first_block, largest_block);
  if (buffer_.size() < end_ + block) buffer_.resize(std::max(end_ + block, buffer_.size() * 2));
  const std::size_t got = bytes_->read(buffer_.data() + end_, buffer_.size() - end_);
  end_ += got;
  if (got == 0) {
    at_end_ = true;
    if (!bytes_->trouble().empty()) notes_.push_back(name_ + ": " + bytes_->trouble());
  }
  check_text();
  return got > 0;
}

void Input::drop(std::size_t bytes) {
  dropped_ += bytes;
  end_ -= bytes;
  begin_ = 0;
  checked_ -= std::min(checked_, bytes);
}

/// A character may be cut where the buffer ends: it is looked at again when more has come.
void Input::check_text() {
  if (not_utf8_) return;
  constexpr std::size_t longest_character = 4;
  const std::string_view fresh(buffer_.data() + checked_, end_ - checked_);
  const std::size_t odd = std::min(first_invalid_byte(fresh), fresh.size());
  checked_ += odd;
  if (odd == fresh.size() || (!at_end_ && odd + longest_character > fresh.size())) return;
  not_utf8_ = lines_ + 1 +
              static_cast<std::size_t>(std::count(buffer_.data() + std::min(begin_, checked_),
                                                  buffer_.data() + checked_, '\n'));
}

std::string_view Input::head(std::size_t enough) {
  while (end_ - begin_ < enough && fill()) {
  }
  return unread();
}

std::optional<Line> Input::next_line() {
  std::size_t searched = 0;
  for (;;) {
    const std::string_view text = unread();
    const std::size_t end = text.find('\n', searched);
    if (end != std::string_view::npos) {
      begin_ += end + 1;
      std::string_view line = text.substr(0, end);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      return Line{line, ++lines_, true};
    }
    searched = text.size();
    if (searched > longest_line) {
      skip_overlong_line();
      searched = 0;
      continue;
    }
    if (!fill()) break;
  }
  const std::string_view rest = unread();
  if (rest.empty()) return std::nullopt;
  begin_ = end_;
  return Line{rest, ++lines_, false};
}

void Input::skip_overlong_line() {
  ++lines_;
  notes_.push_back(
      fmt::format("{}: a line of more than {} MB was left out", at(lines_), longest_line >> 20));
  for (;;) {
    const std::size_t end = unread().find('\n');
    if (end != std::string_view::npos) {
      begin_ += end + 1;
      return;
    }
    begin_ = end_;
    if (!fill()) return;
  }
}

bool Input::next_block(Block& block, std::size_t size) {
  const std::string_view text = head(size);
  const std::size_t end = text.rfind('\n');
  if (end == std::string_view::npos) return false;
  // The block takes the buffer; the line that has not ended yet moves to the block's old one.
  const std::string_view lines = text.substr(0, end + 1), rest = text.substr(end + 1);
  if (block.bytes.size() < rest.size()) block.bytes.resize(rest.size());
  std::ranges::copy(rest, block.bytes.begin());
  std::swap(block.bytes, buffer_);
  drop(begin_ + lines.size());
  block.lines = {lines, lines_ + 1};
  for (std::size_t at = 0; at < lines.size(); at = lines.find('\n', at) + 1) ++lines_;
  return true;
}

std::string_view Input::next_bytes(std::size_t most) {
  if (begin_ == end_ && !fill()) return {};
  const std::string_view bytes = unread().substr(0, most);
  begin_ += bytes.size();
  return bytes;
}

bool Input::skip(std::uint64_t bytes) {
  while (bytes > 0) {
    const std::size_t passed = next_bytes(std::min<std::uint64_t>(bytes, largest_block)).size();
    if (passed == 0) return false;
    bytes -= passed;
  }
  return true;
}

Result<std::string_view, Problem> Input::whole() {
  while (fill()) {
    if (end_ - begin_ > longest_document) {
      return Unexpected{Problem{
          name_, fmt::format("it is one document of more than {} MB", longest_document >> 20),
          "log one JSON object a line (JSONL), which is read line by line"}};
    }
  }
  const std::string_view all = unread();
  begin_ = end_;
  return all;
}

std::optional<double> Input::times_read() const {
  const auto size = bytes_->size();
  const std::uint64_t taken = dropped_ + begin_;
  if (!size || taken == 0) return std::nullopt;
  return static_cast<double>(*size) / static_cast<double>(taken);
}

std::vector<std::string> Input::take_notes() { return std::move(notes_); }

}  // namespace fmx::readers
