#include "engine/match/join.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace fmx::engine {
namespace {

bool is_bound(const Argument& argument, const std::vector<bool>& bound) {
  return argument.kind == Argument::Kind::constant ||
         (argument.kind == Argument::Kind::variable && bound[argument.value]);
}

std::size_t count_variables(const Clause& clause) {
  std::size_t count = 0;
  const auto look = [&](const std::vector<Argument>& arguments) {
    for (const Argument& a : arguments) {
      if (a.kind == Argument::Kind::variable) count = std::max<std::size_t>(count, a.value + 1);
    }
  };
  look(clause.arguments);
  for (const Literal& literal : clause.body) look(literal.arguments);
  return count;
}

}  // namespace

std::uint32_t Database::add(std::size_t arity) {
  entries_.push_back({Relation(arity), {}});
  return static_cast<std::uint32_t>(entries_.size() - 1);
}

void Database::reset(std::uint32_t relation, std::size_t arity) {
  entries_[relation] = {Relation(arity), {}};
}

const RowIndex& Database::index(std::uint32_t relation, const std::vector<std::size_t>& columns) {
  Entry& entry = entries_[relation];
  const auto [it, made] = entry.indexes.try_emplace(columns, entry.relation.arity(), columns);
  it->second.extend(entry.relation);
  return it->second;
}

void Database::extend_indexes(std::uint32_t relation) {
  Entry& entry = entries_[relation];
  for (auto& [columns, index] : entry.indexes) index.extend(entry.relation);
}

Join::Join(const Clause& clause, int first, Database& database, Relation& head)
    : clause_(clause), database_(database), head_(head), variables_(count_variables(clause)) {
  plan(first);
  if (steps_.empty() || steps_[0].kind != Step::Kind::scan) steps_.insert(steps_.begin(), Step{});
  mark_carried();
  into_head_ = ends_in_pairs();
}

/// The given literal first, then always what leaves the fewest bindings: tests as soon as they can
/// be asked, then what is bound in most columns, small relations before large.
void Join::plan(int first) {
  std::vector<bool> bound(variables_, false), used(clause_.body.size(), false);
  if (first >= 0) {
    used[static_cast<std::size_t>(first)] = true;
    add_step(clause_.body[static_cast<std::size_t>(first)], true, bound);
  }
  for (std::size_t left = used.size() - (first >= 0 ? 1 : 0); left > 0; --left) {
    std::size_t best = used.size();
    double lowest = 0;
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (used[i]) continue;
      const double estimate = cost(clause_.body[i], bound);
      if (best == used.size() || estimate < lowest) {
        best = i;
        lowest = estimate;
      }
    }
    used[best] = true;
    add_step(clause_.body[best], false, bound);
  }
}

/// Rows expected for one binding, to choose by: size ^ (share of the columns that are free).
double Join::cost(const Literal& literal, const std::vector<bool>& bound) const {
  double arity = 0, fixed = 0;
  for (const Argument& argument : literal.arguments) {
    ++arity;
    if (is_bound(argument, bound)) ++fixed;
  }
  if (literal.kind != Literal::Kind::holds) {
    const bool ready = std::all_of(
        literal.arguments.begin(), literal.arguments.end(),
        [&](const Argument& a) { return a.kind == Argument::Kind::any || is_bound(a, bound); });
    return ready ? -1 : std::numeric_limits<double>::infinity();
  }
  // A relation that is still growing is taken to be large.
  const double size =
      static_cast<double>(std::max<std::size_t>(database_.at(literal.relation).size(), 2));
  return arity == 0 ? 0 : std::pow(size, (arity - fixed) / arity);
}

void Join::add_step(const Literal& literal, bool scanned, std::vector<bool>& bound) {
  Step step;
  step.literal = &literal;
  if (literal.kind == Literal::Kind::test) {
    step.kind = Step::Kind::test;
    step.key = literal.arguments;
    steps_.push_back(std::move(step));
    return;
  }
  step.relation = &database_.at(literal.relation);
  std::vector<std::size_t> columns;
  std::vector<std::size_t> first_column(variables_, literal.arguments.size());
  bool every_column = true;
  for (std::size_t c = 0; c < literal.arguments.size(); ++c) {
    const Argument& argument = literal.arguments[c];
    if (is_bound(argument, bound)) {
      columns.push_back(c);
      step.key.push_back(argument);
      continue;
    }
    every_column = false;
    if (argument.kind == Argument::Kind::any) continue;
    assert(literal.kind == Literal::Kind::holds && "the variables of `absent` are bound elsewhere");
    if (first_column[argument.value] < literal.arguments.size()) {
      step.repeats.emplace_back(first_column[argument.value], c);
    } else {
      first_column[argument.value] = c;
      step.outputs.emplace_back(c, argument.value);
    }
  }
  if (scanned || columns.empty()) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      step.checks.emplace_back(columns[i], step.key[i]);
    step.key.clear();
    step.kind = Step::Kind::scan;
  } else {
    step.kind = every_column ? Step::Kind::contains : Step::Kind::probe;
    if (!every_column) step.index = &database_.index(literal.relation, columns);
  }
  if (literal.kind == Literal::Kind::absent) step.kind = Step::Kind::lacks;
  for (const auto& [column, variable] : step.outputs) bound[variable] = true;
  steps_.push_back(std::move(step));
}

/// Which variables each step hands on: those that a later step or the head asks for.
void Join::mark_carried() {
  std::vector<bool> needed(variables_, false);
  const auto need = [&](const std::vector<Argument>& arguments) {
    for (const Argument& a : arguments) {
      if (a.kind == Argument::Kind::variable) needed[a.value] = true;
    }
  };
  need(clause_.arguments);
  batches_.resize(steps_.size());
  for (std::size_t i = steps_.size(); i-- > 0;) {
    Step& step = steps_[i];
    std::erase_if(step.outputs, [&](const auto& output) { return !needed[output.second]; });
    std::vector<bool> own(variables_, false);
    for (const auto& [column, variable] : step.outputs) own[variable] = true;
    batches_[i].columns.resize(variables_);
    for (std::uint32_t v = 0; v < variables_; ++v) {
      if (needed[v]) batches_[i].columns[v].resize(batch_size);
      if (needed[v] && !own[v]) step.carried.push_back(v);
    }
    for (const auto& [column, variable] : step.outputs) needed[variable] = false;
    need(step.key);
    step.values.resize(step.key.size());
    // Which row it is does not matter: it is enough that there is one.
    const bool only_asks =
        step.kind == Step::Kind::probe && step.outputs.empty() && step.repeats.empty();
    if (only_asks) step.kind = Step::Kind::contains;
  }
}

/// Whether the clause ends as most recursive ones do: head(x, y) with x bound before the last
/// literal and y read from it. Its pairs then need no batch.
bool Join::ends_in_pairs() const {
  if (steps_.size() < 2 || clause_.arguments.size() != 2) return false;
  const Step& last = steps_.back();
  const Argument &x = clause_.arguments[0], &y = clause_.arguments[1];
  return last.kind == Step::Kind::probe && last.checks.empty() && last.repeats.empty() &&
         last.outputs.size() == 1 && y.kind == Argument::Kind::variable &&
         last.outputs[0].second == y.value &&
         (x.kind == Argument::Kind::constant || x.value != y.value);
}

void Join::run(const Test& test, Budget& budget) {
  run(0, steps_[0].relation == nullptr ? 0 : steps_[0].relation->size(), test, budget);
}

void Join::run(std::size_t begin, std::size_t end, const Test& test, Budget& budget) {
  test_ = &test;
  budget_ = &budget;
  if (steps_[0].kind == Step::Kind::scan) {
    scan(begin, end);
  } else {
    batches_[0].size = 1;
    forward(1);
  }
}

bool Join::fits(const Step& step, const Symbol* row) const {
  for (const auto& [column, argument] : step.checks) {
    if (row[column] != argument.value) return false;
  }
  for (const auto& [a, b] : step.repeats) {
    if (row[a] != row[b]) return false;
  }
  return true;
}

void Join::scan(std::size_t begin, std::size_t end) {
  const Step& step = steps_[0];
  Batch& to = batches_[0];
  to.size = 0;
  for (std::size_t i = begin; i < end && !budget_->spent; ++i) {
    const Symbol* row = step.relation->row(i);
    if (!fits(step, row)) continue;
    for (const auto& [column, variable] : step.outputs) to.columns[variable][to.size] = row[column];
    if (++to.size == batch_size) {
      forward(1);
      to.size = 0;
    }
  }
  if (to.size > 0) forward(1);
}

/// Hands the batch before `number` through that step and all that follow.
void Join::forward(std::size_t number) {
  if (number == steps_.size()) {
    emit();
    return;
  }
  const std::size_t made = batches_[number - 1].size;
  budget_->spent = budget_->spent || budget_->bindings < made || head_.size() > budget_->rows;
  if (budget_->spent) return;
  budget_->bindings -= made;

  Step& step = steps_[number];
  if (into_head_ && number + 1 == steps_.size()) {
    probe_into_head(step, batches_[number - 1]);
  } else if (step.kind == Step::Kind::probe || step.kind == Step::Kind::scan) {
    probe(number);
  } else {
    filter(number);
  }
}

const Symbol* Join::key_of(Step& step, const Batch& batch, std::size_t binding) {
  for (std::size_t k = 0; k < step.key.size(); ++k)
    step.values[k] = value(step.key[k], batch, binding);
  return step.values.data();
}

/// Adds one binding, joined with each of `count` rows.
void Join::put(const Step& step, const Symbol* rows, std::size_t count, const Batch& from,
               std::size_t binding, Batch& to) const {
  const std::size_t arity = step.relation->arity();
  for (const auto& [column, variable] : step.outputs) {
    Symbol* out = to.columns[variable].data() + to.size;
    for (std::size_t i = 0; i < count; ++i) out[i] = rows[i * arity + column];
  }
  for (const std::uint32_t v : step.carried) {
    std::fill_n(to.columns[v].data() + to.size, count, from.columns[v][binding]);
  }
  to.size += count;
}

void Join::probe(std::size_t number) {
  Step& step = steps_[number];
  const Batch& from = batches_[number - 1];
  Batch& to = batches_[number];
  const std::size_t arity = step.relation->arity();
  to.size = 0;
  for (std::size_t i = 0; i < from.size && !budget_->spent; ++i) {
    const auto take = [&](const Symbol* rows, std::size_t count) {
      while (count > 0 && !budget_->spent) {
        const std::size_t part = step.repeats.empty() ? std::min(count, batch_size - to.size) : 1;
        if (fits(step, rows)) put(step, rows, part, from, i, to);
        rows += part * arity;
        count -= part;
        if (to.size == batch_size) {
          forward(number + 1);
          to.size = 0;
        }
      }
    };
    if (step.kind == Step::Kind::probe) {
      step.index->find(key_of(step, from, i), *step.relation, take);
    } else {
      for (std::size_t row = 0, size = step.relation->size(); row < size; ++row)
        take(step.relation->row(row), 1);
    }
  }
  if (to.size > 0) forward(number + 1);
}

void Join::probe_into_head(Step& step, const Batch& from) {
  const std::size_t arity = step.relation->arity(), column = step.outputs[0].first;
  for (std::size_t i = 0; i < from.size && head_.size() <= budget_->rows; ++i) {
    const Symbol first = value(clause_.arguments[0], from, i);
    step.index->find(
        key_of(step, from, i), *step.relation, [&](const Symbol* rows, std::size_t count) {
          budget_->bindings -= std::min(budget_->bindings, count);
          if (count == 1) {  // may be a row of the head itself, which moves when it grows
            const Symbol row[2] = {first, rows[column]};
            head_.insert(row);
          } else {
            head_.insert_all(first, rows + column, arity, count);
          }
        });
  }
}

/// Whether a relation has a row for the binding, has none, or a test says yes.
bool Join::passes(Step& step, const Batch& from, std::size_t binding) const {
  const Symbol* key = key_of(step, from, binding);
  if (step.kind == Step::Kind::test) return (*test_)(step.literal->relation, step.values);
  bool there = false;
  if (step.index != nullptr) {
    there = step.index->any(key);
  } else if (step.key.empty()) {
    there = step.relation->size() > 0;
  } else {
    there = step.relation->contains(key);
  }
  return there == (step.kind == Step::Kind::contains);
}

void Join::filter(std::size_t number) {
  Step& step = steps_[number];
  const Batch& from = batches_[number - 1];
  Batch& to = batches_[number];
  to.size = 0;
  for (std::size_t i = 0; i < from.size; ++i) {
    if (!passes(step, from, i)) continue;
    for (const std::uint32_t v : step.carried) to.columns[v][to.size] = from.columns[v][i];
    ++to.size;
  }
  if (to.size > 0) forward(number + 1);
}

void Join::emit() {
  const Batch& from = batches_[steps_.size() - 1];
  std::vector<Symbol> row(clause_.arguments.size());
  for (std::size_t i = 0; i < from.size; ++i) {
    for (std::size_t c = 0; c < row.size(); ++c) row[c] = value(clause_.arguments[c], from, i);
    head_.insert(row.data());
  }
}

}  // namespace fmx::engine
