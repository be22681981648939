#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "knowledge/graph.hpp"

namespace fmx {
namespace {

constexpr std::array node_names{"metric",     "param", "table", "finding", "pattern",
                                "phenomenon", "fix",   "check", "source",  "delegate"};
constexpr std::array edge_names{"reads",     "shows",     "never",       "leads to", "instance of",
                                "kind of",   "resembles", "analogy",     "via",      "cures",
                                "carries",   "changes",   "contradicts", "reveals",  "tells apart",
                                "delegates", "cites"};

/// Writes down nodes kind by kind, then the edges between them.
class Builder {
 public:
  explicit Builder(const Knowledge& knowledge) : knowledge_(knowledge) {}

  KnowledgeGraph build() {
    add_nodes(NodeKind::metric, knowledge_.metrics);
    add_nodes(NodeKind::param, knowledge_.params);
    start(NodeKind::table);
    for (const Relation& relation : knowledge_.relations) {
      graph_.nodes.push_back({relation.id, NodeKind::table, relation.name});
    }
    add_nodes(NodeKind::finding, knowledge_.findings);
    add_nodes(NodeKind::pattern, knowledge_.patterns);
    add_nodes(NodeKind::phenomenon, knowledge_.phenomena);
    add_nodes(NodeKind::fix, knowledge_.fixes);
    add_nodes(NodeKind::check, knowledge_.checks);
    add_nodes(NodeKind::source, knowledge_.works);
    add_nodes(NodeKind::delegate, knowledge_.delegates);

    for (const Rule& rule : knowledge_.rules) {
      add_reads(node(NodeKind::table, rule.relation), rule.body);
    }
    add_findings();
    add_patterns();
    add_fixes();
    add_checks();
    add_analogies();
    add_delegates();
    add_citations();
    sort_edges();
    return std::move(graph_);
  }

 private:
  void start(NodeKind kind) { first_[static_cast<std::size_t>(kind)] = graph_.nodes.size(); }

  template <class T>
  void add_nodes(NodeKind kind, const std::vector<T>& entities) {
    start(kind);
    for (const Entity& entity : entities) graph_.nodes.push_back({entity.id, kind, entity.title});
  }

  std::size_t node(NodeKind kind, std::size_t index) const {
    return first_[static_cast<std::size_t>(kind)] + index;
  }

  void add(std::size_t from, EdgeKind kind, std::size_t to, std::optional<double> weight = {},
           std::string label = {}) {
    graph_.edges.push_back({from, to, kind, weight, std::move(label)});
  }

  void add_reads(std::size_t reader, const Expression& expression) {
    const auto read = [&](NodeKind kind) {
      add(reader, EdgeKind::reads, node(kind, expression.index));
    };
    if (expression.kind == Expression::Kind::metric) read(NodeKind::metric);
    if (expression.kind == Expression::Kind::parameter) read(NodeKind::param);
    if (expression.kind == Expression::Kind::finding) read(NodeKind::finding);
    if (expression.kind == Expression::Kind::atom) read(NodeKind::table);
    for (const Expression& operand : expression.operands) add_reads(reader, operand);
    if (!expression.window) return;
    for (const Expression& bound : expression.window->bounds) add_reads(reader, bound);
  }

  void add_findings() {
    for (std::size_t i = 0; i < knowledge_.findings.size(); ++i) {
      const Finding& finding = knowledge_.findings[i];
      add_reads(node(NodeKind::finding, i), finding.when);
      if (finding.since) add_reads(node(NodeKind::finding, i), *finding.since);
    }
  }

  void add_patterns() {
    for (std::size_t i = 0; i < knowledge_.patterns.size(); ++i) {
      const Pattern& pattern = knowledge_.patterns[i];
      const std::size_t self = node(NodeKind::pattern, i);
      for (const Expression& need : pattern.needs) add_reads(self, need);
      for (const Risk& risk : pattern.risks) add_reads(self, risk.when);
      for (const Link& link : pattern.shows) {
        add(self, EdgeKind::shows, node(NodeKind::finding, link.finding), link.probability);
      }
      for (const Link& link : pattern.never) {
        add(self, EdgeKind::never, node(NodeKind::finding, link.finding), link.probability);
      }
      for (const Leads& leads : pattern.leads_to) {
        add(self, EdgeKind::leads_to, node(NodeKind::pattern, leads.pattern), leads.probability);
      }
      for (const Index phenomenon : pattern.instance_of) {
        add(self, EdgeKind::instance_of, node(NodeKind::phenomenon, phenomenon));
      }
      for (const Index general : pattern.kind_of) {
        add(self, EdgeKind::kind_of, node(NodeKind::pattern, general));
      }
      for (const Resembles& other : pattern.resembles) add_resembles(self, other);
    }
  }

  void add_resembles(std::size_t self, const Resembles& resembles) {
    const std::size_t other = node(NodeKind::pattern, resembles.pattern);
    add(self, EdgeKind::resembles, other);
    if (!resembles.check) return;
    const std::size_t check = node(NodeKind::check, *resembles.check);
    add(check, EdgeKind::tells_apart, self, {}, graph_.nodes[other].id);
    add(check, EdgeKind::tells_apart, other, {}, graph_.nodes[self].id);
  }

  void add_fixes() {
    for (std::size_t i = 0; i < knowledge_.fixes.size(); ++i) {
      const Fix& fix = knowledge_.fixes[i];
      const std::size_t self = node(NodeKind::fix, i);
      for (const Cure& cure : fix.cures) {
        add(self, EdgeKind::cures, node(NodeKind::pattern, cure.pattern), cure.probability);
      }
      for (const ParamChange& change : fix.changes) {
        add(self, EdgeKind::changes, node(NodeKind::param, change.param));
        add_reads(self, change.to);
      }
      for (const Contradiction& other : fix.contradicts) {
        add(self, EdgeKind::contradicts, node(NodeKind::fix, other.fix));
      }
      if (fix.verify) add_reads(self, *fix.verify);
      for (const Expression& when : fix.when) add_reads(self, when);
      for (const Exception& unless : fix.unless) {
        if (unless.when) add_reads(self, *unless.when);
      }
    }
  }

  void add_checks() {
    for (std::size_t i = 0; i < knowledge_.checks.size(); ++i) {
      for (const Index finding : knowledge_.checks[i].reveals) {
        add(node(NodeKind::check, i), EdgeKind::reveals, node(NodeKind::finding, finding));
      }
    }
  }

  void add_analogies() {
    for (const Analogy& analogy : knowledge_.analogies) {
      const std::size_t a = node(NodeKind::pattern, analogy.a);
      const std::size_t b = node(NodeKind::pattern, analogy.b);
      add(a, EdgeKind::analogy, b, analogy.strength, analogy.id);
      if (analogy.via) {
        add(a, EdgeKind::via, node(NodeKind::phenomenon, *analogy.via), {}, analogy.id);
        add(b, EdgeKind::via, node(NodeKind::phenomenon, *analogy.via), {}, analogy.id);
      }
      for (const Carried& carried : analogy.carries) {
        if (carried.fix) {
          add(node(NodeKind::fix, *carried.fix), EdgeKind::carries, a, {}, analogy.id);
        }
      }
      for (const Index work : analogy.cites) {
        add(a, EdgeKind::cites, node(NodeKind::source, work), {}, analogy.id);
      }
    }
  }

  void add_delegates() {
    for (std::size_t i = 0; i < knowledge_.delegates.size(); ++i) {
      for (const Index pattern : knowledge_.delegates[i].patterns) {
        add(node(NodeKind::delegate, i), EdgeKind::delegates, node(NodeKind::pattern, pattern));
      }
    }
  }

  template <class T>
  void add_citations_of(NodeKind kind, const std::vector<T>& entities) {
    for (std::size_t i = 0; i < entities.size(); ++i) {
      for (const Index work : entities[i].cites) {
        add(node(kind, i), EdgeKind::cites, node(NodeKind::source, work));
      }
    }
  }

  void add_citations() {
    add_citations_of(NodeKind::metric, knowledge_.metrics);
    add_citations_of(NodeKind::param, knowledge_.params);
    add_citations_of(NodeKind::finding, knowledge_.findings);
    add_citations_of(NodeKind::pattern, knowledge_.patterns);
    add_citations_of(NodeKind::phenomenon, knowledge_.phenomena);
    add_citations_of(NodeKind::fix, knowledge_.fixes);
    add_citations_of(NodeKind::check, knowledge_.checks);
    add_citations_of(NodeKind::source, knowledge_.works);
    add_citations_of(NodeKind::delegate, knowledge_.delegates);
  }

  /// A condition may name a metric many times, and two `resembles` one check: one edge says it.
  void sort_edges() {
    const auto key = [](const KnowledgeGraph::Edge& edge) {
      return std::tie(edge.from, edge.kind, edge.to, edge.label);
    };
    auto& edges = graph_.edges;
    std::ranges::stable_sort(edges, {}, key);
    const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
    edges.erase(std::unique(edges.begin(), edges.end(), same), edges.end());
  }

  const Knowledge& knowledge_;
  KnowledgeGraph graph_;
  std::array<std::size_t, node_names.size()> first_{};  // index of the first node of each kind
};

}  // namespace

std::string_view name_of(NodeKind kind) { return node_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(EdgeKind kind) { return edge_names[static_cast<std::size_t>(kind)]; }

KnowledgeGraph graph_of(const Knowledge& knowledge) { return Builder(knowledge).build(); }

}  // namespace fmx
