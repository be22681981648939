#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/match/derivation.hpp"

namespace fmx::engine {
namespace {

/// What a proof may cost: larger relations are not looked through, of the ways in which a rule
/// makes a row so many are tried, and so many rows are told.
constexpr std::size_t most_rows = 20'000, most_ways = 32;
constexpr int most_told = 48;

/// What the variables of a clause stand for.
using Values = std::map<std::uint32_t, Symbol>;

/// `argument` with the value of its variable, where there is one.
Argument settled(const Argument& argument, const Values& values) {
  if (argument.kind != Argument::Kind::variable) return argument;
  const auto known = values.find(argument.value);
  return known == values.end() ? argument : Argument::constant(known->second);
}

/// Whether the cells are what constants ask for, and the same where a variable is.
bool fits(const Symbol* cells, const std::vector<Argument>& arguments) {
  for (std::size_t c = 0; c < arguments.size(); ++c) {
    if (arguments[c].kind == Argument::Kind::constant && arguments[c].value != cells[c])
      return false;
  }
  Values taken;
  for (std::size_t c = 0; c < arguments.size(); ++c) {
    if (arguments[c].kind == Argument::Kind::variable &&
        taken.try_emplace(arguments[c].value, cells[c]).first->second != cells[c])
      return false;
  }
  return true;
}

/// The first row before `end` that fits and for which `may(row)`; empty where none does.
template <class May>
std::optional<std::size_t> first_fit(const Relation& rows, std::size_t end,
                                     std::vector<Argument> arguments, const Values& values,
                                     const May& may) {
  if (rows.size() > most_rows) return std::nullopt;
  for (Argument& argument : arguments) argument = settled(argument, values);
  for (std::size_t i = 0; i < end; ++i) {
    if (fits(rows.row(i), arguments) && may(i)) return i;
  }
  return std::nullopt;
}

/// The clause as a question for its variables, where its head is `row`; `asked` says which they
/// are, in the order of the answer's columns. Empty where the head does not fit.
std::optional<Clause> question(const Clause& clause, const Symbol* row, Values& values,
                               std::vector<std::uint32_t>& asked) {
  for (std::size_t c = 0; c < clause.arguments.size(); ++c) {
    const Argument& argument = clause.arguments[c];
    const bool fits = argument.kind == Argument::Kind::constant
                          ? argument.value == row[c]
                          : values.try_emplace(argument.value, row[c]).first->second == row[c];
    if (!fits) return std::nullopt;
  }
  Clause made;
  made.body = clause.body;
  for (Literal& literal : made.body) {
    for (Argument& argument : literal.arguments) {
      argument = settled(argument, values);
      if (argument.kind == Argument::Kind::variable &&
          std::find(asked.begin(), asked.end(), argument.value) == asked.end())
        asked.push_back(argument.value);
    }
  }
  for (const std::uint32_t variable : asked) made.arguments.push_back(Argument::variable(variable));
  return made;
}

}  // namespace

/// "waits_for(t0, t2)"
std::string Derivation::fact(std::uint32_t relation, const Symbol* cells) const {
  const auto entry = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const auto& each) { return each.second.id == relation; });
  if (entry == entries_.end()) return "";  // labels of a family
  const std::size_t arity = knowledge_.relations[entry->first].arity;
  std::string text = knowledge_.relations[entry->first].name + "(";
  for (std::size_t c = 0; c < arity; ++c) text += (c == 0 ? "" : ", ") + symbols_.text(cells[c]);
  return text + ")";
}

/// The rows, one for each atom of `clause` that holds, from which it makes `row` of `relation`; of
/// several ways the one that was open first. Rows of the same relation came before `row`, and none
/// is among those of `told`, which rest on this one.
std::optional<std::vector<std::size_t>> Derivation::premises(const Clause& clause,
                                                             std::uint32_t relation,
                                                             std::size_t row, const Told& told) {
  for (const Literal& literal : clause.body) {
    const bool looked_at = literal.kind == Literal::Kind::holds;
    if (looked_at && datalog_.rows(literal.relation).size() > most_rows) return std::nullopt;
  }
  Values values;
  std::vector<std::uint32_t> asked;
  const std::optional<Clause> asks =
      question(clause, datalog_.rows(relation).row(row), values, asked);
  if (!asks) return std::nullopt;
  const engine::Relation answers = datalog_.query(*asks);
  std::optional<std::vector<std::size_t>> best;
  std::size_t best_last = row;
  for (std::size_t i = 0; i < std::min(answers.size(), most_ways); ++i) {
    Values chosen = values;
    for (std::size_t c = 0; c < asked.size(); ++c) chosen[asked[c]] = answers.row(i)[c];
    std::vector<std::size_t> found;
    std::size_t last = 0;  // of the same relation: the latest row it rests on, and one
    bool all = true;
    for (const Literal& literal : clause.body) {
      if (literal.kind != Literal::Kind::holds) continue;
      const bool same = literal.relation == relation;
      const engine::Relation& rows = datalog_.rows(literal.relation);
      const auto may = [&](std::size_t premise) {
        return std::ranges::find(told, std::pair(literal.relation, premise)) == told.end();
      };
      const auto fit = first_fit(rows, same ? row : rows.size(), literal.arguments, chosen, may);
      all = all && fit;
      if (!fit) break;
      if (same) last = std::max(last, *fit + 1);
      found.push_back(*fit);
    }
    if (!all || (best && last >= best_last)) continue;
    best = std::move(found);
    best_last = last;
  }
  return best;
}

/// Ends: no row rests on itself, and `left` rows are told at most.
Derived Derivation::proof(std::uint32_t relation, std::size_t row, int& left, Told& told) {
  Derived made{fact(relation, datalog_.rows(relation).row(row)), {}, {}};
  if (--left <= 0) return made;
  told.emplace_back(relation, row);
  for (const Clause& clause : datalog_.clauses(relation)) {
    const auto rests_on = premises(clause, relation, row, told);
    if (!rests_on) continue;
    made.rule = clause.rule;
    std::size_t i = 0;
    for (const Literal& literal : clause.body) {
      if (literal.kind != Literal::Kind::holds || left <= 0) continue;
      const std::size_t premise = (*rests_on)[i++];
      if (fact(literal.relation, datalog_.rows(literal.relation).row(premise)).empty()) continue;
      made.because.push_back(proof(literal.relation, premise, left, told));
    }
    break;
  }
  told.pop_back();
  return made;
}

std::optional<Derived> Derivation::derived(NodeId atom, const ValueOf& value_of) {
  const Node& node = program_.at(atom);
  const std::uint32_t relation = prepare(node.index).id;
  std::vector<Argument> asked;
  for (std::uint32_t i = 0; i < node.operands.size; ++i) {
    const Node& operand = program_.at(program_.operand(node, i));
    switch (operand.kind) {
      case Expression::Kind::text:
        asked.push_back(Argument::constant(symbols_.of(program_.text(operand.index))));
        break;
      case Expression::Kind::number:
        asked.push_back(Argument::constant(symbols_.of(operand.number)));
        break;
      case Expression::Kind::variable: {
        const std::optional<Symbol> value = value_of(operand.index);
        asked.push_back(value ? Argument::constant(*value) : Argument::variable(operand.index));
        break;
      }
      default: asked.push_back(Argument::any());
    }
    if (asked.back().kind == Argument::Kind::variable && program_.text(operand.index) == "_")
      asked.back() = Argument::any();
  }
  const engine::Relation& rows = datalog_.solve(relation);
  if (rows.size() > most_rows) {  // then the row itself is all that is told
    std::vector<Symbol> cells;
    for (const Argument& argument : asked) {
      if (argument.kind != Argument::Kind::constant) return std::nullopt;
      cells.push_back(argument.value);
    }
    return Derived{fact(relation, cells.data()), {}, {}};
  }
  const auto row = first_fit(rows, rows.size(), asked, {}, [](std::size_t) { return true; });
  if (!row) return std::nullopt;
  int left = most_told;
  Told told;
  return proof(relation, *row, left, told);
}

}  // namespace fmx::engine
