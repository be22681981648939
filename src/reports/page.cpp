#include "src/reports/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "src/reports/figure.hpp"
#include "src/reports/lines.hpp"

namespace fmx::reports {
namespace {

std::string_view code(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::bold: return "\x1b[1m";
    case Ink::dim: return "\x1b[2m";
    case Ink::red: return "\x1b[1;31m";
    case Ink::yellow: return "\x1b[1;33m";
    case Ink::green: return "\x1b[1;32m";
    case Ink::cyan: return "\x1b[36m";
  }
  return "";
}

}  // namespace

void Page::paragraph(std::string_view text, int indent, std::string_view lead, Ink ink,
                     std::string_view tail) {
  std::string block = wrap(fmt::format("{} {}", text, tail), layout_.width, indent, lead);
  block.pop_back();
  if (tail.empty()) return add(block, ink);
  block.resize(block.size() - tail.size());
  add(block, ink);
  out_.pop_back();  // the tail goes on behind it
  add(tail, Ink::dim);
}

void Page::heading(std::string_view title) {
  out_ += '\n';
  paragraph(title, 2, "  ", Ink::bold);
}

/// Every line gets its ink of its own, so that a pager that cuts lines shows them right.
void Page::add(std::string_view block, Ink ink) {
  while (true) {
    const std::size_t end = std::min(block.find('\n'), block.size());
    const bool inked = layout_.colour && ink != Ink::plain && end > 0;
    if (inked) out_ += code(ink);
    out_ += block.substr(0, end);
    if (inked) out_ += "\x1b[0m";
    out_ += '\n';
    if (end == block.size()) return;
    block.remove_prefix(end + 1);
  }
}

std::string count(std::size_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", position(static_cast<double>(n)), n == 1 ? one : many);
}

}  // namespace fmx::reports
