#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <vector>

#include "engine/match/clause.hpp"
#include "engine/match/join.hpp"
#include "engine/match/relation.hpp"

namespace fmx::engine {

/// Facts and the rules that derive more: a stratified Datalog program, evaluated bottom-up and
/// semi-naively (only with what is new since the last round) on demand.
///
/// Order never matters: rules are taken together with those that they depend on each other with,
/// after everything else they depend on is complete. Ends, since rules make no new symbols and
/// there are finitely many rows of those there are; or when the limits are reached. Sources:
/// Abiteboul, Hull & Vianu 1995, chapters 13 and 15.
///
/// Facts that come later are joined as what is new. What rested on a fact that is gone, or on the
/// absence of one that came, is to be removed and added again; see Derivation::forget().
class Datalog {
 public:
  /// What all relations together, and the work for one of them, may come to.
  struct Limits {
    std::size_t rows = 5'000'000;
    std::size_t bindings = 500'000'000;
  };

  Datalog() = default;
  explicit Datalog(Limits limits) : limits_(limits) {}
  const Limits& limits() const { return limits_; }

  std::uint32_t add_relation(std::size_t arity);
  /// Forgets the relation with its rows and clauses. Its number may be given out again.
  /// Pre: no clause asks for it by the time that anything is solved.
  void remove(std::uint32_t relation);
  /// Pre: where something that asks for the relation's absence was solved, that is removed first.
  void add_facts(std::uint32_t relation, std::span<const std::vector<Symbol>> rows);
  void add_fact(std::uint32_t relation, const std::vector<Symbol>& row) {
    add_facts(relation, {&row, 1});
  }
  /// Pre: its head is not solved.
  void add_clause(Clause clause);
  const std::deque<Clause>& clauses(std::uint32_t head) const { return entries_[head].clauses; }
  /// Tests may ask for other relations, but not for any that depends on theirs.
  void answer_tests_with(Test test) { test_ = std::move(test); }

  /// The relation, complete; empty where it is incomplete(). Pre: it is not being worked out right
  /// now: rules are stratified.
  const Relation& solve(std::uint32_t relation);
  /// What there is of it now. Pre: it was solved.
  const Relation& rows(std::uint32_t relation) const { return database_.at(relation); }
  /// What follows by one clause, whose head's relation number is not looked at. `complete` tells
  /// whether that is all: the relations it asks for are complete, and so is what follows.
  Relation query(const Clause& clause, bool* complete = nullptr);

  /// Whether the limits cut the relation, or one that it depends on, short.
  bool incomplete(std::uint32_t relation) const {
    return entries_[relation].progress == Progress::cut_short;
  }

 private:
  /// behind: done, and facts came since.
  enum class Progress : std::uint8_t { todo, doing, behind, done, cut_short };
  struct Entry {
    std::deque<Clause> clauses;  ///< that have it as head; stay where they are: joins look at them
    Progress progress = Progress::todo;
    std::map<std::uint32_t, std::size_t> joined;  ///< rows of others that its clauses have joined
  };

  std::vector<std::uint32_t> component(std::uint32_t relation) const;
  std::vector<bool> reached_from(std::uint32_t relation) const;
  bool saturate(const std::vector<std::uint32_t>& relations, bool afresh);
  Budget budget() const;

  Limits limits_;
  Database database_;
  std::deque<Entry> entries_;  ///< by relation
  std::vector<std::uint32_t> removed_;
  Test test_;
};

}  // namespace fmx::engine
