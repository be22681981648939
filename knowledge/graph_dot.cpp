#include <fmt/format.h>

#include <array>
#include <iterator>

#include "knowledge/graph.hpp"

namespace fmx {
namespace {

/// Shape of a node, in the order of NodeKind.
constexpr std::array shapes{"cylinder", "note",    "tab",   "ellipse",   "box",
                            "octagon",  "hexagon", "house", "component", "cds"};

/// Text between quotes: `"` and `\` would end or change it.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result + '"';
}

}  // namespace

std::string to_dot(const KnowledgeGraph& graph) {
  std::string dot = "digraph knowledge {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n";
  auto out = std::back_inserter(dot);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const KnowledgeGraph::Node& node = graph.nodes[i];
    fmt::format_to(out, "  n{} [label={}, shape={}, tooltip={}];\n", i,
                   quoted(node.title.empty() ? node.id : node.title),
                   shapes[static_cast<std::size_t>(node.kind)],
                   quoted(fmt::format("{} {}", name_of(node.kind), node.id)));
  }
  for (const KnowledgeGraph::Edge& edge : graph.edges) {
    std::string label{name_of(edge.kind)};
    if (edge.weight) label += fmt::format(" {:.3g}", *edge.weight);
    fmt::format_to(out, "  n{} -> n{} [label={}{}];\n", edge.from, edge.to, quoted(label),
                   edge.kind == EdgeKind::analogy ? ", dir=both, style=dashed" : "");
  }
  return dot + "}\n";
}

}  // namespace fmx
