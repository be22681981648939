#include "engine/match/dependents.hpp"

#include <utility>

namespace fmx::engine {
namespace {

using Kind = Expression::Kind;
using Place = std::uint32_t;

std::uint32_t count(std::size_t size) { return static_cast<std::uint32_t>(size); }

bool counts_by_clock(Unit unit) {
  return unit == Unit::epochs || unit == Unit::tokens || unit == Unit::seconds;
}

}  // namespace

Dependents::Dependents(const Program& program, const Knowledge& knowledge) {
  at_.findings = count(program.size());
  at_.relations = at_.findings + count(knowledge.findings.size());
  at_.patterns = at_.relations + count(knowledge.relations.size());
  at_.metrics = at_.patterns + count(knowledge.patterns.size());
  at_.params = at_.metrics + count(knowledge.metrics.size());
  at_.symptoms = at_.params + count(knowledge.params.size());
  at_.log_lines = at_.symptoms + 1;
  at_.code = at_.symptoms + 2;
  at_.clocks = at_.symptoms + 3;
  at_.end = at_.symptoms + 4;

  std::vector<std::pair<Place, Place>> ties;  // user, what it rests on
  for (NodeId id = 0; id < program.size(); ++id) {
    const Node& node = program.at(id);
    for (std::uint32_t i = 0; i < node.operands.size; ++i)
      ties.emplace_back(id, program.operand(node, i));
    if (node.kind == Kind::metric) ties.emplace_back(id, at_.metrics + node.index);
    if (node.kind == Kind::parameter) ties.emplace_back(id, at_.params + node.index);
    if (node.kind == Kind::finding) ties.emplace_back(id, at_.findings + node.index);
    if (counts_by_clock(node.unit)) ties.emplace_back(id, at_.clocks);
    if (node.kind == Kind::atom) ties.emplace_back(id, at_.relations + node.index);
    if (node.kind != Kind::call) continue;
    if (node.function == Function::said) ties.emplace_back(id, at_.symptoms);
    if (node.function == Function::log_line) ties.emplace_back(id, at_.log_lines);
    if (node.function == Function::code) ties.emplace_back(id, at_.code);
  }
  for (Index i = 0; i < knowledge.findings.size(); ++i) {
    const Program::FindingNodes& nodes = program.finding(i);
    ties.emplace_back(at_.findings + i, nodes.when);
    if (nodes.since) ties.emplace_back(at_.findings + i, *nodes.since);
  }
  for (Index i = 0; i < knowledge.relations.size(); ++i) {
    if (!program.has_rules(i)) continue;
    for (const Program::RuleNodes& rule : program.rules(i))
      ties.emplace_back(at_.relations + i, rule.body);
  }
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    for (const NodeId need : program.pattern(i).needs) ties.emplace_back(at_.patterns + i, need);
    for (const NodeId risk : program.pattern(i).risks) ties.emplace_back(at_.patterns + i, risk);
  }

  begin_.assign(at_.end + 1, 0);
  for (const auto& [user, on] : ties) ++begin_[on + 1];
  for (Place place = 0; place < at_.end; ++place) begin_[place + 1] += begin_[place];
  users_.resize(ties.size());
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (const auto& [user, on] : ties) users_[next[on]++] = user;
}

Affected Dependents::of(const Changes& changes) const {
  std::vector<bool> reached(at_.end, false);
  std::vector<Place> open;
  const auto reach = [&](Place place) {
    if (reached[place]) return;
    reached[place] = true;
    open.push_back(place);
  };
  for (const Index metric : changes.metrics) reach(at_.metrics + metric);
  for (const Index param : changes.params) reach(at_.params + param);
  for (const auto* tables : {&changes.tables, &changes.grown}) {
    for (const Index table : *tables) reach(at_.relations + table);  // tables come first there
  }
  reach(at_.clocks);
  if (changes.symptoms) reach(at_.symptoms);
  if (changes.log_lines) reach(at_.log_lines);
  if (changes.code) reach(at_.code);
  while (!open.empty()) {  // ends: every place is opened once
    const Place place = open.back();
    open.pop_back();
    for (std::uint32_t i = begin_[place]; i < begin_[place + 1]; ++i) reach(users_[i]);
  }
  const auto part = [&](Place begin, Place end) {
    return std::vector<bool>(reached.begin() + begin, reached.begin() + end);
  };
  return {part(0, at_.findings), part(at_.findings, at_.relations),
          part(at_.relations, at_.patterns), part(at_.patterns, at_.metrics)};
}

}  // namespace fmx::engine
