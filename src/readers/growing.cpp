#include "src/readers/growing.hpp"

#include <fmt/format.h>

#include "src/readers/utf8.hpp"

namespace fmx::readers {

void GrowingLines::take(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) {
      // An endless line is no line: memory stays bounded, as where a file is read whole.
      overlong_ = overlong_ || partial_.size() + bytes.size() > Input::longest_line;
      if (overlong_) partial_.clear();
      if (!overlong_) partial_ += bytes;
      return;
    }
    if (overlong_) {  // ends here
      overlong_ = false;
      ++lines_;
      ++left_out_;
      bytes.remove_prefix(end + 1);
      continue;
    }
    std::string_view text = bytes.substr(0, end);
    if (!partial_.empty()) text = partial_ += text;
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    ++lines_;
    if (!not_utf8_ && !is_utf8(text)) not_utf8_ = lines_;
    add({text, lines_, true});
    partial_.clear();
    bytes.remove_prefix(end + 1);
  }
}

Reading GrowingLines::reading(const std::string& name) const {
  Reading reading = so_far(name);
  reading.not_utf8 = not_utf8_;
  if (left_out_ > 0) {
    reading.facts.notes.push_back(fmt::format("{}: lines of more than {} MB were left out: {}",
                                              name, Input::longest_line >> 20, left_out_));
  }
  return reading;
}

}  // namespace fmx::readers
