#include "knowledge/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "knowledge/utf8.hpp"

namespace fmx {
namespace {

constexpr int tab_columns = 4;
constexpr int most_columns = 120;  // of a line that is shown; a longer one is cut around its carets
constexpr int columns_before = 40;  // that remain in front of the carets of a line that is cut

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "";
}

/// A line as a terminal can show it, and the columns that its marked part takes.
struct Shown {
  std::string text;
  int marks_begin = 0, marks_end = 0;
};

/// What stands for a character: blanks for a tab, U+FFFD for what cannot be shown.
std::string shown_as(Character c, std::string_view bytes) {
  if (c.code_point == '\t') return std::string(tab_columns, ' ');
  const bool control = c.code_point < 0x20 || (c.code_point >= 0x7F && c.code_point < 0xA0);
  return c.valid && !control ? std::string(bytes) : "\uFFFD";
}

/// Lays out `line` with the bytes from `begin` to `end` marked; where it is longer than
/// `most_columns`, only the part around the marks.
Shown lay_out(std::string_view line, std::size_t begin, std::size_t end) {
  const int lead = columns(line.substr(0, begin));
  const bool cut_head = columns(line) > most_columns && lead > columns_before;

  Shown shown;
  int width = 0;   // of shown.text
  int passed = 0;  // columns of the line left out or shown
  if (cut_head) {
    shown.text = "... ";
    width = 4;
  }
  for (std::size_t at = 0; at < line.size();) {
    const Character c = first_character(line.substr(at));
    const std::string piece = shown_as(c, line.substr(at, c.bytes));
    const int piece_columns = c.code_point == '\t' ? tab_columns : columns(piece);
    const bool left_out = cut_head && at < begin && passed < lead - columns_before;
    if (!left_out) {
      if (width + piece_columns > most_columns) {
        shown.text += " ...";
        break;
      }
      shown.text += piece;
      width += piece_columns;
    }
    passed += columns(c.code_point);
    at += c.bytes;
    if (at <= begin) shown.marks_begin = width;
    if (at <= end) shown.marks_end = width;
  }
  shown.marks_end = std::max(shown.marks_end, shown.marks_begin + 1);
  return shown;
}

/// The place of one label, its line and the marks under it.
std::string render_label(const Label& label, char mark, std::size_t gutter,
                         const Sources& sources) {
  const Place place = sources.place(label.span);
  const std::string& path = sources.at(label.span.source).path;
  const std::string_view text = sources.at(label.span.source).text;

  const auto line_begin = static_cast<std::size_t>(place.line_text.data() - text.data());
  const std::size_t begin =
      std::min<std::size_t>(label.span.begin - line_begin, place.line_text.size());
  const std::size_t end =
      std::clamp<std::size_t>(label.span.end - line_begin, begin, place.line_text.size());
  const Shown shown = lay_out(place.line_text, begin, end);

  const std::string blank(gutter, ' ');
  std::string out = fmt::format("{}--> {}:{}:{}\n", blank, path, place.line, place.column);
  out += fmt::format("{} |\n", blank);
  out += fmt::format("{:>{}} | {}\n", place.line, gutter, shown.text);
  out += fmt::format("{} | {}{}", blank, std::string(shown.marks_begin, ' '),
                     std::string(shown.marks_end - shown.marks_begin, mark));
  out += label.text.empty() ? "\n" : fmt::format(" {}\n", label.text);
  return out;
}

/// Digits of the highest line number that is shown.
std::size_t gutter_of(const Diagnostic& diagnostic, const Sources& sources) {
  int last = sources.place(diagnostic.primary.span).line;
  for (const Label& label : diagnostic.secondary) {
    last = std::max(last, sources.place(label.span).line);
  }
  return std::to_string(last).size();
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const Sources& sources) {
  const std::size_t gutter = gutter_of(diagnostic, sources);
  std::string out = fmt::format("{}[{}]: {}\n", name_of(diagnostic.severity), diagnostic.code,
                                diagnostic.message);
  out += render_label(diagnostic.primary, '^', gutter, sources);
  for (const Label& label : diagnostic.secondary) out += render_label(label, '-', gutter, sources);
  if (!diagnostic.hint.empty()) {
    out += fmt::format("{} = hint: {}\n", std::string(gutter, ' '), diagnostic.hint);
  }
  return out;
}

void sort_by_place(std::vector<Diagnostic>& diagnostics) {
  std::ranges::stable_sort(diagnostics, {}, [](const Diagnostic& d) {
    const Span& at = d.primary.span;
    return std::tuple(at.source, at.begin, d.severity, at.end, std::string_view(d.code),
                      std::string_view(d.message));
  });
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::ranges::any_of(diagnostics,
                             [](const Diagnostic& d) { return d.severity == Severity::error; });
}

}  // namespace fmx
