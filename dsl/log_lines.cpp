// How lines of a text log become samples, settings, counts and rows: `log` declarations.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dsl/literal.hpp"
#include "dsl/unit_words.hpp"
#include "dsl/values.hpp"

namespace fmx::dsl {
namespace {

constexpr std::size_t fewest_letters = 4;  // of its own that a line must have
constexpr std::size_t most_captures = 16;

constexpr std::string_view hint =
    "write `{name: number}`, `{name: number ms}`, `{name: text}`, `{name: time}` or `{name: "
    "setting}`";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// What stands between a pair of braces; empty where the type is not one of the language.
std::optional<LogPiece> capture_in(std::string_view inside) {
  const std::size_t colon = inside.find(':');
  if (colon == inside.npos) return {};
  LogPiece piece;
  piece.name = trimmed(inside.substr(0, colon));
  const std::string_view type = trimmed(inside.substr(colon + 1));
  const std::string_view kind = type.substr(0, type.find(' '));
  const std::string_view unit = trimmed(type.substr(kind.size()));
  if (!unit.empty()) {
    const UnitWord* known = unit_called(unit);
    if (known == nullptr || !known->carried || kind != "number") return {};
    piece.factor = known->scale;
  }
  if (kind == "number") piece.kind = LogPiece::Kind::number;
  if (kind == "text") piece.kind = LogPiece::Kind::text;
  if (kind == "time") piece.kind = LogPiece::Kind::time;
  if (kind == "setting") piece.kind = LogPiece::Kind::setting;
  return piece.kind == LogPiece::Kind::none ? std::nullopt : std::optional(std::move(piece));
}

/// One `{...}` of a line, as it stands in the file.
struct Braces {
  std::string_view inside;
  Span span;
};

std::vector<Braces> braces_of(Part line) {
  std::vector<Braces> all;
  const std::string_view raw = line.text();
  for (std::size_t open = raw.find('{'); open != raw.npos; open = raw.find('{', open + 1)) {
    const std::size_t close = raw.find('}', open);
    if (close == raw.npos) break;
    Span span = line.span();
    span.end = span.begin + static_cast<std::uint32_t>(close + 1);
    span.begin += static_cast<std::uint32_t>(open);
    all.push_back({raw.substr(open + 1, close - open - 1), span});
  }
  return all;
}

bool is_identifier(std::string_view name) {
  const auto inside = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), inside);
}

/// Whether all captures of the line are right.
bool check_captures(Part line, const std::set<std::string_view>& columns, Context& context) {
  bool right = true;
  std::set<std::string_view> names;
  for (const Braces& braces : braces_of(line)) {
    const std::string_view name = trimmed(braces.inside.substr(0, braces.inside.find(':')));
    const bool fresh = names.insert(name).second;
    const bool sound = is_identifier(name) && capture_in(braces.inside);
    const bool column = columns.empty() || columns.contains(name);
    const bool too_many = names.size() > most_captures;
    if (sound && fresh && column && !too_many) continue;
    right = false;
    context.problems.add(
        {.code = "bad-capture",
         .message = !fresh     ? fmt::format("`{}` is captured twice in one line", name)
                    : !sound   ? "a capture is a name and what it holds"
                    : too_many ? fmt::format("a line captures at most {} values", most_captures)
                               : fmt::format("the table has no column `{}`", name),
         .primary = {braces.span, !fresh     ? "captured again"
                                  : !sound   ? "not of that form"
                                  : too_many ? "one too many"
                                             : "not one of its columns"},
         .hint = too_many ? "leave out what no rule reads"
                 : sound  ? "each capture of a line that goes into a table is one of its columns"
                          : std::string(hint)});
  }
  return right;
}

LogLine line_of(const std::string& text, Span span) {
  LogLine line;
  line.span = span;
  std::string before;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t close = text[at] == '{' ? text.find('}', at) : text.npos;
    if (close == text.npos) {
      before += text[at++];
      continue;
    }
    if (auto piece = capture_in(std::string_view(text).substr(at + 1, close - at - 1))) {
      piece->text = std::move(before);
      line.pieces.push_back(*std::move(piece));
    }
    before.clear();
    at = close + 1;
  }
  if (!before.empty()) line.pieces.push_back({.text = std::move(before), .name = {}});
  return line;
}

/// A line that says next to nothing would be found everywhere.
bool has_text_of_its_own(const LogLine& line) {
  std::size_t letters = 0;
  for (const LogPiece& piece : line.pieces) {
    letters += static_cast<std::size_t>(std::count_if(piece.text.begin(), piece.text.end(),
                                                      [](char c) { return c != ' ' && c != '.'; }));
  }
  return letters >= fewest_letters;
}

std::set<std::string_view> columns_of(const Declaration* table) {
  std::set<std::string_view> columns;
  if (table == nullptr) return columns;
  for (const Part child : table->part) {
    const auto name = child.is(Kind::column) ? child.child(Kind::name) : std::nullopt;
    if (name) columns.insert(name->text());
  }
  return columns;
}

const Declaration* named_by(const Body& body, Kind field, Kind kind, Context& context) {
  const auto found = body.one(field);
  const auto path = found ? found->part.child(Kind::path) : std::nullopt;
  return path ? context.names.find(*path, *found->pack, {kind}) : nullptr;
}

}  // namespace

LogFormat lower_log(const Declaration& declaration, const Body& body, Context& context) {
  LogFormat log;
  lower_common(declaration, body, context, log);
  if (const Declaration* metric = named_by(body, Kind::field_counts, Kind::metric, context))
    log.counts = metric->index;
  const Declaration* table = named_by(body, Kind::field_into, Kind::table, context);
  if (table != nullptr) log.into = table->index;
  for (const Field& field : body.all(Kind::field_line)) {
    const auto line = field.part.child(Kind::string);
    if (!line) continue;
    const bool right = check_captures(*line, columns_of(table), context);
    log.lines.push_back(line_of(text_of(*line), line->span()));
    if (!right || has_text_of_its_own(log.lines.back())) continue;
    context.problems.add(
        {.code = "vague-log-line",
         .message = "this line would be found nearly everywhere",
         .primary = {line->span(), fmt::format("fewer than {} letters of its own", fewest_letters)},
         .hint = "add words that stand in such lines alone"});
  }
  return log;
}

}  // namespace fmx::dsl
