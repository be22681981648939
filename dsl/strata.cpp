// Rules and findings must form layers, each of which rests on finished ones below it.

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "dsl/entities.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

struct Dependency {
  std::size_t from = 0, to = 0;
  bool whole = false;  ///< needs all that there is of `to`: under `not` or in an aggregate
  Span span;           ///< where it is written
};

/// Findings first, then relations.
class Dependencies {
 public:
  explicit Dependencies(const Knowledge& knowledge) : knowledge_(&knowledge) {
    for (std::size_t i = 0; i < knowledge.findings.size(); ++i) {
      add(i, knowledge.findings[i].when, false);
      if (knowledge.findings[i].since) add(i, *knowledge.findings[i].since, false);
    }
    for (const Rule& rule : knowledge.rules) add(relation(rule.relation), rule.body, false);
    from_.resize(size());
    for (std::size_t i = 0; i < all_.size(); ++i) from_[all_[i].from].push_back(i);
  }

  std::size_t size() const { return knowledge_->findings.size() + knowledge_->relations.size(); }
  const std::vector<Dependency>& all() const { return all_; }
  bool is_finding(std::size_t node) const { return node < knowledge_->findings.size(); }
  const std::string& name(std::size_t node) const {
    return is_finding(node) ? knowledge_->findings[node].name
                            : knowledge_->relations[node - knowledge_->findings.size()].name;
  }

  /// The shortest way from `start` to `goal`, dependency by dependency; empty where there is none,
  /// or where the two are one.
  std::vector<std::size_t> way(std::size_t start, std::size_t goal) const {
    std::vector<std::size_t> reached_by(size(), all_.size());
    std::deque<std::size_t> open{start};
    while (!open.empty() && start != goal) {
      const std::size_t node = open.front();
      open.pop_front();
      for (const std::size_t edge : from_[node]) {
        const std::size_t next = all_[edge].to;
        if (next == start || reached_by[next] != all_.size()) continue;
        reached_by[next] = edge;
        open.push_back(next);
      }
    }
    std::vector<std::size_t> edges;
    for (std::size_t node = goal; node != start; node = all_[edges.back()].from) {
      if (reached_by[node] == all_.size()) return {};
      edges.push_back(reached_by[node]);
    }
    std::reverse(edges.begin(), edges.end());
    return edges;
  }

 private:
  std::size_t relation(Index index) const { return knowledge_->findings.size() + index; }

  void add(std::size_t from, const Expression& e, bool whole) {
    if (e.kind == EKind::finding) all_.push_back({from, e.index, whole, e.span});
    if (e.kind == EKind::atom) all_.push_back({from, relation(e.index), whole, e.span});
    const bool negated = e.kind == EKind::operation && e.op == Operator::logical_not;
    const bool aggregated = e.kind == EKind::aggregate || e.kind == EKind::listed;
    const bool inside = whole || negated || aggregated;
    for (const Expression& operand : e.operands) add(from, operand, inside);
    if (!e.window) return;
    for (const Expression& bound : e.window->bounds) add(from, bound, inside);
  }

  const Knowledge* knowledge_;
  std::vector<Dependency> all_;
  std::vector<std::vector<std::size_t>> from_;
};

}  // namespace

void check_strata(const Knowledge& knowledge, Problems& problems) {
  const Dependencies dependencies(knowledge);
  std::vector<bool> reported(dependencies.size());
  for (const Dependency& d : dependencies.all()) {
    const bool finding = dependencies.is_finding(d.from) || dependencies.is_finding(d.to);
    if (!d.whole && !finding) continue;  // positive recursion among rules is sound
    if (reported[d.from] && reported[d.to]) continue;
    const auto back = dependencies.way(d.to, d.from);
    if (back.empty() && d.to != d.from) continue;

    std::string cycle = fmt::format("`{}`", dependencies.name(d.from));
    const auto step = [&](const Dependency& next) {
      cycle += fmt::format(" -> {}`{}`", next.whole ? "all of " : "", dependencies.name(next.to));
      reported[next.from] = reported[next.to] = true;
    };
    step(d);
    for (const std::size_t edge : back) step(dependencies.all()[edge]);
    Diagnostic diagnostic{
        .code = finding ? "finding-cycle" : "not-stratified",
        .message = finding
                       ? fmt::format("finding `{}` depends on itself", dependencies.name(d.from))
                       : fmt::format("`{}` needs itself to be complete before it is derived",
                                     dependencies.name(d.from)),
        .primary = {d.span, "the way back: " + cycle},
        .hint =
            finding
                ? "a finding rests on measurements and on other findings; cut the cycle"
                : "what stands under `not` or in an aggregate must not rest on the rule itself"};
    for (const std::size_t edge : back) {
      diagnostic.secondary.push_back({dependencies.all()[edge].span, "and here"});
    }
    problems.add(std::move(diagnostic));
  }
}

void check_kinds(const Knowledge& knowledge, Problems& problems) {
  const auto& patterns = knowledge.patterns;
  // 0: not seen, 1: on the way, 2: done.
  std::vector<int> state(patterns.size());
  std::vector<Index> way;
  const auto visit = [&](const auto& self, Index index) -> void {
    state[index] = 1;
    way.push_back(index);
    for (const Index general : patterns[index].kind_of) {
      if (state[general] == 0) self(self, general);
      if (state[general] != 1) continue;
      std::string cycle;
      const auto first = std::find(way.begin(), way.end(), general);
      for (auto it = first; it != way.end(); ++it)
        cycle += fmt::format("`{}` -> ", patterns[*it].name);
      problems.add(
          {.code = "kind-cycle",
           .message = fmt::format("`{}` is a kind of itself", patterns[general].name),
           .primary = {patterns[index].span, fmt::format("{}`{}`", cycle, patterns[general].name)},
           .hint = "`kind of` points from the special to the general"});
    }
    way.pop_back();
    state[index] = 2;
  };
  for (Index i = 0; i < patterns.size(); ++i) {
    if (state[i] == 0) visit(visit, i);
  }
}

}  // namespace fmx::dsl
