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
  if (removed_.empty()) {
    entries_.emplace_back();
    return database_.add(arity);
  }
  const std::uint32_t relation = removed_.back();
  removed_.pop_back();
  database_.reset(relation, arity);
  return relation;
}

void Datalog::remove(std::uint32_t relation) {
  database_.reset(relation, 0);
  entries_[relation] = {};
  removed_.push_back(relation);
}

void Datalog::add_facts(std::uint32_t relation, std::span<const std::vector<Symbol>> rows) {
  const std::size_t before = database_.at(relation).size();
  for (const std::vector<Symbol>& row : rows) {
    assert(row.size() == database_.at(relation).arity());
    database_.at(relation).insert(row.data());
  }
  const bool noticed = entries_[relation].progress != Progress::todo;
  if (!noticed || database_.at(relation).size() == before) return;
  for (std::uint32_t other = 0; other < entries_.size(); ++other) {
    Progress& progress = entries_[other].progress;
    if (progress == Progress::done && reached_from(other)[relation]) progress = Progress::behind;
  }
}

void Datalog::add_clause(Clause clause) {
  assert(entries_[clause.head].progress == Progress::todo);
  entries_[clause.head].clauses.push_back(std::move(clause));
}

/// The relations that `relation` rests on by its clauses, itself only where it rests on itself.
std::vector<bool> Datalog::reached_from(std::uint32_t relation) const {
  std::vector<bool> reached(database_.size(), false);
  std::vector<std::uint32_t> open{relation};
  while (!open.empty()) {  // ends: each relation is opened once more at most
    const std::uint32_t at = open.back();
    open.pop_back();
    for (const Clause& clause : entries_[at].clauses) {
      for (const Literal& literal : clause.body) {
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
  const Progress progress = entries_[relation].progress;
  assert(progress != Progress::doing && "the checker refuses rules that cannot be stratified");
  if (progress == Progress::done || progress == Progress::cut_short) return database_.at(relation);
  if (entries_[relation].clauses.empty()) {
    entries_[relation].progress = Progress::done;
    return database_.at(relation);
  }
  const std::vector<std::uint32_t> together = component(relation);
  for (const std::uint32_t one : together) entries_[one].progress = Progress::doing;
  bool complete = true;
  for (const std::uint32_t one : together) {
    for (const Clause& clause : entries_[one].clauses) {
      for (const Literal& literal : clause.body) {
        if (literal.kind == Literal::Kind::test) continue;
        const bool inside = contains(together, literal.relation);
        assert(!(inside && literal.kind == Literal::Kind::absent) && "rules are stratified");
        if (inside) continue;
        solve(literal.relation);
        complete = complete && !incomplete(literal.relation);
      }
    }
  }
  complete = complete && saturate(together, progress == Progress::todo);
  for (const std::uint32_t one : together) {
    entries_[one].progress = complete ? Progress::done : Progress::cut_short;
    // Part of what follows is good for nothing, and others need the room.
    if (!complete) database_.reset(one, database_.at(one).arity());
  }
  return database_.at(relation);
}

/// Applies the clauses of `relations`, which depend on each other, until nothing new follows: at
/// first to all rows where they are done `afresh`, else to those that came since the last time;
/// then each round to what the last one brought. False where the limits ended it.
bool Datalog::saturate(const std::vector<std::uint32_t>& relations, bool afresh) {
  std::deque<Waiting> waiting;
  std::map<std::uint32_t, std::size_t> seen;  ///< rows that are joined, of what joins wait for
  Budget left = budget();
  for (const std::uint32_t head : relations) {
    for (const Clause& clause : entries_[head].clauses) {
      bool waits = false;
      for (std::size_t i = 0; i < clause.body.size(); ++i) {
        const Literal& literal = clause.body[i];
        if (literal.kind != Literal::Kind::holds) continue;
        if (afresh && !contains(relations, literal.relation)) continue;
        waits = true;
        waiting.push_back(
            {Join(clause, static_cast<int>(i), database_, database_.at(head)), literal.relation});
        seen[literal.relation] = afresh ? 0 : entries_[head].joined[literal.relation];
      }
      if (afresh && !waits) Join(clause, -1, database_, database_.at(head)).run(test_, left);
    }
  }

  while (!left.spent) {
    std::map<std::uint32_t, std::size_t> end;
    bool news = false;
    for (const auto& [relation, joined] : seen) {
      end[relation] = database_.at(relation).size();
      news = news || end[relation] > joined;
      database_.extend_indexes(relation);
    }
    if (!news) break;
    for (Waiting& one : waiting) {
      const std::size_t begin = seen[one.relation];
      if (end[one.relation] > begin) one.join.run(begin, end[one.relation], test_, left);
    }
    seen = std::move(end);
  }
  if (left.spent) return false;
  for (const std::uint32_t head : relations) {
    Entry& entry = entries_[head];
    for (const Clause& clause : entry.clauses) {
      for (const Literal& literal : clause.body) {
        if (literal.kind == Literal::Kind::holds)
          entry.joined[literal.relation] = database_.at(literal.relation).size();
      }
    }
  }
  return true;
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
