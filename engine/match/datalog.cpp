#include "engine/match/datalog.hpp"

#include <algorithm>
#include <cassert>
#include <deque>
#include <utility>

namespace fmx::engine {
namespace {

/// A join that waits for new rows of one of its literals.
struct Waiting {
  Join join;
  std::uint32_t relation = 0;
};

bool contains(const std::vector<std::uint32_t>& all, std::uint32_t one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::uint32_t Datalog::add_relation(std::size_t arity) {
  clauses_of_.emplace_back();
  progress_.push_back(Progress::todo);
  return database_.add(arity);
}

void Datalog::add_fact(std::uint32_t relation, const std::vector<Symbol>& row) {
  assert(row.size() == database_.at(relation).arity() && progress_[relation] == Progress::todo);
  database_.at(relation).insert(row.data());
}

void Datalog::add_clause(Clause clause) {
  clauses_of_[clause.head].push_back(clauses_.size());
  clauses_.push_back(std::move(clause));
}

/// The relations that `relation` rests on by its clauses, itself only where it rests on itself.
std::vector<bool> Datalog::reached_from(std::uint32_t relation) const {
  std::vector<bool> reached(database_.size(), false);
  std::vector<std::uint32_t> open{relation};
  while (!open.empty()) {  // ends: each relation is opened once more at most
    const std::uint32_t at = open.back();
    open.pop_back();
    for (const std::size_t clause : clauses_of_[at]) {
      for (const Literal& literal : clauses_[clause].body) {
        if (literal.kind == Literal::Kind::test || reached[literal.relation]) continue;
        reached[literal.relation] = true;
        open.push_back(literal.relation);
      }
    }
  }
  return reached;
}

/// The relations that depend on `relation` and it on them, itself included.
std::vector<std::uint32_t> Datalog::component(std::uint32_t relation) const {
  std::vector<std::uint32_t> together{relation};
  const std::vector<bool> reached = reached_from(relation);
  for (std::uint32_t other = 0; other < reached.size(); ++other) {
    if (other != relation && reached[other] && reached_from(other)[relation])
      together.push_back(other);
  }
  return together;
}

const Relation& Datalog::solve(std::uint32_t relation) {
  assert(progress_[relation] != Progress::doing &&
         "the checker refuses rules that cannot be stratified");
  if (progress_[relation] != Progress::todo) return database_.at(relation);
  if (clauses_of_[relation].empty()) {
    progress_[relation] = Progress::done;
    return database_.at(relation);
  }
  const std::vector<std::uint32_t> together = component(relation);
  for (const std::uint32_t one : together) progress_[one] = Progress::doing;
  bool complete = true;
  for (const std::uint32_t one : together) {
    for (const std::size_t clause : clauses_of_[one]) {
      for (const Literal& literal : clauses_[clause].body) {
        if (literal.kind == Literal::Kind::test) continue;
        const bool inside = contains(together, literal.relation);
        assert(!(inside && literal.kind == Literal::Kind::absent) && "rules are stratified");
        if (inside) continue;
        solve(literal.relation);
        complete = complete && !incomplete(literal.relation);
      }
    }
  }
  complete = complete && saturate(together);
  for (const std::uint32_t one : together) {
    progress_[one] = complete ? Progress::done : Progress::cut_short;
    // Part of what follows is good for nothing, and others need the room.
    if (!complete) database_.at(one) = Relation(database_.at(one).arity());
  }
  return database_.at(relation);
}

/// Applies the clauses of `relations`, which depend on each other, until nothing new follows. Each
/// round joins what the last one brought; false where the limits ended it.
bool Datalog::saturate(const std::vector<std::uint32_t>& relations) {
  std::deque<Waiting> waiting;
  Budget left = budget();
  for (const std::uint32_t head : relations) {
    for (const std::size_t number : clauses_of_[head]) {
      const Clause& clause = clauses_[number];
      bool recursive = false;
      for (std::size_t i = 0; i < clause.body.size(); ++i) {
        const Literal& literal = clause.body[i];
        if (literal.kind != Literal::Kind::holds || !contains(relations, literal.relation))
          continue;
        recursive = true;
        waiting.push_back(
            {Join(clause, static_cast<int>(i), database_, database_.at(head)), literal.relation});
      }
      if (!recursive) Join(clause, -1, database_, database_.at(head)).run(test_, left);
    }
  }

  std::vector<std::size_t> seen(database_.size(), 0);
  while (!left.spent) {
    std::vector<std::size_t> end(database_.size(), 0);
    bool news = false;
    for (const std::uint32_t relation : relations) {
      end[relation] = database_.at(relation).size();
      news = news || end[relation] > seen[relation];
      database_.extend_indexes(relation);
    }
    if (!news) return true;
    for (Waiting& one : waiting) {
      const std::size_t begin = seen[one.relation];
      if (end[one.relation] > begin) one.join.run(begin, end[one.relation], test_, left);
    }
    for (const std::uint32_t relation : relations) seen[relation] = end[relation];
  }
  return false;
}

Relation Datalog::query(const Clause& clause, bool* complete) {
  bool whole = true;
  for (const Literal& literal : clause.body) {
    if (literal.kind == Literal::Kind::test) continue;
    solve(literal.relation);
    whole = whole && !incomplete(literal.relation);
  }
  Relation found(clause.arguments.size());
  Budget left{limits_.bindings, limits_.rows, false};
  Join(clause, -1, database_, found).run(test_, left);
  if (complete != nullptr) *complete = whole && !left.spent && found.size() <= left.rows;
  return found;
}

Budget Datalog::budget() const {
  std::size_t rows = 0;
  for (std::uint32_t i = 0; i < database_.size(); ++i) rows += database_.at(i).size();
  return {limits_.bindings, limits_.rows - std::min(limits_.rows, rows), false};
}

}  // namespace fmx::engine
