#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dsl/syntax.hpp"

namespace fmx::dsl {

/// Builds a Tree while the parser tries, fails and goes on.
///
/// Nodes are kept in postorder (a node behind its children), where a node can still take in the one
/// in front of it (`a` when `above 3` follows) and a failed attempt is undone by cutting the end
/// off. `finish` turns them round into the tree's preorder, once.
class TreeBuilder {
 public:
  explicit TreeBuilder(std::string_view text) : text_(text) {}

  /// Where a node may begin.
  struct Mark {
    std::size_t nodes = 0;
    std::uint32_t begin = 0;
  };

  Mark mark(std::uint32_t at) const { return {nodes_.size(), at}; }

  /// Makes all nodes since `mark` the children of a new one. It ends before the blanks that lie in
  /// front of `at`.
  void close(Mark mark, Kind kind, std::uint32_t at) {
    nodes_.push_back({kind, mark.begin, end_of_token(at), size_since(mark) + 1});
  }

  /// The same, if there are at least two children; otherwise the one child stands for itself.
  void close_if_several(Mark mark, Kind kind, std::uint32_t at) {
    if (nodes_.back().size < size_since(mark)) close(mark, kind, at);
  }

  /// The same, with the node in front of `mark` as first child.
  void close_with_left(Mark mark, Kind kind, std::uint32_t at) {
    const Node& left = nodes_[mark.nodes - 1];
    close({mark.nodes - left.size, left.begin}, kind, at);
  }

  /// Forgets what was built since `mark`.
  void undo(Mark mark) {
    if (nodes_.size() > mark.nodes) nodes_.resize(mark.nodes);
  }

  /// Forgets the node in front of `mark`, which is the last that was built.
  void undo_left(Mark mark) {
    undo(mark);
    nodes_.resize(nodes_.size() - nodes_.back().size);
  }

  /// Blanks and comments from `begin` to `end` were passed over.
  void skipped(std::uint32_t begin, std::uint32_t end) {
    skip_begin_ = begin;
    skip_end_ = end;
  }

  /// The kind of the node that was built last; `file` where there is none.
  Kind last_kind() const { return nodes_.empty() ? Kind::file : nodes_.back().kind; }

  /// A comment; one that is met again after a failed attempt counts once.
  void comment(std::uint32_t begin, std::uint32_t end);

  Tree finish(std::uint32_t source);

 private:
  std::uint32_t size_since(Mark mark) const {
    return static_cast<std::uint32_t>(nodes_.size() - mark.nodes);
  }

  /// `at`, or where the blanks and comments in front of it begin.
  std::uint32_t end_of_token(std::uint32_t at) const {
    return at == skip_end_ ? skip_begin_ : before_blanks(at);
  }
  std::uint32_t before_blanks(std::uint32_t at) const;

  std::string_view text_;
  std::vector<Node> nodes_;  // postorder
  std::vector<Comment> comments_;
  std::uint32_t skip_begin_ = 0, skip_end_ = 0;  // the last blanks passed over
};

}  // namespace fmx::dsl
