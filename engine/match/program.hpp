#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// Index of a node of a Program.
using NodeId = std::uint32_t;

/// Index of a text or of a variable's name in a Program.
using TextId = std::uint32_t;

/// Consecutive elements of one of a Program's vectors.
struct Range {
  std::uint32_t begin = 0, size = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

/// A label or an argument as a rule gives it: a variable's value, or a text.
struct Term {
  bool variable = false;
  TextId text = 0;
  friend bool operator==(const Term&, const Term&) = default;
};

/// One distinct expression. Where the same one stands in many rules, or many times in one, there is
/// one node: it is worked out once. Only what becomes a reading keeps its place in the text apart.
struct Node {
  Expression::Kind kind = Expression::Kind::number;
  Type type = Type::number;
  Function function = Function::last;
  Operator op = Operator::add;
  Expression::Aggregate aggregate = Expression::Aggregate::max;
  fmx::Window::Kind window = fmx::Window::Kind::last;
  Unit unit = Unit::none;   ///< of `number`, where that is `within` or a window's extent
  double number = 0;        ///< the number itself, `within`, or a window's extent
  std::uint32_t index = 0;  ///< of a metric, param, finding, relation; of text, variable: TextId
  Range operands;           ///< into Program::operands; of a window: the series, then its bounds
  Range terms;              ///< into Program::terms: labels, or the variables an aggregate binds
  Span span;                ///< in the rule file, of conditions; empty for the rest
};

/// Whether an expression is a comparison that a reader is shown, with its text: what conditions
/// are made of by `and`, `or`, `not`, windows and aggregates.
bool is_judgement(const Expression& expression);

/// Conditions as one graph without repetition. Takes in what is added and the findings that it
/// refers to, so that a single question costs what it asks for.
class Program {
 public:
  /// `knowledge` outlives this.
  explicit Program(const Knowledge& knowledge);

  /// Takes in every finding and the needs and risks of every pattern.
  void add_all();

  struct FindingNodes {
    NodeId when = 0;
    std::optional<NodeId> since;
    std::vector<TextId> variables;
  };
  struct PatternNodes {
    std::vector<NodeId> needs, risks;
  };

  /// Pre: the finding was added, or something that refers to it.
  const FindingNodes& finding(Index finding) const { return *findings_[finding]; }
  /// One rule: what derives a row of a relation.
  struct RuleNodes {
    std::vector<TextId> variables;  ///< of the head
    NodeId body = 0;
    Span span;
  };
  /// Whether an added atom refers to the relation, directly or through other rules.
  bool has_rules(Index relation) const { return rules_[relation].has_value(); }
  /// The rules of such a relation.
  const std::vector<RuleNodes>& rules(Index relation) const { return *rules_[relation]; }
  /// Pre: add_all() was called.
  const PatternNodes& pattern(Index pattern) const { return patterns_[pattern]; }

  /// The node of `expression`, in which `variables` are bound from outside. Of a condition, what it
  /// leaves free holds for any value: `task(t, owner) and late(t)` asks whether there is such a
  /// task.
  NodeId add(const Expression& expression, const std::vector<std::string>& variables = {});
  void add_finding(Index finding);

  const Node& at(NodeId node) const { return nodes_[node]; }
  std::size_t size() const { return nodes_.size(); }
  NodeId operand(const Node& node, std::uint32_t i) const {
    return operands_[node.operands.begin + i];
  }
  Term term(const Node& node, std::uint32_t i) const { return terms_[node.terms.begin + i]; }
  const std::string& text(TextId id) const { return texts_[id]; }
  std::size_t texts() const { return texts_.size(); }

  /// The variables whose values the node depends on, ordered.
  const std::vector<TextId>& free(NodeId node) const { return free_[free_of_[node]]; }

  /// Whether an atom stands in the node.
  bool has_atoms(NodeId node) const { return has_atoms_[node]; }

  /// The id of `text`, kept from now on.
  TextId intern(std::string_view text);

 private:
  void add_relation(Index relation);
  NodeId add_part(const Expression& expression);
  void bind_locals(const Expression& aggregate, std::vector<NodeId>& operands,
                   std::vector<Term>& terms);
  std::vector<TextId> locals(NodeId node) const;
  NodeId any(const std::vector<TextId>& variables, NodeId condition);
  NodeId share(Node node, const std::vector<NodeId>& operands, const std::vector<Term>& terms);
  std::uint32_t free_variables(const Node& node);
  void grow_table();
  bool same(const Node& a, const Node& b) const;
  std::size_t hash(const Node& node) const;

  const Knowledge* knowledge_;
  std::vector<std::optional<FindingNodes>> findings_;
  std::vector<PatternNodes> patterns_;
  std::vector<std::optional<std::vector<RuleNodes>>> rules_;  ///< by relation
  std::vector<Node> nodes_;
  std::vector<NodeId> operands_;
  std::vector<Term> terms_;
  std::deque<std::string> texts_;  ///< elements stay where they are
  std::map<std::string, TextId, std::less<>> text_ids_;
  std::vector<std::vector<TextId>> free_;  ///< distinct sets of variables
  std::map<std::vector<TextId>, std::uint32_t> free_ids_;
  std::vector<std::uint32_t> free_of_;  ///< by node: which of them
  std::vector<bool> has_atoms_;         ///< by node
  std::vector<NodeId> table_;           ///< open addressing by hash of nodes
  std::vector<std::string> scope_;      ///< variables bound where the compiler stands
};

}  // namespace fmx::engine
