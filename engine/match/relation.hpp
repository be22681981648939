#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace fmx::engine {

/// A value of a column, as a small integer (see Symbols).
using Symbol = std::uint32_t;

/// Rows of symbols in the order in which they came, each once.
///
/// Knows its rows by a hash table of flat entries or, once they fill enough of the square of two
/// small columns, by one bit for each possible row.
class Relation {
 public:
  explicit Relation(std::size_t arity) : arity_(arity) {}

  std::size_t arity() const { return arity_; }
  std::size_t size() const { return size_; }
  const Symbol* row(std::size_t i) const { return cells_.data() + i * arity_; }
  std::span<const Symbol> cells() const { return cells_; }

  /// False where the row was there already.
  bool insert(const Symbol* row);
  /// The rows (first, s) for `count` symbols s, each `stride` after the one before: what joins end
  /// in. Pre: arity() == 2; `seconds` is not of this relation.
  void insert_all(Symbol first, const Symbol* seconds, std::size_t stride, std::size_t count);
  bool contains(const Symbol* row) const;

 private:
  static constexpr std::uint64_t empty = ~std::uint64_t{0};

  std::uint64_t key_of(const Symbol* row) const;
  bool matches(std::uint64_t entry, std::uint64_t key, const Symbol* row) const;
  std::size_t slot_of(std::uint64_t key, const Symbol* row) const;
  bool insert_bit(Symbol first, Symbol second);
  void append(const Symbol* row);
  void grow_table();
  void consider_bits();
  bool bits_pay(std::size_t columns, std::size_t rows) const;
  void widen_bits(Symbol first, Symbol second);
  void make_bits(std::size_t columns, std::size_t rows);

  std::size_t arity_;
  std::size_t size_ = 0;
  std::vector<Symbol> cells_;
  std::vector<std::uint64_t> table_;  ///< arity 1 and 2: the row itself; else its number
  struct Free {
    void operator()(std::uint64_t* p) const;
  };
  std::unique_ptr<std::uint64_t[], Free> bits_;  ///< pages that are never touched cost nothing
  std::size_t bit_rows_ = 0, words_per_row_ = 0;
  Symbol highest_[2] = {0, 0};
  std::size_t considered_at_ = 4096;  ///< rows at which bits are next thought of
};

/// The rows of a relation by the values of some of its columns.
class RowIndex {
 public:
  /// `columns` in ascending order, at least one.
  RowIndex(std::size_t arity, std::vector<std::size_t> columns);

  /// Takes in the rows that came since the last time.
  void extend(const Relation& relation);

  const std::vector<std::size_t>& columns() const { return columns_; }

  /// Calls visit(rows, count) for stretches of rows, laid end to end, that have `key` in the
  /// columns.
  template <class Visit>
  void find(const Symbol* key, const Relation& relation, Visit visit) const {
    const std::uint32_t group = group_of(key);
    if (group == none) return;
    if (group < grouped_) {
      const std::size_t begin = starts_[group], end = starts_[group + 1];
      if (begin < end) visit(sorted_.data() + begin * arity_, end - begin);
    }
    for (std::uint32_t row = latest_[group]; row != none; row = earlier_[row - sorted_rows_]) {
      visit(relation.row(row), std::size_t{1});
    }
  }
  /// Whether any row has `key` in the columns.
  bool any(const Symbol* key) const;

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  std::uint32_t group_of(const Symbol* key) const;
  std::uint32_t add_group(const Symbol* key);
  std::size_t slot_of(const Symbol* key) const;
  void grow_table();
  void sort(const Relation& relation);

  std::size_t arity_;
  std::vector<std::size_t> columns_;

  // Keys to groups: one column is looked up directly, several by hash.
  std::vector<std::uint32_t> direct_;
  std::vector<std::uint32_t> table_;
  std::vector<Symbol> keys_;  ///< by group
  std::uint32_t groups_ = 0;

  // Rows of groups: the bulk sorted by group, what came since in chains.
  std::vector<Symbol> sorted_;
  std::vector<std::uint32_t> starts_;    ///< by group: where its rows begin in sorted_
  std::size_t sorted_rows_ = 0;          ///< rows of the relation that are in sorted_
  std::uint32_t grouped_ = 0;            ///< groups that were there when it was sorted
  std::vector<std::uint32_t> group_at_;  ///< by row: its group
  std::vector<std::uint32_t> latest_;    ///< by group: its newest row that is not in sorted_
  std::vector<std::uint32_t>
      earlier_;  ///< by row past sorted_rows_: the one before it in its group
};

}  // namespace fmx::engine
