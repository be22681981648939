#include "dsl/tree_builder.hpp"

#include <utility>

namespace fmx::dsl {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Turns postorder into preorder: reading backwards, a node's place is known before its children's,
/// and its children take the room behind it from the last to the first.
std::vector<Node> preorder(const std::vector<Node>& postorder) {
  std::vector<Node> nodes(postorder.size());
  std::vector<std::uint32_t>
      room_ends;  // of the open ancestors: where their next child (from behind) ends
  std::vector<std::uint32_t> begins;
  for (std::size_t i = postorder.size(); i-- > 0;) {
    const Node& node = postorder[i];
    while (!begins.empty() && room_ends.back() == begins.back() + 1) {
      begins.pop_back();
      room_ends.pop_back();
    }
    const std::uint32_t end =
        room_ends.empty() ? static_cast<std::uint32_t>(nodes.size()) : room_ends.back();
    const std::uint32_t begin = end - node.size;
    if (!room_ends.empty()) room_ends.back() = begin;
    nodes[begin] = node;
    if (node.size > 1) {
      begins.push_back(begin);
      room_ends.push_back(end);
    }
  }
  return nodes;
}

}  // namespace

void TreeBuilder::comment(std::uint32_t begin, std::uint32_t end) {
  if (!comments_.empty() && begin <= comments_.back().begin) return;
  while (end > begin && is_blank(text_[end - 1])) --end;
  comments_.push_back({begin, end});
}

std::uint32_t TreeBuilder::before_blanks(std::uint32_t at) const {
  std::size_t comments = comments_.size();
  for (;;) {
    while (at > 0 && is_blank(text_[at - 1])) --at;
    while (comments > 0 && comments_[comments - 1].end > at) --comments;
    if (comments == 0 || comments_[comments - 1].end != at) return at;
    at = comments_[--comments].begin;
  }
}

Tree TreeBuilder::finish(std::uint32_t source) {
  return {source, preorder(nodes_), std::move(comments_)};
}

}  // namespace fmx::dsl
