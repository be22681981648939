#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "engine/match/evaluate.hpp"

namespace fmx::engine {

Derivation& Evaluator::derivation() {
  if (derivation_) return *derivation_;
  Derivation::Questions questions;
  questions.holds = [this](NodeId condition, bool negated, const std::vector<TextId>& variables,
                           std::span<const Symbol> values) {
    const Scope scope(*this, variables, Tuple(values.begin(), values.end()));
    const Degree seen = degree(condition);
    return seen.known() && (negated ? seen.value() < 0.5 : seen.value() >= 0.5);
  };
  questions.instances = [this](Index finding) {
    std::vector<Tuple> all;
    for (const Observation& seen : observations(finding)) {
      Tuple tuple;
      for (const std::string& argument : seen.arguments)
        tuple.push_back(symbols_.of(std::string_view(argument)));
      if (!tuple.empty()) all.push_back(std::move(tuple));
    }
    return all;
  };
  derivation_ = std::make_unique<Derivation>(program_, knowledge_, run_, binding_, symbols_,
                                             std::move(questions));
  return *derivation_;
}

/// Whether a row fits an atom; a variable without a value may be anything.
Judgement Evaluator::atom(NodeId id) {
  const Index relation = program_.at(id).index;
  if (!derivation().given(relation)) return judge(Unknown::not_given, {});
  if (derivation().incomplete(relation)) return judge(Unknown::undefined, {});
  const auto value_of = [this](TextId variable) {
    const Symbol symbol = bound(variable);
    return symbol == unbound ? std::nullopt : std::optional(symbol);
  };
  return judge(derivation().holds(id, value_of), {});
}

/// Why an atom holds, with the variables as they are bound now.
std::optional<Derived> Evaluator::derived(NodeId atom) {
  return derivation().derived(atom, [this](TextId variable) {
    const Symbol symbol = bound(variable);
    return symbol == unbound ? std::nullopt : std::optional(symbol);
  });
}

/// The choices of those of `variables` that atoms of `condition` give values to; the others stay
/// unbound. One choice, of nothing, where no atom has any of them. `complete` turns false where
/// there are more than the limits let through.
std::vector<Evaluator::Tuple> Evaluator::bound_by_atoms(Variables variables, NodeId condition,
                                                        bool& complete) {
  const auto value_of = [&](TextId variable) {
    const Symbol symbol = bound(variable);
    return symbol == unbound ? std::nullopt : std::optional(symbol);
  };
  const NodeId conditions[] = {condition};
  const std::vector<Derivation::Answer> answers =
      derivation().solve(conditions, variables, value_of);
  if (answers.empty()) return {Tuple(variables.size(), unbound)};
  std::vector<Tuple> tuples;
  for (const Derivation::Answer& answer : answers) {
    complete = complete && answer.complete;
    for (std::size_t i = 0; i < answer.rows.size(); ++i) {
      Tuple& tuple = tuples.emplace_back(variables.size(), unbound);
      for (std::size_t c = 0; c < answer.variables.size(); ++c) {
        const auto place = std::find(variables.begin(), variables.end(), answer.variables[c]);
        tuple[static_cast<std::size_t>(place - variables.begin())] = answer.rows.row(i)[c];
      }
    }
  }
  return tuples;
}

/// The first place in the rules that stands under `root`; what the compiler added has none.
std::optional<Span> Evaluator::place_of(NodeId root) const {
  const Node& node = program_.at(root);
  if (node.span.begin < node.span.end && node.span.source < knowledge_.sources.size())
    return node.span;
  for (std::uint32_t i = 0; i < node.operands.size; ++i) {
    if (const std::optional<Span> place = place_of(program_.operand(node, i))) return place;
  }
  return std::nullopt;
}

std::vector<std::string> Evaluator::given_up() const {
  std::vector<std::string> all = derivation_ ? derivation_->given_up() : std::vector<std::string>{};
  std::set<std::string> places;
  for (const std::vector<NodeId>& roots : too_many_) {
    const std::optional<Span> span = roots.empty() ? std::nullopt : place_of(roots.front());
    if (!span) continue;
    const std::string& path = knowledge_.sources.at(span->source).path;
    places.insert(fmt::format(
        "at {}:{} variables have more choices than can be tried (at most {}); what rests on it is "
        "unknown",
        path.substr(path.rfind('/') + 1), knowledge_.sources.place(*span).line, most_tuples));
  }
  all.insert(all.end(), places.begin(), places.end());
  return all;
}

std::vector<std::string> Evaluator::notes() const {
  std::vector<std::string> notes;
  for (const auto& [metric, percent] : in_percent_) {
    if (!percent) continue;
    const std::string& name = run_.series[binding_.metrics[metric].front().series].name;
    notes.push_back(fmt::format("`{}` is logged in percent and read as a share of 1", name));
  }
  return notes;
}

}  // namespace fmx::engine
