#include "engine/match/relation.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <new>

namespace fmx::engine {
namespace {

constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;

std::uint64_t scrambled(std::uint64_t key) {
  key *= golden;
  return key ^ key >> 32;
}

std::uint64_t hash_of(const Symbol* values, std::size_t count) {
  std::uint64_t hash = count;
  for (std::size_t i = 0; i < count; ++i) hash = scrambled(hash ^ values[i]);
  return hash;
}

}  // namespace

void Relation::Free::operator()(std::uint64_t* p) const { std::free(p); }

std::uint64_t Relation::key_of(const Symbol* row) const {
  switch (arity_) {
    case 0: return 0;
    case 1: return row[0];
    case 2: return std::uint64_t{row[0]} << 32 | row[1];
    default: return hash_of(row, arity_);
  }
}

bool Relation::matches(std::uint64_t entry, std::uint64_t key, const Symbol* row) const {
  if (arity_ <= 2) return entry == key;
  return std::equal(row, row + arity_, this->row(entry));
}

/// Where the row stands in the table, or where it would.
std::size_t Relation::slot_of(std::uint64_t key, const Symbol* row) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = scrambled(key) & mask;
  while (table_[slot] != empty && !matches(table_[slot], key, row)) slot = (slot + 1) & mask;
  return slot;
}

bool Relation::contains(const Symbol* row) const {
  if (size_ == 0) return false;
  if (bits_) {
    const Symbol first = arity_ == 2 ? row[0] : 0, second = row[arity_ - 1];
    if (first >= bit_rows_ || second / 64 >= words_per_row_) return false;
    return (bits_[first * words_per_row_ + second / 64] >> (second % 64) & 1) != 0;
  }
  return table_[slot_of(key_of(row), row)] != empty;
}

bool Relation::insert(const Symbol* row) {
  if (bits_) {
    const Symbol first = arity_ == 2 ? row[0] : 0, second = row[arity_ - 1];
    if (first >= bit_rows_ || second / 64 >= words_per_row_) widen_bits(first, second);
    if (bits_) {
      if (!insert_bit(first, second)) return false;
      append(row);
      return true;
    }
  }
  if (2 * (size_ + 1) > table_.size()) grow_table();
  const std::uint64_t key = key_of(row);
  const std::size_t slot = slot_of(key, row);
  if (table_[slot] != empty) return false;
  table_[slot] = arity_ <= 2 ? key : size_;
  append(row);
  if (arity_ == 1 || arity_ == 2) {
    highest_[0] = std::max(highest_[0], arity_ == 2 ? row[0] : 0);
    highest_[1] = std::max(highest_[1], row[arity_ - 1]);
    if (size_ == considered_at_) consider_bits();
  }
  return true;
}

void Relation::insert_all(Symbol first, const Symbol* seconds, std::size_t stride,
                          std::size_t count) {
  while (count > 0) {
    if (bits_ && first < bit_rows_) {
      // The bits of one row lie together: the loop that most of a transitive closure is spent in.
      std::uint64_t* const bits = bits_.get() + first * words_per_row_;
      const std::size_t width = words_per_row_ * 64, old = cells_.size();
      cells_.resize(old + 2 * count);
      Symbol* out = cells_.data() + old;
      for (; count > 0 && *seconds < width; --count, seconds += stride) {
        const Symbol second = *seconds;
        std::uint64_t& word = bits[second / 64];
        const std::uint64_t bit = std::uint64_t{1} << (second % 64);
        out[0] = first;
        out[1] = second;
        out += (word & bit) == 0 ? 2 : 0;
        word |= bit;
      }
      cells_.resize(static_cast<std::size_t>(out - cells_.data()));
      size_ = cells_.size() / 2;
      if (count == 0) return;
    }
    const Symbol row[2] = {first, *seconds};
    insert(row);
    --count;
    seconds += stride;
  }
}

/// Pre: the row lies within the bits.
bool Relation::insert_bit(Symbol first, Symbol second) {
  std::uint64_t& word = bits_[first * words_per_row_ + second / 64];
  const std::uint64_t bit = std::uint64_t{1} << (second % 64);
  if ((word & bit) != 0) return false;
  word |= bit;
  return true;
}

void Relation::append(const Symbol* row) {
  cells_.insert(cells_.end(), row, row + arity_);
  ++size_;
}

void Relation::grow_table() {
  table_.assign(std::max<std::size_t>(16, std::bit_ceil(4 * size_)), empty);
  for (std::size_t i = 0; i < size_; ++i) {
    const std::uint64_t key = key_of(row(i));
    std::size_t slot = scrambled(key) & (table_.size() - 1);
    while (table_[slot] != empty) slot = (slot + 1) & (table_.size() - 1);
    table_[slot] = arity_ <= 2 ? key : i;
  }
}

/// Bits pay while they take no more room than some eight entries of the table for each row.
bool Relation::bits_pay(std::size_t columns, std::size_t rows) const {
  return rows * ((columns + 63) / 64) <= 8 * size_;
}

void Relation::consider_bits() {
  considered_at_ *= 2;
  const std::size_t columns = std::size_t{highest_[1]} + 1, rows = std::size_t{highest_[0]} + 1;
  if (!bits_pay(columns, rows)) return;
  make_bits(columns, rows);
  table_ = {};
}

/// Makes room for a row outside the bits; goes back to the table where they would no longer pay.
void Relation::widen_bits(Symbol first, Symbol second) {
  highest_[0] = std::max(highest_[0], first);
  highest_[1] = std::max(highest_[1], second);
  const std::size_t columns = std::max<std::size_t>(2 * std::size_t{second}, words_per_row_ * 64);
  const std::size_t rows = first < bit_rows_ ? bit_rows_ : 2 * std::size_t{first} + 1;
  if (bits_pay(columns, rows)) {
    make_bits(columns, rows);
  } else {
    bits_.reset();
    considered_at_ = 2 * size_;
    grow_table();
  }
}

void Relation::make_bits(std::size_t columns, std::size_t rows) {
  bit_rows_ = rows;
  words_per_row_ = (columns + 63) / 64;
  bits_.reset(
      static_cast<std::uint64_t*>(std::calloc(bit_rows_ * words_per_row_, sizeof(std::uint64_t))));
  if (!bits_) throw std::bad_alloc();
  for (std::size_t i = 0; i < size_; ++i) {
    const Symbol first = arity_ == 2 ? row(i)[0] : 0, second = row(i)[arity_ - 1];
    bits_[first * words_per_row_ + second / 64] |= std::uint64_t{1} << (second % 64);
  }
}

RowIndex::RowIndex(std::size_t arity, std::vector<std::size_t> columns)
    : arity_(arity), columns_(std::move(columns)) {}

std::uint32_t RowIndex::group_of(const Symbol* key) const {
  if (columns_.size() == 1) return *key < direct_.size() ? direct_[*key] : none;
  return table_.empty() ? none : table_[slot_of(key)];
}

std::size_t RowIndex::slot_of(const Symbol* key) const {
  const std::size_t mask = table_.size() - 1, width = columns_.size();
  std::size_t slot = hash_of(key, width) & mask;
  while (table_[slot] != none &&
         !std::equal(key, key + width, keys_.data() + table_[slot] * width)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::uint32_t RowIndex::add_group(const Symbol* key) {
  std::uint32_t* place = nullptr;
  if (columns_.size() == 1) {
    if (*key >= direct_.size())
      direct_.resize(std::max<std::size_t>(*key + 1, 2 * direct_.size()), none);
    place = &direct_[*key];
  } else {
    if (2 * (std::size_t{groups_} + 1) > table_.size()) grow_table();
    place = &table_[slot_of(key)];
  }
  if (*place == none) {
    *place = groups_++;
    if (columns_.size() > 1) keys_.insert(keys_.end(), key, key + columns_.size());
    latest_.push_back(none);
  }
  return *place;
}

void RowIndex::grow_table() {
  table_.assign(std::max<std::size_t>(16, 2 * table_.size()), none);
  for (std::uint32_t group = 0; group < groups_; ++group) {
    table_[slot_of(keys_.data() + group * columns_.size())] = group;
  }
}

bool RowIndex::any(const Symbol* key) const { return group_of(key) != none; }

void RowIndex::extend(const Relation& relation) {
  std::vector<Symbol> key(columns_.size());
  const std::size_t before = group_at_.size();
  group_at_.reserve(relation.size());
  for (std::size_t i = before; i < relation.size(); ++i) {
    for (std::size_t c = 0; c < key.size(); ++c) key[c] = relation.row(i)[columns_[c]];
    group_at_.push_back(add_group(key.data()));
  }
  // Sorting anew each time the rows have grown by half costs, in all, a few times the last sort.
  if (relation.size() > before && relation.size() - sorted_rows_ > sorted_rows_ / 2) {
    sort(relation);
    return;
  }
  for (std::size_t i = before; i < relation.size(); ++i) {
    const std::uint32_t group = group_at_[i];
    earlier_.push_back(latest_[group]);
    latest_[group] = static_cast<std::uint32_t>(i);
  }
}

/// A counting sort of all rows by group; stable.
void RowIndex::sort(const Relation& relation) {
  starts_.assign(groups_ + 1, 0);
  for (const std::uint32_t group : group_at_) ++starts_[group + 1];
  for (std::uint32_t group = 0; group < groups_; ++group) starts_[group + 1] += starts_[group];
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  sorted_.resize(relation.cells().size());
  for (std::size_t i = 0; i < relation.size(); ++i) {
    const std::size_t place = next[group_at_[i]]++;
    std::copy_n(relation.row(i), arity_, sorted_.data() + place * arity_);
  }
  sorted_rows_ = relation.size();
  grouped_ = groups_;
  std::fill(latest_.begin(), latest_.end(), none);
  earlier_.clear();
}

}  // namespace fmx::engine
