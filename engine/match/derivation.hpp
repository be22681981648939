#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/match/bind.hpp"
#include "engine/match/datalog.hpp"
#include "engine/match/dependents.hpp"
#include "engine/match/match.hpp"
#include "engine/match/program.hpp"
#include "engine/match/symbols.hpp"
#include "engine/run.hpp"

namespace fmx::engine {

/// The tables of one run, and what the rules derive from them. Rules become clauses when first
/// asked for.
///
/// A relation is given where the run has its table or, of derived ones, where some rule rests on
/// given relations alone: from what the run does not say nothing is derived, not even by `not`.
class Derivation {
 public:
  /// What rules may ask besides relations. The evaluator answers.
  struct Questions {
    /// Whether `condition` is seen (its degree at least 0.5) with these values; not, where
    /// `negated`.
    std::function<bool(NodeId condition, bool negated, const std::vector<TextId>& variables,
                       std::span<const Symbol> values)>
        holds;
    /// The choices of a finding's variables that there are.
    std::function<std::vector<std::vector<Symbol>>(Index finding)> instances;
  };
  /// The value of a variable; empty where it may be anything.
  using ValueOf = std::function<std::optional<Symbol>(TextId variable)>;

  /// All outlive this.
  Derivation(const Program& program, const Knowledge& knowledge, const Run& run,
             const Binding& binding, Symbols& symbols, Questions questions);
  Derivation(const Derivation&) = delete;
  Derivation& operator=(const Derivation&) = delete;

  bool given(Index relation);
  /// Whether its derivation was given up: there is more than the limits let through.
  bool incomplete(Index relation);

  /// Whether a row fits `atom`. Pre: the relation is given.
  bool holds(NodeId atom, const ValueOf& value_of);

  /// The first row that fits `atom` and why it is there: of recursive rules a proof without a
  /// circle, since a row rests on rows that came before it. Told in part where it is long or the
  /// relation too large to look through.
  std::optional<Derived> derived(NodeId atom, const ValueOf& value_of);

  /// Choices of variables for which the atoms in one way through the `or`s of some conditions hold.
  /// Conditions that are no atoms let everything through.
  struct Answer {
    std::vector<TextId> variables;  ///< those of the asked ones that the atoms give values to
    Relation rows{0};               ///< a column for each
    bool complete = true;           ///< false: there are more than the limits let through
  };
  /// An answer for each way in which some atom gives a value to one of `variables`.
  std::vector<Answer> solve(std::span<const NodeId> conditions, std::span<const TextId> variables,
                            const ValueOf& value_of);

  /// What was given up, a sentence each.
  std::vector<std::string> given_up() const;

  /// The run changed. Relations that only gain rows, by rules whose conditions are as they were,
  /// are continued from what is new; all others that are affected are derived again when asked for.
  /// So a row that lost its support is gone, without a search for what else may support it.
  void forget(const Changes& changes, const Affected& affected);

 private:
  /// A condition, or its negation, among others that hold together.
  struct Part {
    NodeId node = 0;
    bool negated = false;
  };
  using Conjunction = std::vector<Part>;
  struct Entry {
    std::uint32_t id = 0;  ///< in datalog_
    bool given = false;
    std::size_t loaded = 0;  ///< rows of its table
  };
  struct Pending {
    Clause clause;
    Index head = 0;
    std::vector<Index> rests_on;
  };
  class ClauseBuilder;

  const Entry& prepare(Index relation);
  void collect(Index relation, std::vector<Index>& fresh, std::vector<Pending>& pending);
  void load(Index relation, Entry& entry);
  std::vector<Conjunction> ways(NodeId node, bool negated) const;
  std::uint32_t family(Index metric);
  std::uint32_t instances(Index finding);
  using Told = std::vector<std::pair<std::uint32_t, std::size_t>>;  ///< relation, row
  Derived proof(std::uint32_t relation, std::size_t row, int& left, Told& told);
  std::optional<std::vector<std::size_t>> premises(const Clause& clause, std::uint32_t relation,
                                                   std::size_t row, const Told& told);
  std::string fact(std::uint32_t relation, const Symbol* cells) const;
  bool answer(std::uint32_t test, std::span<const Symbol> values) const;
  std::uint32_t test(const Part& part);
  bool starts_anew(const Entry& entry, const Affected& affected,
                   const std::set<std::uint32_t>& gone) const;

  const Program& program_;
  const Knowledge& knowledge_;
  const Run& run_;
  const Binding& binding_;
  Symbols& symbols_;
  Questions questions_;

  Datalog datalog_;
  std::map<Index, Entry> entries_;            ///< by relation, of those that were asked for
  std::map<Index, std::uint32_t> families_;   ///< by metric: its labels as a relation
  std::map<Index, std::uint32_t> instances_;  ///< by finding: its arguments as a relation
  std::vector<Part> asked_;                   ///< by number of the test
  std::map<std::pair<NodeId, bool>, std::uint32_t> tests_;  ///< the number of each
};

}  // namespace fmx::engine
