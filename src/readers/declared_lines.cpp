#include "src/readers/declared_lines.hpp"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>

namespace fmx::readers {

namespace {

constexpr std::size_t longest_line = 16'384;
constexpr int most_captures = 16;

/// Text as a regular expression: blanks are any blanks, `...` is anything.
std::string expression_of(std::string_view text) {
  std::string expression;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 3) == "...") {
      expression += ".*?";
      at += 3;
    } else if (text[at] == ' ' || text[at] == '\t') {
      expression += "\\s+";
      at = std::min(text.find_first_not_of(" \t", at), text.size());
    } else {
      expression += RE2::QuoteMeta(text.substr(at, 1));
      ++at;
    }
  }
  return expression;
}

std::string expression_of(LogPiece::Kind kind, bool last) {
  switch (kind) {
    case LogPiece::Kind::none: return "";
    case LogPiece::Kind::number:
      return R"(([-+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)))";
    case LogPiece::Kind::time: return R"((\d{4}[-/]\d\d[-/]\d\d[ t]\d\d:\d\d:\d\d(?:[.,]\d+)?))";
    case LogPiece::Kind::text:
    case LogPiece::Kind::setting: return last ? "(\\S.*)" : "(\\S.*?)";
  }
  return "";
}

std::string expression_of(const LogLine& line) {
  std::string expression;
  for (const LogPiece& piece : line.pieces) {
    expression += expression_of(piece.text);
    expression += expression_of(piece.kind, &piece == &line.pieces.back());
  }
  return expression;
}

/// The longest stretch of plain text, without which the line cannot be found.
std::string longest_text(const LogLine& line) {
  std::string longest;
  for (const LogPiece& piece : line.pieces) {
    const std::string_view text = piece.text;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find("...", begin), text.size());
      if (end - begin > longest.size()) longest = text.substr(begin, end - begin);
      begin = end + 3;
    }
  }
  return longest;
}

RE2::Options either_case() {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_encoding(RE2::Options::EncodingLatin1);  // any bytes
  return options;
}

}  // namespace

struct DeclaredLines::Compiled {
  struct Line {
    const LogFormat* log;
    const LogLine* line;
    std::unique_ptr<RE2> whole;
  };

  explicit Compiled(const std::vector<LogFormat>& logs) {
    for (const LogFormat& log : logs) {
      for (const LogLine& line : log.lines) {
        auto whole = std::make_unique<RE2>(expression_of(line), either_case());
        const bool sound = whole->ok() && whole->NumberOfCapturingGroups() <= most_captures;
        if (!sound || texts.Add(expression_of(longest_text(line)), nullptr) < 0) continue;
        lines.push_back({&log, &line, std::move(whole)});
      }
    }
    if (!lines.empty()) in_one_pass = texts.Compile();
  }

  /// Those that may be in `line`, ascending.
  std::vector<int> candidates(std::string_view line) const {
    std::vector<int> found;
    RE2::Set::ErrorInfo error{};
    const bool any = in_one_pass && texts.Match(line, &found, &error);
    const bool failed = !in_one_pass || (!any && error.kind != RE2::Set::kNoError);
    if (failed) {  // out of memory for the pass: each is tried
      found.clear();
      for (std::size_t i = 0; i < lines.size(); ++i) found.push_back(static_cast<int>(i));
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  std::vector<Line> lines;
  RE2::Set texts{either_case(), RE2::UNANCHORED};
  bool in_one_pass = false;
};

DeclaredLines::DeclaredLines(const Knowledge* knowledge) : knowledge_(knowledge) {}
DeclaredLines::~DeclaredLines() = default;
DeclaredLines::DeclaredLines(DeclaredLines&&) noexcept = default;
DeclaredLines& DeclaredLines::operator=(DeclaredLines&&) noexcept = default;

std::vector<DeclaredLine> DeclaredLines::find(std::string_view line) const {
  std::vector<DeclaredLine> found;
  if (knowledge_ == nullptr || knowledge_->logs.empty() || line.size() > longest_line) return found;
  if (!compiled_) compiled_ = std::make_unique<Compiled>(knowledge_->logs);
  if (compiled_->lines.empty()) return found;
  for (const int i : compiled_->candidates(line)) {
    const Compiled::Line& candidate = compiled_->lines[static_cast<std::size_t>(i)];
    std::array<re2::StringPiece, 1 + most_captures> groups;
    const int wanted = 1 + candidate.whole->NumberOfCapturingGroups();
    if (!candidate.whole->Match(line, 0, line.size(), RE2::UNANCHORED, groups.data(), wanted))
      continue;
    // One log is found once in a line, by the first of its lines that fits.
    if (!found.empty() && found.back().log == candidate.log) continue;
    DeclaredLine& one = found.emplace_back();
    one.log = candidate.log;
    std::size_t group = 1;
    for (const LogPiece& piece : candidate.line->pieces) {
      if (piece.kind == LogPiece::Kind::none) continue;
      const re2::StringPiece& text = groups[group++];
      one.values.push_back({&piece, {text.data(), text.size()}});
    }
  }
  return found;
}

std::string_view DeclaredLines::counted_by(const LogFormat& log) const {
  return log.counts ? std::string_view(knowledge_->metrics[*log.counts].name) : "";
}

std::string_view DeclaredLines::table_of(const LogFormat& log) const {
  return log.into ? std::string_view(knowledge_->tables[*log.into].name) : "";
}

}  // namespace fmx::readers
