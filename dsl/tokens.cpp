#include "dsl/tokens.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace fmx::dsl {
namespace {

using Break = Token::Break;

bool is_leaf(Kind kind) {
  return (kind >= Kind::name && kind <= Kind::wildcard) || kind == Kind::comparator ||
         kind == Kind::operator_word;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Walks over a tree and lists its tokens: leaves, and between them keywords and signs.
class Lister {
 public:
  Lister(const Tree& tree, std::string_view text) : tree_(tree), text_(text) {}

  std::vector<Token> list() {
    visit(0, 0);
    return std::move(tokens_);
  }

 private:
  void visit(std::uint32_t at, std::uint16_t level) {
    const Node& node = tree_.nodes[at];
    if (is_leaf(node.kind)) {
      add({node.begin, node.end});
      if (node.kind == Kind::unit) glue_if(text_[node.begin] == '%' || text_[node.begin] == 'x');
      return;
    }
    std::uint32_t byte = node.begin;
    for (const std::uint32_t child : Children(tree_, at)) {
      list_own(node, byte, tree_.nodes[child].begin, level);
      const std::size_t first = tokens_.size();
      visit(child, static_cast<std::uint16_t>(level + 1));
      if (const Break how = break_before_child(node, tree_.nodes[child]); how != Break::never) {
        tokens_[first].break_before = how;
        tokens_[first].level = level;
      }
      byte = tree_.nodes[child].end;
    }
    list_own(node, byte, node.end, level);
  }

  /// Keywords and signs of `node` itself, from `byte` to `end`.
  void list_own(const Node& node, std::uint32_t byte, std::uint32_t end, std::uint16_t level) {
    while (byte < end) {
      if (text_[byte] == '#') {
        byte = static_cast<std::uint32_t>(std::min<std::size_t>(text_.find('\n', byte), end));
      } else if (text_[byte] == ' ' || (text_[byte] >= '\t' && text_[byte] <= '\r')) {
        ++byte;
      } else {
        add({byte, end_of_token(byte)});
        byte = tokens_.back().end;
        place(node.kind, level);
      }
    }
  }

  std::uint32_t end_of_token(std::uint32_t byte) const {
    std::uint32_t end = byte;
    while (end < text_.size() && is_word_byte(text_[end])) ++end;
    if (end > byte) return end;
    const std::string_view two = text_.substr(byte, 2);
    return byte + (two == ".." || two == "->" ? 2 : 1);
  }

  void add(Token token) {
    token.glued = glue_next_;
    token.break_before = break_next_;
    token.level = level_next_;
    glue_next_ = false;
    break_next_ = Break::never;
    tokens_.push_back(token);
  }

  /// How the token just listed, a keyword or sign of a node of `kind`, stands among the others.
  void place(Kind kind, std::uint16_t level) {
    Token& token = tokens_.back();
    const std::string_view word = text_.substr(token.begin, token.end - token.begin);

    const bool opens = word == "(" || word == "[";
    const bool behind_name = kind == Kind::labels || kind == Kind::parameters ||
                             kind == Kind::call || kind == Kind::given_fact ||
                             kind == Kind::table || kind == Kind::family;
    const bool sign_of_number =
        word == "-" && (kind == Kind::negate || kind == Kind::signed_number);
    const bool set = kind == Kind::in;  // {"adam", "adamw"}
    glue_if(word == "," || word == ")" || word == "]" || (opens && behind_name) ||
            (word == ":" && kind == Kind::column) || (word == "}" && set));
    glue_next_ = opens || sign_of_number || (word == "{" && set);

    if (word == ",") break_next(kind == Kind::group ? Break::each : Break::fill, level);
    if (breaks_the_line(kind, word)) {
      token.break_before = Break::each;
      token.level = level;
    }
    const bool block =
        kind == Kind::group || kind == Kind::field_verify || kind == Kind::field_context;
    if (word == "{" && block) break_next(Break::each, level);
    if (word == "}" && block) {
      token.break_before = Break::close;
      token.level = level;
    }
  }

  static bool breaks_the_line(Kind kind, std::string_view word) {
    switch (kind) {
      case Kind::disjunction:
      case Kind::conjunction: return true;
      case Kind::field_resembles: return word == "because" || word == "tell";
      case Kind::field_carries: return word == "because" || word == "as";
      case Kind::field_contradicts:
      case Kind::field_severity:
      case Kind::field_risk_level: return word == "because";
      case Kind::field_disputed: return word == "because" || word == "against";
      case Kind::field_unless: return word == "when";
      default: return false;
    }
  }

  /// Members of a group may do without commas; entries of a context do, and stand in lines of their
  /// own where there are several.
  static Break break_before_child(const Node& parent, const Node& child) {
    if (parent.kind == Kind::group) return Break::each;
    if (parent.kind != Kind::field_context || child.kind != Kind::name) return Break::never;
    constexpr std::uint32_t one_entry = 3;  // nodes: the context, a name, a word
    return parent.size > one_entry ? Break::always : Break::each;
  }

  void glue_if(bool glued) { tokens_.back().glued = tokens_.back().glued || glued; }

  void break_next(Break how, std::uint16_t level) {
    break_next_ = how;
    level_next_ = level;
  }

  const Tree& tree_;
  std::string_view text_;
  std::vector<Token> tokens_;
  bool glue_next_ = false;
  Break break_next_ = Break::never;
  std::uint16_t level_next_ = 0;
};

}  // namespace

std::vector<Token> tokens_of(const Tree& tree, const Sources& sources) {
  return Lister(tree, sources.at(tree.source).text).list();
}

}  // namespace fmx::dsl
