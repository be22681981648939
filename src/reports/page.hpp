#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fmx::reports {

/// How a terminal report is laid out.
struct Layout {
  int width = 80;
  bool colour = false;
};

enum class Ink { plain, bold, dim, red, yellow, green, cyan };

/// A terminal page as it grows, line by line.
class Page {
 public:
  explicit Page(const Layout& layout) : layout_(layout) {}

  /// A paragraph: `lead`, then `text` wrapped at `indent`; both in one ink. `tail`, one word,
  /// stands dim at its end.
  void paragraph(std::string_view text, int indent, std::string_view lead, Ink ink = Ink::plain,
                 std::string_view tail = {});
  void heading(std::string_view title);
  /// One line as it is; never wrapped.
  void line(std::string_view text, Ink ink = Ink::plain) { add(text, ink); }
  void blank() { out_ += '\n'; }

  int width() const { return layout_.width; }
  std::string take() { return std::move(out_); }

 private:
  void add(std::string_view block, Ink ink);

  Layout layout_;
  std::string out_;
};

/// "1 sample", "2,835 samples".
std::string count(std::size_t n, std::string_view one, std::string_view many);

}  // namespace fmx::reports
