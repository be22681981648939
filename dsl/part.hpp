#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "dsl/syntax.hpp"

namespace fmx::dsl {

/// A node of a syntax tree together with the text it was read from: what lowering walks over. A
/// view: lives no longer than the tree and the sources.
class Part {
 public:
  Part(const Sources& sources, const Tree& tree, std::uint32_t node)
      : sources_(&sources), tree_(&tree), node_(node) {}

  Kind kind() const { return node().kind; }
  bool is(Kind kind) const { return node().kind == kind; }
  Span span() const { return {tree_->source, node().begin, node().end}; }
  std::string_view text() const { return sources_->text(span()); }
  const std::string& path() const { return sources_->at(tree_->source).path; }

  class Iterator {
   public:
    Iterator(const Part* parent, Children::Iterator at) : parent_(parent), at_(at) {}
    Part operator*() const { return {*parent_->sources_, *parent_->tree_, *at_}; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Part* parent_;
    Children::Iterator at_;
  };
  /// A part is the range of its children.
  Iterator begin() const { return {this, Children(*tree_, node_).begin()}; }
  Iterator end() const { return {this, Children(*tree_, node_).end()}; }

  bool leaf() const { return node().size == 1; }

  /// How many children there are.
  std::size_t count() const {
    std::size_t n = 0;
    for (auto it = begin(); it != end(); ++it) ++n;
    return n;
  }

  /// The child at `place`, if there are so many.
  std::optional<Part> at(std::size_t place) const {
    for (const Part child : *this) {
      if (place-- == 0) return child;
    }
    return {};
  }

  /// The first child of the kind.
  std::optional<Part> child(Kind kind) const {
    for (const Part child : *this) {
      if (child.is(kind)) return child;
    }
    return {};
  }

  /// Same place of the same text.
  friend bool operator==(const Part& a, const Part& b) {
    return a.tree_ == b.tree_ && a.node_ == b.node_;
  }

 private:
  const Node& node() const { return tree_->nodes[node_]; }

  const Sources* sources_;
  const Tree* tree_;
  std::uint32_t node_;
};

}  // namespace fmx::dsl
