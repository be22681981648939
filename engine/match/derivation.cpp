#include "engine/match/derivation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "engine/match/table.hpp"

namespace fmx::engine {
namespace {

using Kind = Expression::Kind;

/// A condition with more ways through its `or`s than this is asked as a whole.
constexpr std::size_t most_ways = 64;

}  // namespace

/// Makes a clause of conditions that hold together: numbers their variables, turns atoms into
/// literals and everything else into tests.
class Derivation::ClauseBuilder {
 public:
  ClauseBuilder(Derivation& derivation, const ValueOf& value_of)
      : derivation_(derivation), program_(derivation.program_), value_of_(value_of) {}

  void add_atom(const Part& part, std::uint32_t relation) {
    const Node& atom = program_.at(part.node);
    Literal literal{part.negated ? Literal::Kind::absent : Literal::Kind::holds, relation, {}};
    for (std::uint32_t i = 0; i < atom.operands.size; ++i) {
      literal.arguments.push_back(argument(program_.at(program_.operand(atom, i)), part.negated));
    }
    clause_.body.push_back(std::move(literal));
  }

  /// A condition that is no atom. What only it knows the labels of, those give values to.
  void add_test(const Part& part) {
    bind_labels(part.node);
    Literal literal{Literal::Kind::test, derivation_.test(part), {}};
    for (const TextId variable : program_.free(part.node)) {
      if (!numbers_.contains(variable)) return;  // may be anything: says nothing of the others
      literal.arguments.push_back(Argument::variable(numbers_.at(variable)));
    }
    clause_.body.push_back(std::move(literal));
  }

  bool knows(TextId variable) const { return numbers_.contains(variable); }

  Clause clause(std::span<const TextId> head) {
    for (const TextId variable : head)
      clause_.arguments.push_back(Argument::variable(numbers_.at(variable)));
    return std::move(clause_);
  }

 private:
  Argument argument(const Node& node, bool negated) {
    switch (node.kind) {
      case Kind::text:
        return Argument::constant(
            derivation_.symbols_.of(std::string_view(program_.text(node.index))));
      case Kind::number: return Argument::constant(derivation_.symbols_.of(node.number));
      case Kind::variable: return variable(node.index, negated);
      default: return Argument::any();  // the checker lets nothing else stand in an atom
    }
  }

  Argument variable(TextId name, bool negated) {
    if (program_.text(name) == "_") return Argument::any();
    if (const auto value = value_of_(name)) return Argument::constant(*value);
    if (negated && !numbers_.contains(name)) return Argument::any();
    return Argument::variable(
        numbers_.try_emplace(name, static_cast<std::uint32_t>(numbers_.size())).first->second);
  }

  /// Literals for the families and findings in a test whose labels nothing has bound yet.
  void bind_labels(NodeId id) {
    const Node& node = program_.at(id);
    const std::vector<TextId>& free = program_.free(id);
    if (std::all_of(free.begin(), free.end(), [&](TextId v) { return numbers_.contains(v); }))
      return;
    if (node.kind == Kind::metric || node.kind == Kind::finding) {
      const bool metric = node.kind == Kind::metric;
      Literal literal{Literal::Kind::holds,
                      metric ? derivation_.family(node.index) : derivation_.instances(node.index),
                      {}};
      for (std::uint32_t i = 0; i < node.terms.size; ++i) {
        const Term term = program_.term(node, i);
        literal.arguments.push_back(term.variable
                                        ? variable(term.text, false)
                                        : Argument::constant(derivation_.symbols_.of(
                                              std::string_view(program_.text(term.text)))));
      }
      clause_.body.push_back(std::move(literal));
    }
    for (std::uint32_t i = 0; i < node.operands.size; ++i) bind_labels(program_.operand(node, i));
  }

  Derivation& derivation_;
  const Program& program_;
  const ValueOf& value_of_;
  std::map<TextId, std::uint32_t> numbers_;
  Clause clause_;
};

Derivation::Derivation(const Program& program, const Knowledge& knowledge, const Run& run,
                       const Binding& binding, Symbols& symbols, Questions questions)
    : program_(program),
      knowledge_(knowledge),
      run_(run),
      binding_(binding),
      symbols_(symbols),
      questions_(std::move(questions)) {
  datalog_.answer_tests_with(
      [this](std::uint32_t test, std::span<const Symbol> values) { return answer(test, values); });
}

bool Derivation::answer(std::uint32_t test, std::span<const Symbol> values) const {
  const Part& asked = asked_[test];
  return questions_.holds(asked.node, asked.negated, program_.free(asked.node), values);
}

/// The number of the test that asks for a condition, with the variables that are free in it.
std::uint32_t Derivation::test(const Part& part) {
  const auto next = static_cast<std::uint32_t>(asked_.size());
  const auto [known, is_new] = tests_.try_emplace({part.node, part.negated}, next);
  if (is_new) asked_.push_back(part);
  return known->second;
}

bool Derivation::given(Index relation) { return prepare(relation).given; }

bool Derivation::incomplete(Index relation) {
  const Entry& entry = prepare(relation);
  datalog_.solve(entry.id);
  return datalog_.incomplete(entry.id);
}

/// The relation, ready to be solved. Makes clauses of its rules and of those they rest on; rules
/// that rest on what is not given are left out.
const Derivation::Entry& Derivation::prepare(Index relation) {
  const auto known = entries_.find(relation);
  if (known != entries_.end()) return known->second;
  std::vector<Index> fresh;
  std::vector<Pending> pending;
  collect(relation, fresh, pending);

  const auto rests_on_given = [&](const Pending& rule) {
    return std::all_of(rule.rests_on.begin(), rule.rests_on.end(),
                       [&](Index r) { return entries_.at(r).given; });
  };
  for (bool settled = false; !settled;) {  // ends: each round but the last finds one more given
    settled = true;
    for (const Pending& rule : pending) {
      if (entries_.at(rule.head).given || !rests_on_given(rule)) continue;
      entries_.at(rule.head).given = true;
      settled = false;
    }
  }
  for (Pending& rule : pending) {
    if (rests_on_given(rule)) datalog_.add_clause(std::move(rule.clause));
  }
  return entries_.at(relation);
}

void Derivation::collect(Index relation, std::vector<Index>& fresh, std::vector<Pending>& pending) {
  if (entries_.contains(relation)) return;
  Entry& entry = entries_[relation];
  entry.id = datalog_.add_relation(knowledge_.relations[relation].arity);
  fresh.push_back(relation);
  if (knowledge_.relations[relation].table) load(relation, entry);

  const ValueOf nothing = [](TextId) { return std::nullopt; };
  for (const Program::RuleNodes& rule : program_.rules(relation)) {
    for (const Conjunction& way : ways(rule.body, false)) {
      ClauseBuilder builder(*this, nothing);
      Pending made;
      made.head = relation;
      // Atoms that hold come first: they give the others' variables their values.
      for (const bool negated : {false, true}) {
        for (const Part& part : way) {
          const Node& node = program_.at(part.node);
          if (node.kind != Kind::atom || part.negated != negated) continue;
          collect(node.index, fresh, pending);
          made.rests_on.push_back(node.index);
          builder.add_atom(part, entries_.at(node.index).id);
        }
      }
      for (const Part& part : way) {
        if (program_.at(part.node).kind != Kind::atom) builder.add_test(part);
      }
      const bool safe = std::all_of(rule.variables.begin(), rule.variables.end(),
                                    [&](TextId v) { return builder.knows(v); });
      assert(safe && "the checker wants every variable of a rule's head bound");
      if (!safe) continue;
      made.clause = builder.clause(rule.variables);
      made.clause.head = entry.id;
      made.clause.rule = rule.span;
      pending.push_back(std::move(made));
    }
  }
}

/// Takes in the rows of a table that it has not seen yet.
void Derivation::load(Index relation, Entry& entry) {
  const Table& table = knowledge_.tables[relation];
  const std::vector<Row>* rows = find_table(run_, table);
  entry.given = rows != nullptr;
  if (rows == nullptr) return;
  Cells cells(table, symbols_);
  std::vector<std::vector<Symbol>> facts;
  for (; entry.loaded < rows->size(); ++entry.loaded)
    facts.push_back(cells.of((*rows)[entry.loaded]));
  datalog_.add_facts(entry.id, facts);
}

/// The ways in which a condition can hold, each a list of atoms and other conditions without `or`.
std::vector<Derivation::Conjunction> Derivation::ways(NodeId id, bool negated) const {
  const Node& node = program_.at(id);
  const bool is_any =
      node.kind == Kind::aggregate && node.aggregate == Expression::Aggregate::any && !negated;
  const bool is_connective = node.kind == Kind::operation && node.op >= Operator::logical_and &&
                             node.op <= Operator::logical_not;
  if (!is_any && !is_connective) return {{Part{id, negated}}};
  if (node.op == Operator::logical_not && is_connective)
    return ways(program_.operand(node, 0), !negated);

  const bool all = is_any || (node.op == Operator::logical_and) != negated;
  std::vector<Conjunction> joined;
  if (all) joined.emplace_back();
  for (std::uint32_t i = 0; i < node.operands.size; ++i) {
    const std::vector<Conjunction> part = ways(program_.operand(node, i), negated);
    if (!all) {
      joined.insert(joined.end(), part.begin(), part.end());
      continue;
    }
    std::vector<Conjunction> longer;
    for (const Conjunction& start : joined) {
      for (const Conjunction& rest : part) {
        longer.push_back(start);
        longer.back().insert(longer.back().end(), rest.begin(), rest.end());
      }
    }
    joined = std::move(longer);
    if (joined.size() > most_ways) return {{Part{id, negated}}};
  }
  return joined;
}

bool Derivation::holds(NodeId atom, const ValueOf& value_of) {
  const Entry& entry = prepare(program_.at(atom).index);
  ClauseBuilder builder(*this, value_of);
  builder.add_atom({atom, false}, entry.id);
  const Clause clause = builder.clause({});
  std::vector<Symbol> row;
  for (const Argument& argument : clause.body.front().arguments) {
    if (argument.kind != Argument::Kind::constant) return datalog_.query(clause).size() > 0;
    row.push_back(argument.value);
  }
  return datalog_.solve(entry.id).contains(row.data());
}

std::vector<Derivation::Answer> Derivation::solve(std::span<const NodeId> conditions,
                                                  std::span<const TextId> variables,
                                                  const ValueOf& value_of) {
  std::vector<Conjunction> all{{}};
  for (const NodeId condition : conditions) {
    std::vector<Conjunction> longer;
    for (const Conjunction& start : all) {
      for (const Conjunction& rest : ways(condition, false)) {
        longer.push_back(start);
        longer.back().insert(longer.back().end(), rest.begin(), rest.end());
      }
    }
    all = std::move(longer);
  }

  std::vector<Answer> answers;
  for (const Conjunction& way : all) {
    ClauseBuilder builder(*this, value_of);
    bool all_given = true;
    for (const Part& part : way) {
      const Node& node = program_.at(part.node);
      if (node.kind != Kind::atom || part.negated) continue;
      const Entry& entry = prepare(node.index);
      all_given = all_given && entry.given;
      builder.add_atom(part, entry.id);
    }
    Answer answer;
    for (const TextId variable : variables) {
      if (builder.knows(variable)) answer.variables.push_back(variable);
    }
    if (answer.variables.empty()) continue;
    answer.rows = Relation(answer.variables.size());
    if (all_given) {
      answer.rows = datalog_.query(builder.clause(answer.variables), &answer.complete);
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

/// The labels of a metric's members as a relation.
std::uint32_t Derivation::family(Index metric) {
  const auto known = families_.find(metric);
  if (known != families_.end()) return known->second;
  const std::size_t labels = knowledge_.metrics[metric].labels.size();
  const std::uint32_t relation = datalog_.add_relation(labels);
  for (const Member& member : binding_.metrics[metric]) {
    if (member.labels.size() != labels) continue;
    std::vector<Symbol> row;
    for (const std::string& label : member.labels)
      row.push_back(symbols_.of(std::string_view(label)));
    datalog_.add_fact(relation, row);
  }
  return families_[metric] = relation;
}

/// The choices of a finding's variables as a relation.
std::uint32_t Derivation::instances(Index finding) {
  const auto known = instances_.find(finding);
  if (known != instances_.end()) return known->second;
  const auto rows = questions_.instances(finding);
  const std::uint32_t relation =
      datalog_.add_relation(knowledge_.findings[finding].variables.size());
  for (const std::vector<Symbol>& row : rows) datalog_.add_fact(relation, row);
  return instances_[finding] = relation;
}

std::vector<std::string> Derivation::given_up() const {
  std::vector<std::string> notes;
  for (const auto& [relation, entry] : entries_) {
    if (!datalog_.incomplete(entry.id)) continue;
    notes.push_back(fmt::format(
        "more follows from the rules for `{}` than can be kept or worked out (at most {} rows and "
        "{} joins); what rests on it is unknown",
        knowledge_.relations[relation].id, datalog_.limits().rows, datalog_.limits().bindings));
  }
  return notes;
}

}  // namespace fmx::engine
