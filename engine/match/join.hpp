#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "engine/match/clause.hpp"
#include "engine/match/relation.hpp"

namespace fmx::engine {

/// Relations with the indexes that joins asked for.
class Database {
 public:
  std::uint32_t add(std::size_t arity);
  /// Empties the relation, which has `arity` columns from now on.
  void reset(std::uint32_t relation, std::size_t arity);

  Relation& at(std::uint32_t relation) { return entries_[relation].relation; }
  const Relation& at(std::uint32_t relation) const { return entries_[relation].relation; }
  std::size_t size() const { return entries_.size(); }

  /// The index by `columns`, with all rows there are now.
  const RowIndex& index(std::uint32_t relation, const std::vector<std::size_t>& columns);
  /// Takes rows that came since into the relation's indexes.
  void extend_indexes(std::uint32_t relation);

 private:
  struct Entry {
    Relation relation;
    std::map<std::vector<std::size_t>, RowIndex> indexes;
  };
  std::deque<Entry> entries_;  ///< elements stay where they are
};

/// How much a join may do before it is given up: bindings made, rows in the head.
struct Budget {
  std::size_t bindings = 0, rows = 0;
  bool spent = false;
};

/// One clause, made ready: its literals in the order in which they are joined.
///
/// Bindings flow through the steps in batches, a column for each variable that is still needed, so
/// that the work for one binding is a few instructions in a tight loop.
class Join {
 public:
  /// All outlive this; what is derived goes to `head`. `first`: index of the literal that is read
  /// from a stretch of its rows (the new ones); -1 for none.
  Join(const Clause& clause, int first, Database& database, Relation& head);

  /// Adds to the head what follows from rows [begin, end) of the first literal's relation, or from
  /// all rows where the join was made without.
  void run(std::size_t begin, std::size_t end, const Test& test, Budget& budget);
  void run(const Test& test, Budget& budget);

 private:
  static constexpr std::size_t batch_size = 1024;

  struct Step {
    enum class Kind { start, scan, probe, contains, lacks, test };
    Kind kind = Kind::start;  ///< start: one binding, of nothing
    const Literal* literal = nullptr;
    const Relation* relation = nullptr;
    const RowIndex* index = nullptr;
    std::vector<Argument>
        key;  ///< of the index's columns; of all for contains; of a test its arguments
    std::vector<std::pair<std::size_t, std::uint32_t>> outputs;  ///< column -> variable
    std::vector<std::pair<std::size_t, Argument>> checks;        ///< column equals
    std::vector<std::pair<std::size_t, std::size_t>> repeats;    ///< column equals column
    std::vector<std::uint32_t> carried;  ///< variables bound before that are needed after
    std::vector<Symbol> values;          ///< room for the key's values
  };
  struct Batch {
    std::size_t size = 0;
    std::vector<std::vector<Symbol>> columns;  ///< by variable; empty for those not in use
  };

  void plan(int first);
  double cost(const Literal& literal, const std::vector<bool>& bound) const;
  void add_step(const Literal& literal, bool scanned, std::vector<bool>& bound);
  void mark_carried();
  bool ends_in_pairs() const;

  void scan(std::size_t begin, std::size_t end);
  void forward(std::size_t step);
  void probe(std::size_t step);
  void probe_into_head(Step& step, const Batch& from);
  void filter(std::size_t step);
  void emit();
  bool fits(const Step& step, const Symbol* row) const;
  void put(const Step& step, const Symbol* rows, std::size_t count, const Batch& from,
           std::size_t binding, Batch& to) const;
  static const Symbol* key_of(Step& step, const Batch& batch, std::size_t binding);
  bool passes(Step& step, const Batch& from, std::size_t binding) const;
  static Symbol value(const Argument& argument, const Batch& batch, std::size_t i) {
    return argument.kind == Argument::Kind::constant ? argument.value
                                                     : batch.columns[argument.value][i];
  }

  const Clause& clause_;
  Database& database_;
  Relation& head_;
  std::size_t variables_ = 0;
  std::vector<Step> steps_;
  std::vector<Batch> batches_;  ///< what each step gives
  bool into_head_ = false;  ///< the last step's rows go to the head at once, see ends_in_pairs()
  const Test* test_ = nullptr;
  Budget* budget_ = nullptr;
};

}  // namespace fmx::engine
