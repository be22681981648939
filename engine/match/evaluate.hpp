#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/match/clock.hpp"
#include "engine/match/dependents.hpp"
#include "engine/match/derivation.hpp"
#include "engine/match/judge.hpp"
#include "engine/match/match.hpp"
#include "engine/match/operate.hpp"
#include "engine/match/program.hpp"
#include "engine/match/symbols.hpp"
#include "engine/match/value.hpp"

namespace re2 {
class RE2;
}

namespace fmx::engine {

/// Answers the questions of a program about one run. Works on demand: a node is worked out when
/// first asked for, once for each choice of the variables it depends on, and kept until forget().
class Evaluator {
 public:
  /// All four outlive this; `program` stems from `knowledge`.
  Evaluator(const Program& program, const Knowledge& knowledge, const Run& run,
            const Binding& binding);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// What `node` comes to, with the variables as they are bound now.
  const Value& value(NodeId node);
  Degree degree(NodeId node) { return degree_of(value(node)); }

  /// The comparisons under `node`, those that decided its degree first.
  std::vector<Reading> readings(NodeId node);

  /// What was seen of a finding, one observation for each choice of its variables.
  const std::vector<Observation>& observations(Index finding);

  /// What was too large to be answered, with the limit, a sentence each.
  std::vector<std::string> given_up() const;
  /// What was taken otherwise than logged, a sentence each.
  std::vector<std::string> notes() const;

  /// The run or the binding changed: lets go of all that rested on what is different now.
  void forget(const Changes& changes, const Affected& affected);
  /// The series of the run are numbered otherwise: `now` says how, by number before.
  void renumber(const std::vector<std::uint32_t>& now);

  /// How many nodes and findings were worked out so far.
  std::size_t worked_out() const { return worked_out_; }

 private:
  using Tuple = std::vector<Symbol>;
  using Variables = std::span<const TextId>;

  static constexpr Symbol unbound = ~Symbol{0};

  /// What is kept of a node for one choice of its variables.
  struct Result {
    Value value;
    std::optional<Judgement> judgement;  ///< of a comparison
    Columns columns;                     ///< that were made for it
  };
  struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::span<const std::uint32_t> key) const;
  };
  struct KeyEqual {
    using is_transparent = void;
    bool operator()(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) const;
  };
  enum class Progress : std::uint8_t { todo, doing, done };

  /// Variables bound for as long as this lives.
  class Scope;

  // evaluate.cpp: nodes
  const Result& result(NodeId node);
  Result work_out(NodeId id);
  Result answer(NodeId id);
  Value compute(const Node& node);
  Judgement judgement(NodeId id);
  Judgement in_time(const Node& node);
  Judgement sustained(const Node& node);
  Value call(const Node& node);
  Value called(Function function, const Value& x, std::span<const double> arguments);
  Value piecewise(const Node& node, std::span<const double> arguments);
  Value sequence(const Node& node);
  Value operation(const Node& node);
  Value mask_of(const Node& node);
  Value windowed(const Node& node);
  const Clock* clock(Unit unit);
  Value setting(Index param) const;
  Value series(std::size_t series) const;
  Value metric(const Node& node);
  bool is_in_percent(Index metric);
  Value share_of(const Value& percents);
  Symbol bound(TextId variable) const;
  const Value& operand(const Node& node, std::uint32_t i) {
    return value(program_.operand(node, i));
  }

  // facts.cpp: missing, logged, given, said, code, log_line; one_of, matches
  Judgement fact(const Node& node);
  bool names_setting(const Node& input) const;
  bool is_there(const Node& input);
  Judgement search(const std::string& pattern, const std::vector<std::string>& texts);
  Judgement one_of(const Node& node);
  Judgement matches(const Node& node);
  const re2::RE2& regex(const std::string& pattern);

  std::optional<Span> place_of(NodeId root) const;  // atoms.cpp, as given_up()

  // observe.cpp: findings
  Observation observe(Index finding, const Tuple& arguments);
  Observation observe_none(Index finding, bool few_enough);
  const Observation* referred(const Node& node);
  Value since(const Node& node);

  // atoms.cpp: tables and what rules derive
  Derivation& derivation();
  Judgement atom(NodeId id);
  std::optional<Derived> derived(NodeId atom);
  std::vector<Tuple> bound_by_atoms(Variables variables, NodeId condition, bool& complete);

  // aggregate.cpp: values over the labels of families
  std::optional<std::vector<Tuple>> domain(Variables variables, std::span<const NodeId> roots);
  std::vector<Tuple> completed(const std::vector<Tuple>& tuples, Variables variables,
                               const std::function<std::vector<Tuple>(Variables)>& more);
  std::vector<Tuple> bound_by_labels(Variables variables, std::span<const NodeId> roots,
                                     bool& complete);
  void collect(NodeId node, Variables variables, std::vector<Tuple>& tuples);
  void add_tuple(const Node& node, Variables variables, const std::vector<Symbol>& values,
                 std::vector<Tuple>& tuples);
  Value listed(const Node& node);
  std::optional<std::vector<Tuple>> members(const Node& aggregate);
  Value aggregate_of_none(const Node& aggregate);
  std::vector<TextId> variables_of(const Node& aggregate) const;
  Value aggregate(const Node& node);

  // reading.cpp
  void read(NodeId node, std::vector<Reading>& readings);
  void read_aggregate(const Node& node, std::vector<Reading>& readings);
  Reading reading(NodeId id, const Judgement& judgement);
  std::string quoted(const Node& node);

  /// How rows came about is told of so many for each finding.
  static constexpr std::size_t most_proofs = 4;
  /// More choices of variables than this are not tried: a rule over three labels of a thousand
  /// values.
  static constexpr std::size_t most_tuples = 100'000;

  const Program& program_;
  const Knowledge& knowledge_;
  const Run& run_;
  const Binding& binding_;

  Symbols symbols_;
  Columns columns_;                               ///< of the node that is being worked out
  std::vector<std::pair<TextId, Symbol>> bound_;  ///< innermost last
  std::vector<std::unique_ptr<Result>> closed_;   ///< by node, of those without variables
  std::unordered_map<std::vector<std::uint32_t>, std::unique_ptr<Result>, KeyHash, KeyEqual> open_;
  std::vector<Progress> progress_;  ///< by finding
  std::vector<std::vector<Observation>> observed_;
  std::unordered_map<std::string, std::unique_ptr<re2::RE2>> regexes_;
  std::map<Unit, std::optional<Clock>> clocks_;
  std::map<Index, bool> in_percent_;  ///< of the shares that were asked for
  /// Conditions that together have more choices of their variables than can be tried.
  std::set<std::vector<NodeId>> too_many_;
  std::unique_ptr<Derivation> derivation_;  ///< once an atom was asked for
  std::size_t worked_out_ = 0;
  std::size_t proofs_left_ = 0;  ///< of the finding that is being observed; none outside of one
};

/// Binds variables to a tuple's values, and lets go of them at the end of its life.
class Evaluator::Scope {
 public:
  Scope(Evaluator& evaluator, Variables variables, const Tuple& tuple) : evaluator_(evaluator) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      evaluator_.bound_.emplace_back(variables[i], tuple[i]);
    }
    size_ = variables.size();
  }
  ~Scope() { evaluator_.bound_.resize(evaluator_.bound_.size() - size_); }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  Evaluator& evaluator_;
  std::size_t size_ = 0;
};

}  // namespace fmx::engine
