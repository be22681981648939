#include "knowledge/graph.hpp"

#include <algorithm>

#include "tests/catch.hpp"

using namespace fmx;
using Ways = std::vector<std::vector<std::string>>;

namespace {

template <class T>
T named(std::string name) {
  T entity;
  entity.id = "p." + name;
  entity.name = name;
  entity.pack = "p";
  entity.title = "The " + name;
  return entity;
}

Expression reading(Expression::Kind kind, std::uint32_t index) {
  Expression expression;
  expression.kind = kind;
  expression.index = index;
  return expression;
}

Expression call(std::vector<Expression> operands) {
  Expression expression;
  expression.kind = Expression::Kind::call;
  expression.operands = std::move(operands);
  return expression;
}

/// Two fields, one phenomenon: `cliff` and `stiff` are instances of it; `blowup` follows from
/// `cliff`, and back; `odd` has nothing to do with any.
Knowledge two_fields() {
  Knowledge k;
  k.metrics = {named<Metric>("loss"), named<Metric>("norm")};
  k.params = {named<Param>("rate")};
  k.phenomena = {named<Phenomenon>("overshoot")};
  k.works = {named<SourceWork>("paper")};

  auto diverges = named<Finding>("diverges");
  diverges.when =
      call({reading(Expression::Kind::metric, 0), reading(Expression::Kind::metric, 0)});
  auto spikes = named<Finding>("spikes");
  spikes.when = call({reading(Expression::Kind::metric, 1), reading(Expression::Kind::finding, 0)});
  k.findings = {diverges, spikes};

  auto blowup = named<Pattern>("blowup"), cliff = named<Pattern>("cliff"),
       odd = named<Pattern>("odd"), stiff = named<Pattern>("stiff");
  cliff.shows = {{.finding = 0, .probability = 0.7, .span = {}}};
  cliff.never = {{.finding = 1, .probability = 0.02, .span = {}}};
  cliff.leads_to = {{.pattern = 0, .probability = 0.3}};
  cliff.instance_of = {0};
  cliff.risks = {
      {.when = call({reading(Expression::Kind::parameter, 0)}), .factor = 4, .span = {}}};
  cliff.resembles = {{.pattern = 0, .check = 0, .how = ""}};
  cliff.cites = {0};
  blowup.leads_to = {{.pattern = 1, .probability = 0.1}};
  blowup.kind_of = {1};
  stiff.instance_of = {0};
  k.patterns = {blowup, cliff, odd, stiff};

  auto smaller = named<Fix>("smaller_step");
  smaller.cures = {{.pattern = 1, .probability = 0.85}};
  smaller.changes = {{.param = 0, .to = reading(Expression::Kind::parameter, 0)}};
  auto implicit = named<Fix>("implicit_step");
  implicit.cures = {{.pattern = 3, .probability = 0.9}};
  implicit.contradicts = {{.fix = 1, .because = "it needs none"}};
  k.fixes = {implicit, smaller};

  auto rerun = named<Check>("rerun");
  rerun.reveals = {1};
  k.checks = {rerun};

  auto analogy = named<Analogy>("cliff_stiff");
  analogy.a = 1;
  analogy.b = 3;
  analogy.via = 0;
  analogy.strength = 0.9;
  analogy.carries = {{.fix = 0, .what = "", .as = "proximal step", .because = ""}};
  k.analogies = {analogy};

  auto auditor = named<Delegate>("auditor");
  auditor.patterns = {0};
  k.delegates = {auditor};
  return k;
}

std::string spelt(const KnowledgeGraph& graph, const KnowledgeGraph::Edge& edge) {
  return graph.nodes[edge.from].id.substr(2) + " " + std::string(name_of(edge.kind)) + " " +
         graph.nodes[edge.to].id.substr(2);
}

std::vector<std::string> edges_of(const KnowledgeGraph& graph) {
  std::vector<std::string> all;
  for (const auto& edge : graph.edges) all.push_back(spelt(graph, edge));
  return all;
}

std::size_t at(const KnowledgeGraph& graph, std::string_view name) {
  return find_node(graph, name).value();
}

std::vector<std::string> names(const KnowledgeGraph& graph, const std::vector<std::size_t>& nodes) {
  std::vector<std::string> all;
  for (const std::size_t node : nodes) all.push_back(graph.nodes[node].id.substr(2));
  return all;
}

Ways names(const KnowledgeGraph& graph, const std::vector<std::vector<std::size_t>>& groups) {
  Ways all;
  for (const auto& group : groups) all.push_back(names(graph, group));
  return all;
}

}  // namespace

TEST_CASE("every entity is a node and every relation an edge, in one order") {
  const KnowledgeGraph graph = graph_of(two_fields());
  REQUIRE(graph.nodes.size() == 15);
  CHECK(graph.nodes[0].id == "p.loss");
  CHECK(graph.nodes[0].title == "The loss");
  CHECK(graph.nodes[0].kind == NodeKind::metric);
  CHECK(graph.nodes.back().kind == NodeKind::delegate);

  CHECK(edges_of(graph) == std::vector<std::string>{"diverges reads loss",
                                                    "spikes reads norm",
                                                    "spikes reads diverges",
                                                    "blowup leads to cliff",
                                                    "blowup kind of cliff",
                                                    "cliff reads rate",
                                                    "cliff shows diverges",
                                                    "cliff never spikes",
                                                    "cliff leads to blowup",
                                                    "cliff instance of overshoot",
                                                    "cliff resembles blowup",
                                                    "cliff analogy stiff",
                                                    "cliff via overshoot",
                                                    "cliff cites paper",
                                                    "stiff instance of overshoot",
                                                    "stiff via overshoot",
                                                    "implicit_step cures stiff",
                                                    "implicit_step carries cliff",
                                                    "implicit_step contradicts smaller_step",
                                                    "smaller_step reads rate",
                                                    "smaller_step cures cliff",
                                                    "smaller_step changes rate",
                                                    "rerun reveals spikes",
                                                    "rerun tells apart blowup",
                                                    "rerun tells apart cliff",
                                                    "auditor delegates blowup"});
}

TEST_CASE("probabilities, strengths and analogies stand on their edges") {
  const KnowledgeGraph graph = graph_of(two_fields());
  const auto edge = [&](std::string_view text) {
    return *std::ranges::find_if(graph.edges,
                                 [&](const auto& e) { return spelt(graph, e) == text; });
  };
  CHECK(edge("cliff shows diverges").weight == 0.7);
  CHECK(edge("cliff never spikes").weight == 0.02);
  CHECK(edge("cliff leads to blowup").weight == 0.3);
  CHECK(edge("smaller_step cures cliff").weight == 0.85);
  CHECK(edge("cliff analogy stiff").weight == 0.9);
  CHECK(edge("cliff analogy stiff").label == "p.cliff_stiff");
  CHECK(edge("implicit_step carries cliff").label == "p.cliff_stiff");
  CHECK(edge("rerun tells apart cliff").label == "p.blowup");
  CHECK(!edge("diverges reads loss").weight);
}

TEST_CASE("windows and rules are read too") {
  Knowledge k;
  k.metrics = {named<Metric>("loss")};
  k.findings = {named<Finding>("late"), named<Finding>("stalls")};
  k.relations = {{.id = "p.task", .name = "task", .pack = "p", .arity = 1, .table = true},
                 {.id = "p.waits", .name = "waits", .pack = "p", .arity = 2}};
  auto rule = named<Rule>("waits");
  rule.relation = 1;
  rule.body = reading(Expression::Kind::atom, 0);
  k.rules = {rule};
  k.findings[1].when = reading(Expression::Kind::metric, 0);
  k.findings[1].when.window.emplace();
  k.findings[1].when.window->bounds = {reading(Expression::Kind::finding, 0)};
  k.findings[0].when = reading(Expression::Kind::atom, 1);

  CHECK(edges_of(graph_of(k)) == std::vector<std::string>{"waits reads task", "late reads waits",
                                                          "stalls reads loss",
                                                          "stalls reads late"});
}

TEST_CASE("a node is found by its id or by a name that only one has") {
  Knowledge k = two_fields();
  auto rate = named<Metric>("rate");
  k.metrics.push_back(rate);
  const KnowledgeGraph graph = graph_of(k);
  CHECK(graph.nodes[find_node(graph, "cliff").value()].kind == NodeKind::pattern);
  CHECK(find_node(graph, "p.cliff") == find_node(graph, "cliff"));
  CHECK(!find_node(graph, "rate"));   // a metric and a param
  CHECK(find_node(graph, "p.rate"));  // the first of them
  CHECK(!find_node(graph, "cliffs"));
  CHECK(!find_node(graph, "liff"));
}

TEST_CASE("neighbours and rings go both ways along edges") {
  const KnowledgeGraph graph = graph_of(two_fields());
  CHECK(names(graph, neighbours(graph, at(graph, "diverges"))) ==
        std::vector<std::string>{"loss", "spikes", "cliff"});
  CHECK(names(graph, neighbours(graph, at(graph, "odd"))).empty());

  const Ways around_loss = names(graph, rings(graph, at(graph, "loss"), 2));
  CHECK(around_loss == Ways{{"loss"}, {"diverges"}, {"spikes", "cliff"}});
  CHECK(names(graph, rings(graph, at(graph, "odd"), 5)) == Ways{{"odd"}});
}

TEST_CASE("what lies around a node is a graph of its own") {
  const KnowledgeGraph graph = graph_of(two_fields());
  const KnowledgeGraph part = around(graph, at(graph, "overshoot"), 1);
  REQUIRE(part.nodes.size() == 3);
  CHECK(edges_of(part) == std::vector<std::string>{"cliff instance of overshoot",
                                                   "cliff analogy stiff", "cliff via overshoot",
                                                   "stiff instance of overshoot",
                                                   "stiff via overshoot"});
}

TEST_CASE("patterns of two fields are kin through their phenomenon or an analogy") {
  Knowledge k = two_fields();
  KnowledgeGraph graph = graph_of(k);
  CHECK(names(graph, kinship(graph, at(graph, "cliff"), at(graph, "stiff"))) ==
        Ways{{"cliff", "stiff"}});

  k.analogies.clear();
  graph = graph_of(k);
  CHECK(names(graph, kinship(graph, at(graph, "blowup"), at(graph, "stiff"))) ==
        Ways{{"blowup", "cliff", "overshoot", "stiff"}});
  CHECK(kinship(graph, at(graph, "odd"), at(graph, "stiff")).empty());
  CHECK(names(graph, kinship(graph, at(graph, "odd"), at(graph, "odd"))) == Ways{{"odd"}});
}

TEST_CASE("all shortest ways are given, up to as many as wanted") {
  Knowledge k;
  k.phenomena = {named<Phenomenon>("x"), named<Phenomenon>("y"), named<Phenomenon>("z")};
  k.patterns = {named<Pattern>("a"), named<Pattern>("b")};
  for (Pattern& pattern : k.patterns) pattern.instance_of = {2, 0, 1};
  const KnowledgeGraph graph = graph_of(k);
  CHECK(names(graph, kinship(graph, 0, 1)) ==
        Ways{{"a", "x", "b"}, {"a", "y", "b"}, {"a", "z", "b"}});
  CHECK(kinship(graph, 0, 1, 2).size() == 2);
}

TEST_CASE("knowledge that nothing connects stands apart") {
  const KnowledgeGraph graph = graph_of(two_fields());
  const auto groups = components(graph);
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].size() == 14);
  CHECK(names(graph, groups[1]) == std::vector<std::string>{"odd"});
  CHECK(components(KnowledgeGraph{}).empty());
}

TEST_CASE("patterns that lead to one another are found as a cycle") {
  Knowledge k = two_fields();
  CHECK(names(graph_of(k), cycles(graph_of(k))) == Ways{{"blowup", "cliff"}});

  k.patterns[0].leads_to = {{.pattern = 2, .probability = 0.1}, {.pattern = 3, .probability = 0.1}};
  k.patterns[1].leads_to = {{.pattern = 0, .probability = 0.1}};
  k.patterns[2].leads_to = {{.pattern = 3, .probability = 0.1}};
  CHECK(cycles(graph_of(k)).empty());
  k.patterns[3].leads_to = {{.pattern = 1, .probability = 0.1}};  // blowup (odd) stiff cliff blowup
  CHECK(names(graph_of(k), cycles(graph_of(k))) == Ways{{"blowup", "stiff", "cliff"}});

  k.patterns[0].leads_to = {{.pattern = 0, .probability = 0.1}};
  CHECK(names(graph_of(k), cycles(graph_of(k))) == Ways{{"blowup"}});
  CHECK(cycles(KnowledgeGraph{}).empty());
}

TEST_CASE("a graph is drawn by Graphviz") {
  Knowledge k;
  k.findings = {named<Finding>("falls")};
  k.patterns = {named<Pattern>("cliff")};
  k.findings[0].title = "The \"loss\"\nfalls";
  k.patterns[0].shows = {{.finding = 0, .probability = 0.25, .span = {}}};
  CHECK(to_dot(graph_of(k)) ==
        R"(digraph knowledge {
  rankdir=LR;
  node [fontname="sans-serif"];
  n0 [label="The \"loss\" falls", shape=ellipse, tooltip="finding p.falls"];
  n1 [label="The cliff", shape=box, tooltip="pattern p.cliff"];
  n1 -> n0 [label="shows 0.25"];
}
)");
}
