#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
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
class Datalog {
 public:
  /// What all relations together, and the work for one of them, may come to.
  struct Limits {
    std::size_t rows = 5'000'000;
    std::size_t bindings = 500'000'000;
  };

  Datalog() = default;
  explicit Datalog(Limits limits) : limits_(limits) {}

  std::uint32_t add_relation(std::size_t arity);
  void add_fact(std::uint32_t relation, const std::vector<Symbol>& row);
  void add_clause(Clause clause);
  /// Tests may ask for other relations, but not for any that depends on theirs.
  void answer_tests_with(Test test) { test_ = std::move(test); }

  /// The relation, complete; empty where it is incomplete(). Pre: it is not being worked out right
  /// now: rules are stratified.
  const Relation& solve(std::uint32_t relation);
  /// What follows by one clause, whose head's relation number is not looked at. `complete` tells
  /// whether that is all: the relations it asks for are complete, and so is what follows.
  Relation query(const Clause& clause, bool* complete = nullptr);

  /// Whether the limits cut the relation, or one that it depends on, short.
  bool incomplete(std::uint32_t relation) const {
    return progress_[relation] == Progress::cut_short;
  }

 private:
  enum class Progress : std::uint8_t { todo, doing, done, cut_short };

  std::vector<std::uint32_t> component(std::uint32_t relation) const;
  std::vector<bool> reached_from(std::uint32_t relation) const;
  bool saturate(const std::vector<std::uint32_t>& relations);
  Budget budget() const;

  Limits limits_;
  Database database_;
  std::deque<Clause> clauses_;  ///< elements stay where they are: joins look at them
  std::vector<std::vector<std::size_t>> clauses_of_;  ///< by head
  std::vector<Progress> progress_;
  Test test_;
};

}  // namespace fmx::engine
