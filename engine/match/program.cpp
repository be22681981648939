#include "engine/match/program.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <tuple>
#include <utility>

namespace fmx::engine {
namespace {

using Kind = Expression::Kind;

/// Takes the quotes off a label value, where it has any.
std::string_view unquoted(std::string_view label) {
  const bool quoted = label.size() >= 2 && label.front() == '"' && label.back() == '"';
  return quoted ? label.substr(1, label.size() - 2) : label;
}

/// Adds the variables that stand in `e`, other than those that only an aggregate in it knows.
void add_names(const Expression& e, std::vector<std::string>& names) {
  if (e.kind == Kind::aggregate) return;
  if (e.kind == Kind::variable && e.text != "_") names.push_back(e.text);
  for (const std::string& label : e.labels) {
    if (!label.starts_with('"')) names.push_back(label);
  }
  for (const Expression& operand : e.operands) add_names(operand, names);
  if (!e.window) return;
  for (const Expression& bound : e.window->bounds) add_names(bound, names);
}

void mix(std::size_t& hash, std::uint64_t value) {
  hash = (std::rotl(hash, 5) ^ value) * 0x9E3779B97F4A7C15ULL;
}

}  // namespace

bool is_judgement(const Expression& e) {
  if (e.type == Type::mask || e.type == Type::series || e.type == Type::events) return false;
  switch (e.kind) {
    case Kind::above:
    case Kind::below:
    case Kind::between:
    case Kind::before:
    case Kind::after:
    case Kind::near:
    case Kind::sustained:
    case Kind::one_of:
    case Kind::matches:
    case Kind::atom: return true;
    case Kind::operation: return e.op >= Operator::less && e.op <= Operator::not_equal;
    case Kind::call: return signature_of(e.function).result == Type::degree;
    case Kind::number:
    case Kind::text:
    case Kind::metric:
    case Kind::parameter:
    case Kind::finding:
    case Kind::windowed:
    case Kind::aggregate:
    case Kind::variable:
    case Kind::listed:
    case Kind::then:
    case Kind::during:
    case Kind::overlaps:
    case Kind::until: return false;
  }
  return false;
}

Program::Program(const Knowledge& knowledge)
    : knowledge_(&knowledge),
      findings_(knowledge.findings.size()),
      rules_(knowledge.relations.size()) {}

void Program::add_all() {
  for (Index finding = 0; finding < findings_.size(); ++finding) add_finding(finding);
  for (const Pattern& pattern : knowledge_->patterns) {
    PatternNodes nodes;
    for (const Expression& need : pattern.needs) nodes.needs.push_back(add(need));
    for (const Risk& risk : pattern.risks) nodes.risks.push_back(add(risk.when));
    patterns_.push_back(std::move(nodes));
  }
}

void Program::add_finding(Index index) {
  if (findings_[index]) return;
  findings_[index].emplace();  // known from now on: a finding that refers back ends here
  const Finding& finding = knowledge_->findings[index];
  const auto outer = std::exchange(scope_, {});
  FindingNodes nodes;
  nodes.when = add(finding.when, finding.variables);
  if (finding.since) nodes.since = add(*finding.since, finding.variables);
  for (const std::string& variable : finding.variables) nodes.variables.push_back(intern(variable));
  findings_[index] = std::move(nodes);
  scope_ = outer;
}

/// Takes in the rules that derive a relation, and those that they refer to.
void Program::add_relation(Index relation) {
  if (rules_[relation]) return;
  rules_[relation].emplace();  // known from now on: recursion ends here
  std::vector<RuleNodes> rules;
  for (const Rule& rule : knowledge_->rules) {
    if (rule.relation != relation) continue;
    const auto outer = std::exchange(scope_, {});
    add_names(rule.body, scope_);
    RuleNodes nodes;
    nodes.body = add_part(rule.body);
    nodes.span = rule.span;
    for (const std::string& variable : rule.variables) nodes.variables.push_back(intern(variable));
    rules.push_back(std::move(nodes));
    scope_ = outer;
  }
  rules_[relation] = std::move(rules);
}

NodeId Program::add(const Expression& expression, const std::vector<std::string>& variables) {
  const auto outer = std::exchange(scope_, variables);
  add_names(expression, scope_);
  NodeId node = add_part(expression);
  scope_ = variables;
  if (expression.type == Type::degree) node = any(locals(node), node);
  scope_ = outer;
  return node;
}

NodeId Program::add_part(const Expression& e) {
  const std::size_t outer = scope_.size();
  if (e.kind == Kind::aggregate) {
    scope_.insert(scope_.end(), e.variables.begin(), e.variables.end());
    for (const Expression& operand : e.operands) add_names(operand, scope_);
  }
  if (e.kind == Kind::atom) add_relation(e.index);
  if (e.kind == Kind::finding) add_finding(e.index);
  std::vector<NodeId> operands;
  for (const Expression& operand : e.operands) operands.push_back(add_part(operand));
  if (e.kind == Kind::call) {
    const std::vector<Parameter>& parameters = signature_of(e.function).parameters;
    for (std::size_t i = operands.size(); i < parameters.size(); ++i) {
      Expression left_out;
      left_out.number = parameters[i].default_value.value_or(0);
      operands.push_back(add_part(left_out));
    }
  }
  if (e.window) {
    for (const Expression& bound : e.window->bounds) operands.push_back(add_part(bound));
  }

  std::vector<Term> terms;
  for (const std::string& label : e.labels) {
    const bool variable = !label.starts_with('"');
    terms.push_back({variable, intern(variable ? std::string_view(label) : unquoted(label))});
  }
  if (e.kind == Kind::aggregate) {
    scope_.resize(outer);
    scope_.insert(scope_.end(), e.variables.begin(), e.variables.end());
    for (const std::string& variable : e.variables) terms.push_back({true, intern(variable)});
    bind_locals(e, operands, terms);
  }

  Node node;
  node.kind = e.kind;
  node.type = e.type;
  if (e.kind == Kind::call) node.function = e.function;
  if (e.kind == Kind::operation) node.op = e.op;
  if (e.kind == Kind::aggregate || e.kind == Kind::listed) {
    node.aggregate = e.aggregate;
    node.number = e.number;
  }
  if (e.kind == Kind::number) node.number = e.number;
  if (e.kind == Kind::text || e.kind == Kind::variable) {
    node.index = intern(e.text);
  } else {
    node.index = e.index;
  }
  if (e.window) {
    node.window = e.window->kind;
    node.unit = e.window->extent.unit;
    node.number = e.window->extent.value;
  } else if (e.kind == Kind::before || e.kind == Kind::after || e.kind == Kind::near ||
             e.kind == Kind::sustained || e.kind == Kind::then) {
    node.unit = e.within.unit;
    node.number = e.within.value;
  }
  if (is_judgement(e)) node.span = e.span;
  scope_.resize(outer);
  return share(node, operands, terms);
}

/// The variables of `node` that nothing around binds.
std::vector<TextId> Program::locals(NodeId node) const {
  std::vector<TextId> all = free(node);
  std::erase_if(all, [&](TextId v) {
    return std::find(scope_.begin(), scope_.end(), texts_[v]) != scope_.end();
  });
  return all;
}

/// `any(condition for each variables)`; the condition itself where there are none.
NodeId Program::any(const std::vector<TextId>& variables, NodeId condition) {
  if (variables.empty()) return condition;
  Node node;
  node.kind = Kind::aggregate;
  node.type = Type::degree;
  node.aggregate = Expression::Aggregate::any;
  std::vector<Term> terms;
  for (const TextId variable : variables) terms.push_back({true, variable});
  return share(node, {condition}, terms);
}

/// An aggregate also runs over the variables of its value that its `where` gives, and those of a
/// number: `max(age for each t where task(t, age))`. Other free variables of its conditions hold
/// for any value: `count(task(t) and blocked_by(t, other) for each t)` counts each task once.
void Program::bind_locals(const Expression& aggregate, std::vector<NodeId>& operands,
                          std::vector<Term>& terms) {
  std::vector<TextId> ranged = locals(operands[0]);
  if (aggregate.operands[0].type == Type::degree) {
    const std::vector<TextId> given =
        operands.size() > 1 ? locals(operands[1]) : std::vector<TextId>{};
    std::erase_if(ranged,
                  [&](TextId v) { return !std::binary_search(given.begin(), given.end(), v); });
  }
  for (const TextId variable : ranged) terms.push_back({true, variable});
  for (NodeId& operand : operands) {
    std::vector<TextId> rest = locals(operand);
    std::erase_if(rest,
                  [&](TextId v) { return std::binary_search(ranged.begin(), ranged.end(), v); });
    operand = any(rest, operand);
  }
}

TextId Program::intern(std::string_view text) {
  const auto it = text_ids_.find(text);
  if (it != text_ids_.end()) return it->second;
  const auto id = static_cast<TextId>(texts_.size());
  texts_.emplace_back(text);
  text_ids_.emplace(text, id);
  return id;
}

/// The node equal to `node`, a new one only where there is none yet.
NodeId Program::share(Node node, const std::vector<NodeId>& operands,
                      const std::vector<Term>& terms) {
  node.operands = {static_cast<std::uint32_t>(operands_.size()),
                   static_cast<std::uint32_t>(operands.size())};
  node.terms = {static_cast<std::uint32_t>(terms_.size()),
                static_cast<std::uint32_t>(terms.size())};
  operands_.insert(operands_.end(), operands.begin(), operands.end());
  terms_.insert(terms_.end(), terms.begin(), terms.end());

  if (2 * (nodes_.size() + 1) > table_.size()) grow_table();
  std::size_t slot = hash(node) & (table_.size() - 1);
  while (table_[slot] != 0) {
    const NodeId known = table_[slot] - 1;
    if (same(nodes_[known], node)) {
      operands_.resize(node.operands.begin);
      terms_.resize(node.terms.begin);
      return known;
    }
    slot = (slot + 1) & (table_.size() - 1);
  }
  const auto id = static_cast<NodeId>(nodes_.size());
  table_[slot] = id + 1;
  nodes_.push_back(node);
  free_of_.push_back(free_variables(node));
  bool atoms = node.kind == Kind::atom;
  for (std::uint32_t i = 0; i < node.operands.size; ++i) {
    atoms = atoms || has_atoms_[operand(node, i)];
  }
  has_atoms_.push_back(atoms);
  return id;
}

std::uint32_t Program::free_variables(const Node& node) {
  std::vector<TextId> all;
  for (std::uint32_t i = 0; i < node.operands.size; ++i) {
    const std::vector<TextId>& more = free(operand(node, i));
    all.insert(all.end(), more.begin(), more.end());
  }
  if (node.kind == Kind::variable && texts_[node.index] != "_") all.push_back(node.index);
  for (std::uint32_t i = 0; i < node.terms.size; ++i) {
    if (!term(node, i).variable) continue;
    if (node.kind == Kind::aggregate) {
      std::erase(all, term(node, i).text);  // bound here
    } else {
      all.push_back(term(node, i).text);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());

  const auto [it, inserted] = free_ids_.try_emplace(all, static_cast<std::uint32_t>(free_.size()));
  if (inserted) free_.push_back(std::move(all));
  return it->second;
}

void Program::grow_table() {
  table_.assign(std::max<std::size_t>(1024, 2 * table_.size()), 0);
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    std::size_t slot = hash(nodes_[id]) & (table_.size() - 1);
    while (table_[slot] != 0) slot = (slot + 1) & (table_.size() - 1);
    table_[slot] = id + 1;
  }
}

bool Program::same(const Node& a, const Node& b) const {
  const auto scalars = [](const Node& n) {
    return std::tuple(n.kind, n.type, n.function, n.op, n.aggregate, n.window, n.unit,
                      std::bit_cast<std::uint64_t>(n.number), n.index, n.operands.size,
                      n.terms.size, n.span.source, n.span.begin, n.span.end);
  };
  if (scalars(a) != scalars(b)) return false;
  for (std::uint32_t i = 0; i < a.operands.size; ++i) {
    if (operand(a, i) != operand(b, i)) return false;
  }
  for (std::uint32_t i = 0; i < a.terms.size; ++i) {
    if (term(a, i) != term(b, i)) return false;
  }
  return true;
}

std::size_t Program::hash(const Node& node) const {
  std::size_t hash = static_cast<std::size_t>(node.kind);
  mix(hash, static_cast<std::uint64_t>(node.function) << 16 |
                static_cast<std::uint64_t>(node.op) << 8 | static_cast<std::uint64_t>(node.window));
  mix(hash, std::bit_cast<std::uint64_t>(node.number));
  mix(hash, static_cast<std::uint64_t>(node.index) << 32 | node.span.begin);
  for (std::uint32_t i = 0; i < node.operands.size; ++i) mix(hash, operand(node, i));
  for (std::uint32_t i = 0; i < node.terms.size; ++i) {
    mix(hash, term(node, i).text * 2U + (term(node, i).variable ? 1U : 0U));
  }
  return hash ^ hash >> 32;
}

}  // namespace fmx::engine
