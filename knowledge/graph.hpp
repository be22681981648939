#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.hpp"

namespace fmx {

enum class NodeKind : std::uint8_t {
  metric,
  param,
  table,
  finding,
  pattern,
  phenomenon,
  fix,
  check,
  source,
  delegate
};

/// What one entity has to do with another, read from first to second.
enum class EdgeKind : std::uint8_t {
  reads,     ///< a finding, pattern, fix or derived table: the metrics, params, findings, tables it
             ///< looks at
  shows,     ///< pattern, finding; weight: P(finding | pattern)
  never,     ///< pattern, finding; weight: what seeing it leaves of the odds
  leads_to,  ///< pattern, pattern; weight: probability
  instance_of,  ///< pattern, phenomenon
  kind_of,      ///< pattern, more general pattern
  resembles,    ///< pattern, pattern
  analogy,      ///< pattern, pattern; weight: strength; label: the analogy
  via,          ///< either pattern of an analogy, its phenomenon; label: the analogy
  cures,        ///< fix, pattern; weight: probability
  carries,  ///< a fix of one field, the pattern of another that it helps with; label: the analogy
  changes,  ///< fix, param
  contradicts,  ///< fix, fix
  reveals,      ///< check, finding
  tells_apart,  ///< check, either of two patterns; label: the other one
  delegates,    ///< delegate, pattern
  cites,        ///< any, source; of an analogy: its first pattern; label: the analogy
};

std::string_view name_of(NodeKind kind);  ///< "metric", ...
std::string_view name_of(EdgeKind kind);  ///< as rules spell it: "leads to", ...

/// All that packs say, as things and what ties them.
///
/// Order   nodes by kind, then id; edges by first node, kind, second node, label. No edge stands
/// twice.
struct KnowledgeGraph {
  struct Node {
    std::string id;
    NodeKind kind = NodeKind::metric;
    std::string title;
  };
  struct Edge {
    std::size_t from = 0, to = 0;  ///< indices into nodes
    EdgeKind kind = EdgeKind::reads;
    std::optional<double> weight = {};
    std::string label = {};
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

KnowledgeGraph graph_of(const Knowledge& knowledge);

/// The node with this id; or, where no node has it as its id, the only one whose id ends in
/// `.name`. Where several kinds share an id, the pattern, else the first.
std::optional<std::size_t> find_node(const KnowledgeGraph& graph, std::string_view name);

/// Nodes that an edge ties to `node`, in either direction, ascending; never itself.
std::vector<std::size_t> neighbours(const KnowledgeGraph& graph, std::size_t node);

/// What surrounds `node`: [0] is itself, [k] the nodes k edges away, in either direction,
/// ascending. Ends with the last ring that is not empty, or with ring `furthest`.
std::vector<std::vector<std::size_t>> rings(const KnowledgeGraph& graph, std::size_t node,
                                            std::size_t furthest);

/// The nodes within `furthest` edges of `node`, and all edges among them.
KnowledgeGraph around(const KnowledgeGraph& graph, std::size_t node, std::size_t furthest);

/// All shortest ways from one pattern to another through what they are instances or kinds of and
/// through analogies, in either direction: each a sequence of nodes, both ends included. Empty
/// where there is none. At most `most` of them, the first in the order of nodes.
std::vector<std::vector<std::size_t>> kinship(const KnowledgeGraph& graph, std::size_t from,
                                              std::size_t to, std::size_t most = 16);

/// Groups of nodes that edges tie together, in either direction: largest first, then by first node;
/// each ascending. A group apart from the first is knowledge that nothing connects with the rest.
std::vector<std::vector<std::size_t>> components(const KnowledgeGraph& graph);

/// For every set of patterns that lead to one another, the shortest cycle through its first
/// pattern: each node leads to the next, the last to the first. Empty where `leads to` has no
/// cycle.
std::vector<std::vector<std::size_t>> cycles(const KnowledgeGraph& graph);

/// The graph in Graphviz's language, with shapes by kind.
std::string to_dot(const KnowledgeGraph& graph);

}  // namespace fmx
