#include "src/commands/graph.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "dsl/suggest.hpp"
#include "knowledge/graph.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"
#include "src/reports/json_document.hpp"

namespace fmx::commands {
namespace {

using Json = nlohmann::ordered_json;

std::string as_json(const KnowledgeGraph& graph) {
  Json nodes = Json::array(), edges = Json::array();
  for (const KnowledgeGraph::Node& node : graph.nodes) {
    nodes.push_back({{"id", node.id}, {"kind", name_of(node.kind)}, {"title", node.title}});
  }
  for (const KnowledgeGraph::Edge& edge : graph.edges) {
    Json entry = {{"from", graph.nodes[edge.from].id},
                  {"to", graph.nodes[edge.to].id},
                  {"kind", name_of(edge.kind)}};
    if (edge.weight) entry["weight"] = *edge.weight;
    if (!edge.label.empty()) entry["label"] = edge.label;
    edges.push_back(std::move(entry));
  }
  const Json document = {
      {"schema", "fmx-graph/1"}, {"nodes", std::move(nodes)}, {"edges", std::move(edges)}};
  return reports::written(document);
}

/// The part of the graph that the options ask for.
Result<KnowledgeGraph, Problem> chosen(KnowledgeGraph whole, const GraphOptions& options) {
  if (options.around.empty()) return whole;
  const std::optional<std::size_t> node = find_node(whole, options.around);
  if (node) return around(whole, *node, options.within);
  std::vector<std::string_view> ids;
  for (const KnowledgeGraph::Node& known : whole.nodes) {
    ids.push_back(known.id);
    ids.push_back(std::string_view(known.id).substr(known.id.rfind('.') + 1));
  }
  const std::string meant = dsl::did_you_mean(options.around, ids);
  return Unexpected{Problem{
      "--around " + options.around, "the packs have nothing of that name, or several things",
      meant.empty() ? "give a full id, such as ml.optimization.lr_too_high" : meant}};
}

}  // namespace

int graph(const GraphOptions& options) {
  const Result<packs::Loaded, Problem> loaded = packs::load_with_defaults(options.packs);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);
  const Result<KnowledgeGraph, Problem> part = chosen(graph_of(loaded->knowledge), options);
  if (!part) return fail(part.error());
  const std::string text = options.format == "json" ? as_json(*part) : to_dot(*part);
  if (const std::optional<Problem> problem = print(text)) return fail(*problem);
  return done;
}

}  // namespace fmx::commands
