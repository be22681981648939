#include "knowledge/graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/strong_components.hpp>
#include <limits>

namespace fmx {
namespace {

using Nodes = std::vector<std::size_t>;
using Undirected = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
using Directed = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

constexpr std::size_t out_of_reach = std::numeric_limits<std::size_t>::max();

bool any_kind(EdgeKind) { return true; }

/// Kinds that say that two patterns work by one mechanism.
bool of_mechanism(EdgeKind kind) {
  return kind == EdgeKind::instance_of || kind == EdgeKind::kind_of || kind == EdgeKind::analogy ||
         kind == EdgeKind::via;
}

bool leads(EdgeKind kind) { return kind == EdgeKind::leads_to; }

template <class Boost>
Boost with_edges(const KnowledgeGraph& graph, bool (*keeps)(EdgeKind)) {
  Boost result(graph.nodes.size());
  for (const KnowledgeGraph::Edge& edge : graph.edges) {
    if (keeps(edge.kind)) boost::add_edge(edge.from, edge.to, result);
  }
  return result;
}

/// Edges on the shortest way from `start` to each node; out_of_reach where there is none.
template <class Boost>
std::vector<std::size_t> distances(const Boost& graph, std::size_t start) {
  std::vector<std::size_t> steps(boost::num_vertices(graph), out_of_reach);
  steps[start] = 0;
  boost::breadth_first_search(graph, start,
                              boost::visitor(boost::make_bfs_visitor(
                                  boost::record_distances(steps.data(), boost::on_tree_edge{}))));
  return steps;
}

/// Nodes that an edge of `graph` leads to from `node`: ascending, each once.
template <class Boost>
Nodes next_to(const Boost& graph, std::size_t node) {
  const auto [begin, end] = boost::adjacent_vertices(node, graph);
  Nodes nodes(begin, end);
  std::ranges::sort(nodes);
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

/// All ways along `graph` whose every step comes nearer to where `left` is 0: a way's length is
/// left[its first node], so the recursion ends.
template <class Boost>
void walk_down(const Boost& graph, const std::vector<std::size_t>& left, Nodes& way,
               std::vector<Nodes>& found, std::size_t most) {
  if (found.size() == most) return;
  const std::size_t here = way.back();
  if (left[here] == 0) {
    found.push_back(way);
    return;
  }
  for (const std::size_t next : next_to(graph, here)) {
    if (left[next] == out_of_reach || left[next] + 1 != left[here]) continue;
    way.push_back(next);
    walk_down(graph, left, way, found, most);
    way.pop_back();
  }
}

}  // namespace

std::optional<std::size_t> find_node(const KnowledgeGraph& graph, std::string_view name) {
  const std::string ending = "." + std::string(name);
  std::optional<std::size_t> exact, by_ending;
  std::size_t same_ending = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const KnowledgeGraph::Node& node = graph.nodes[i];
    if (node.id == name && (!exact || node.kind == NodeKind::pattern)) exact = i;
    if (!node.id.ends_with(ending)) continue;
    by_ending = i;
    ++same_ending;
  }
  if (exact) return exact;
  return same_ending == 1 ? by_ending : std::nullopt;
}

Nodes neighbours(const KnowledgeGraph& graph, std::size_t node) {
  Nodes nodes = next_to(with_edges<Undirected>(graph, any_kind), node);
  std::erase(nodes, node);
  return nodes;
}

std::vector<Nodes> rings(const KnowledgeGraph& graph, std::size_t node, std::size_t furthest) {
  const auto steps = distances(with_edges<Undirected>(graph, any_kind), node);
  std::vector<Nodes> result;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i] == out_of_reach || steps[i] > furthest) continue;
    if (steps[i] >= result.size()) result.resize(steps[i] + 1);
    result[steps[i]].push_back(i);
  }
  return result;
}

KnowledgeGraph around(const KnowledgeGraph& graph, std::size_t node, std::size_t furthest) {
  const auto steps = distances(with_edges<Undirected>(graph, any_kind), node);
  KnowledgeGraph part;
  std::vector<std::size_t> renumbered(graph.nodes.size(), out_of_reach);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (steps[i] == out_of_reach || steps[i] > furthest) continue;
    renumbered[i] = part.nodes.size();
    part.nodes.push_back(graph.nodes[i]);
  }
  for (KnowledgeGraph::Edge edge : graph.edges) {
    edge.from = renumbered[edge.from];
    edge.to = renumbered[edge.to];
    if (edge.from != out_of_reach && edge.to != out_of_reach) part.edges.push_back(edge);
  }
  return part;
}

std::vector<Nodes> kinship(const KnowledgeGraph& graph, std::size_t from, std::size_t to,
                           std::size_t most) {
  const auto kin = with_edges<Undirected>(graph, of_mechanism);
  const auto left = distances(kin, to);
  std::vector<Nodes> found;
  if (left[from] == out_of_reach) return found;
  Nodes way{from};
  walk_down(kin, left, way, found, most);
  return found;
}

std::vector<Nodes> components(const KnowledgeGraph& graph) {
  if (graph.nodes.empty()) return {};
  std::vector<std::size_t> component(graph.nodes.size());
  const auto count =
      boost::connected_components(with_edges<Undirected>(graph, any_kind), component.data());
  std::vector<Nodes> result(count);
  for (std::size_t i = 0; i < component.size(); ++i) result[component[i]].push_back(i);
  std::ranges::sort(result, [](const Nodes& a, const Nodes& b) {
    return a.size() != b.size() ? a.size() > b.size() : a.front() < b.front();
  });
  return result;
}

std::vector<Nodes> cycles(const KnowledgeGraph& graph) {
  if (graph.nodes.empty()) return {};
  const auto led = with_edges<Directed>(graph, leads);
  std::vector<std::size_t> set_of(graph.nodes.size());
  const auto sets = boost::strong_components(led, set_of.data());

  std::vector<Nodes> found;
  std::vector<bool> done(sets);
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
    if (graph.nodes[node].kind != NodeKind::pattern || done[set_of[node]]) continue;
    done[set_of[node]] = true;
    // Out of the node, along the shortest way, to one that leads back to it.
    const auto away = distances(led, node);
    std::optional<std::size_t> last;
    for (const KnowledgeGraph::Edge& edge : graph.edges) {
      if (!leads(edge.kind) || edge.to != node || away[edge.from] == out_of_reach) continue;
      if (!last || away[edge.from] < away[*last]) last = edge.from;
    }
    if (!last) continue;
    Nodes cycle{*last};
    while (cycle.back() != node) {
      const auto before = std::ranges::find_if(graph.edges, [&](const KnowledgeGraph::Edge& edge) {
        return leads(edge.kind) && edge.to == cycle.back() &&
               away[edge.from] + 1 == away[cycle.back()];
      });
      cycle.push_back(before->from);
    }
    std::ranges::reverse(cycle);
    found.push_back(cycle);
  }
  return found;
}

}  // namespace fmx
