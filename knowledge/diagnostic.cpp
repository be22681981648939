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

/// Where the part of `line` that is shown begins: at its head, or, where it is too long and the
/// marks lie far behind, some way in front of them.
std::size_t begin_of_shown(std::string_view line, std::size_t begin) {
  constexpr std::size_t longest_character = 4;
  const bool fits =
      line.size() <= most_columns * longest_character && columns(line) <= most_columns;
  int lead = 0;
  std::size_t at = begin;
  while (at > 0 && lead < columns_before) {
    do --at;
    while (at > 0 && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U);
    ++lead;
  }
  return fits ? 0 : at;
}

/// Lays out `line` with the bytes from `begin` to `end` marked; where it is longer than
/// `most_columns`, only the part around the marks.
Shown lay_out(std::string_view line, std::size_t begin, std::size_t end) {
  Shown shown;
  std::size_t at = begin_of_shown(line, begin);
  if (at > 0) shown.text = "... ";
  int width = static_cast<int>(shown.text.size());  // columns of shown.text
  shown.marks_begin = shown.marks_end = width;
  while (at < line.size()) {
    const Character c = first_character(line.substr(at));
    const std::string piece = shown_as(c, line.substr(at, c.bytes));
    width += columns(piece);
    if (width > most_columns) {
      shown.text += " ...";
      break;
    }
    shown.text += piece;
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
