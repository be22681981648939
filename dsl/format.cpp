#include "dsl/format.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/tokens.hpp"
#include "knowledge/utf8.hpp"

namespace fmx::dsl {
namespace {

using Break = Token::Break;

constexpr int widest = 100;  // columns of a line, unless one string alone is longer
constexpr int indent_step = 2;

bool has_block(Kind kind) {
  switch (kind) {
    case Kind::metric:
    case Kind::param:
    case Kind::phenomenon:
    case Kind::finding:
    case Kind::pattern:
    case Kind::fix:
    case Kind::check:
    case Kind::analogy:
    case Kind::source:
    case Kind::delegate:
    case Kind::log:
    case Kind::family:
    case Kind::test:
    case Kind::amend: return true;
    default: return false;
  }
}

/// Writes the tokens of a tree in order, with the comments between them.
class Printer {
 public:
  Printer(const Tree& tree, const Sources& sources)
      : tree_(tree), text_(sources.at(tree.source).text), tokens_(tokens_of(tree, sources)) {
    std::size_t comment = 0;
    for (const Token& token : tokens_) {
      const std::size_t first = comment;
      while (comment < tree.comments.size() && tree.comments[comment].begin < token.begin) {
        ++comment;
      }
      behind_comment_.push_back(comment > first);
    }
  }

  std::string print() {
    bool block_before = false;
    for (const std::uint32_t item : Children(tree_, 0)) {
      const bool block = has_block(tree_.nodes[item].kind);
      begin_line(0, block || block_before ? Blank::always : Blank::as_written);
      block ? print_block(item) : lay_out(end_of(item), 0);
      block_before = block;
    }
    print_comments(std::numeric_limits<std::uint32_t>::max(), 0, Blank::as_written);
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  /// Whether an empty line stands in front of a line: `never` before the first of a block,
  /// `never_again` before any line of a statement.
  enum class Blank { never, never_again, as_written, always };

  // --- items, fields

  void print_block(std::uint32_t item) {
    while (word(at_) != "{") print_token(0);
    const std::uint32_t open = tokens_[at_].begin;
    print_token(0);
    Blank blank = Blank::never;
    for (const std::uint32_t field : Children(tree_, item)) {
      if (tree_.nodes[field].begin < open) continue;
      begin_line(indent_step, blank);
      lay_out(end_of(field), indent_step);
      blank = Blank::as_written;
    }
    const bool empty = blank == Blank::never && !behind_comment_[at_];
    if (empty) {
      tokens_[at_].glued = true;
    } else {
      print_comments(next_byte(), indent_step, blank);
      new_line(next_byte(), 0, Blank::never);
    }
    print_token(0);
  }

  /// The tokens from here to `end`, on one line if they fit; otherwise broken at the outermost
  /// places, and each part so again.
  void lay_out(std::size_t end, int indent) {
    const int level = fits(end) ? no_level : outermost_level(end);
    if (level == no_level) {
      while (at_ < end) print_token(indent + indent_step);
      return;
    }
    while (at_ < end) {
      const std::size_t part = end_of_part(end, level);
      lay_out(part, indent + indent_step);
      if (at_ == end) return;
      const Token& next = tokens_[at_];
      const bool room = column_ + 1 + width(at_, end_of_part(end, level)) <= widest;
      const bool stay = next.break_before == Break::fill && room && !behind_comment_[at_];
      if (stay) continue;
      const bool closes = next.break_before == Break::close;
      begin_line(indent + indent_step, Blank::never_again, closes ? indent : indent + indent_step);
    }
  }

  static constexpr int no_level = std::numeric_limits<int>::max();

  int outermost_level(std::size_t end) const {
    int level = no_level;
    for (std::size_t i = at_ + 1; i < end; ++i) {
      if (tokens_[i].break_before != Break::never) level = std::min<int>(level, tokens_[i].level);
    }
    return level;
  }

  std::size_t end_of_part(std::size_t end, int level) const {
    for (std::size_t i = at_ + 1; i < end; ++i) {
      if (tokens_[i].break_before != Break::never && tokens_[i].level == level) return i;
    }
    return end;
  }

  bool fits(std::size_t end) const {
    for (std::size_t i = at_ + 1; i < end; ++i) {
      if (tokens_[i].break_before == Break::always || behind_comment_[i]) return false;
    }
    const int lead = tokens_[at_].glued || fresh_line_ ? 0 : 1;
    return column_ + lead + width(at_, end) <= widest;
  }

  /// Columns of tokens on one line; of a text of several lines the first counts.
  int width(std::size_t begin, std::size_t end) const {
    int sum = 0;
    for (std::size_t i = begin; i < end && sum <= widest; ++i) {
      if (i > begin && !tokens_[i].glued) ++sum;
      const std::string_view w = word(i);
      sum += columns(w.substr(0, w.find('\n')));
    }
    return sum;
  }

  // --- tokens, lines, comments

  std::string_view word(std::size_t token) const {
    return text_.substr(tokens_[token].begin, tokens_[token].end - tokens_[token].begin);
  }

  /// The first token behind a node.
  std::size_t end_of(std::uint32_t node) const {
    const auto behind =
        std::ranges::lower_bound(tokens_.begin() + static_cast<std::ptrdiff_t>(at_), tokens_.end(),
                                 tree_.nodes[node].end, {}, &Token::begin);
    return static_cast<std::size_t>(behind - tokens_.begin());
  }

  /// The next token. Where a comment stands in front, the token goes to a new line.
  void print_token(int indent) {
    if (!fresh_line_ && behind_comment_[at_]) begin_line(indent, Blank::never_again);
    if (!fresh_line_ && !tokens_[at_].glued) append(" ");
    append(word(at_));
    fresh_line_ = false;
    written_ = tokens_[at_].end;
    ++at_;
  }

  /// A new line for the next token, behind the comments that stand in front of it. `blank`: whether
  /// the first of them may stand behind an empty line; the others stand as they were written.
  void begin_line(int indent, Blank blank) { begin_line(indent, blank, indent); }
  void begin_line(int comment_indent, Blank blank, int indent) {
    blank = print_comments(next_byte(), comment_indent, blank);
    new_line(next_byte(), indent, blank);
  }

  /// The comments in front of `end`. One that stands behind something stays there.
  Blank print_comments(std::uint32_t end, int indent, Blank blank) {
    while (comment_ < tree_.comments.size() && tree_.comments[comment_].begin < end) {
      const Comment& comment = tree_.comments[comment_++];
      const bool stays = !out_.empty() && !after_comment_ && lines_before(comment.begin) == 0;
      if (stays) {
        append("  ");
      } else {
        new_line(comment.begin, indent, blank);
        if (blank != Blank::never_again) blank = Blank::as_written;
      }
      append(text_.substr(comment.begin, comment.end - comment.begin));
      written_ = comment.end;
      after_comment_ = true;
      fresh_line_ = false;
    }
    return blank;
  }

  std::uint32_t next_byte() const { return tokens_[at_].begin; }

  /// Line ends between what was written last and `next`, in the source.
  std::ptrdiff_t lines_before(std::uint32_t next) const {
    const std::string_view between = text_.substr(written_, next - written_);
    return std::ranges::count(between, '\n');
  }

  void new_line(std::uint32_t next, int indent, Blank blank) {
    if (!out_.empty()) {
      out_ += '\n';
      const bool empty_line =
          blank == Blank::always || (blank == Blank::as_written && lines_before(next) > 1);
      if (empty_line) out_ += '\n';
    }
    out_.append(static_cast<std::size_t>(indent), ' ');
    column_ = indent;
    fresh_line_ = true;
    after_comment_ = false;
  }

  void append(std::string_view piece) {
    out_ += piece;
    const std::size_t newline = piece.rfind('\n');
    if (newline == std::string_view::npos) {
      column_ += columns(piece);
    } else {
      column_ = columns(piece.substr(newline + 1));
    }
  }

  const Tree& tree_;
  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<bool>
      behind_comment_;         // of each token: a comment stands between it and the one before
  std::size_t at_ = 0;         // next token
  std::size_t comment_ = 0;    // next comment
  std::uint32_t written_ = 0;  // end of what was written last, in the source
  std::string out_;
  int column_ = 0;
  bool fresh_line_ = true;      // nothing but indent stands in this line
  bool after_comment_ = false;  // a comment ends this line
};

/// What a tree says, token by token; commas aside, since some may be left out.
std::vector<std::string_view> words_of(const Tree& tree, const Sources& sources) {
  const std::string_view text = sources.at(tree.source).text;
  std::vector<std::string_view> words;
  for (const Token& token : tokens_of(tree, sources)) {
    const std::string_view word = text.substr(token.begin, token.end - token.begin);
    if (word != ",") words.push_back(word);
  }
  return words;
}

std::vector<std::string_view> comments_of(const Tree& tree, const Sources& sources) {
  std::vector<std::string_view> comments;
  for (const Comment& c : tree.comments) {
    comments.push_back(sources.text({tree.source, c.begin, c.end}));
  }
  return comments;
}

}  // namespace

std::string format(const Tree& tree, const Sources& sources) {
  return Printer(tree, sources).print();
}

bool same_meaning(const Tree& a, const Sources& sources_a, const Tree& b,
                  const Sources& sources_b) {
  const auto same_node = [](const Node& m, const Node& n) {
    return m.kind == n.kind && m.size == n.size;
  };
  return std::ranges::equal(a.nodes, b.nodes, same_node) &&
         words_of(a, sources_a) == words_of(b, sources_b) &&
         comments_of(a, sources_a) == comments_of(b, sources_b);
}

}  // namespace fmx::dsl
