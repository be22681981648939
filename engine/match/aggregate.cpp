#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "engine/match/evaluate.hpp"
#include "engine/signal/order.hpp"

namespace fmx::engine {
namespace {

using Kind = Expression::Kind;
using Aggregate = Expression::Aggregate;

/// Pre: at least one value. `q` is that of a quantile.
double fold(Aggregate aggregate, std::vector<double> values, double q) {
  const auto seen = [](double degree) { return degree >= 0.5; };
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  const double size = static_cast<double>(values.size());
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  switch (aggregate) {
    case Aggregate::count:
      return static_cast<double>(std::count_if(values.begin(), values.end(), seen));
    case Aggregate::share:
      return static_cast<double>(std::count_if(values.begin(), values.end(), seen)) / size;
    case Aggregate::sum: return sum;
    case Aggregate::mean: return sum / size;
    case Aggregate::median: return signal::median(values);
    case Aggregate::quantile: return signal::quantile(values, q);
    case Aggregate::min:
    case Aggregate::all: return *low;
    case Aggregate::max:
    case Aggregate::any: return *high;
    case Aggregate::spread: return *high - *low;
  }
  return 0;
}

}  // namespace

std::vector<TextId> Evaluator::variables_of(const Node& aggregate) const {
  std::vector<TextId> variables;
  for (std::uint32_t i = 0; i < aggregate.terms.size; ++i)
    variables.push_back(program_.term(aggregate, i).text);
  return variables;
}

/// All choices of `variables` that occur where the nodes under `roots` use them, ordered by text:
/// those for which atoms hold, of the first root that has any before the next, and of variables
/// that stand in no atom the labels that are logged. Empty where there are too many to try.
std::optional<std::vector<Evaluator::Tuple>> Evaluator::domain(Variables variables,
                                                               std::span<const NodeId> roots) {
  bool complete = true;
  std::vector<Tuple> tuples{Tuple(variables.size(), unbound)};
  for (const NodeId root : roots) {
    if (!program_.has_atoms(root)) continue;
    tuples = completed(tuples, variables,
                       [&](Variables rest) { return bound_by_atoms(rest, root, complete); });
  }
  tuples = completed(tuples, variables,
                     [&](Variables rest) { return bound_by_labels(rest, roots, complete); });
  if (!complete || tuples.size() > most_tuples) {
    too_many_.emplace(roots.begin(), roots.end());
    return std::nullopt;
  }
  std::sort(tuples.begin(), tuples.end(), [this](const Tuple& a, const Tuple& b) {
    const auto by_text = [this](Symbol x, Symbol y) { return symbols_.text(x) < symbols_.text(y); };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), by_text);
  });
  tuples.erase(std::unique(tuples.begin(), tuples.end()), tuples.end());
  return tuples;
}

/// Each of `tuples` with every choice that `more` has for its unbound variables, the others bound.
std::vector<Evaluator::Tuple> Evaluator::completed(
    const std::vector<Tuple>& tuples, Variables variables,
    const std::function<std::vector<Tuple>(Variables)>& more) {
  std::vector<Tuple> all;
  for (const Tuple& start : tuples) {
    std::vector<TextId> rest;
    for (std::size_t i = 0; i < start.size(); ++i) {
      if (start[i] == unbound) rest.push_back(variables[i]);
    }
    if (rest.empty()) {
      all.push_back(start);
      continue;
    }
    if (all.size() > most_tuples) return all;  // too many; domain() says so
    const Scope scope(*this, variables, start);
    for (const Tuple& found : more(rest)) {
      Tuple& tuple = all.emplace_back(start);
      std::size_t next = 0;
      for (Symbol& symbol : tuple) {
        if (symbol == unbound) symbol = found[next++];
      }
    }
  }
  return all;
}

/// The choices that the labels of families and the instances of findings leave. One use that has
/// all the variables says which go together; else every value goes with every other, unless that
/// makes too many: then none, and `complete` is false.
std::vector<Evaluator::Tuple> Evaluator::bound_by_labels(Variables variables,
                                                         std::span<const NodeId> roots,
                                                         bool& complete) {
  std::vector<Tuple> tuples;
  for (const NodeId root : roots) collect(root, variables, tuples);
  const auto is_whole = [](const Tuple& t) {
    return std::find(t.begin(), t.end(), unbound) == t.end();
  };
  if (tuples.empty()) return tuples;
  if (std::any_of(tuples.begin(), tuples.end(), is_whole)) {
    std::erase_if(tuples, [&](const Tuple& t) { return !is_whole(t); });
    return tuples;
  }
  std::vector<Tuple> product{Tuple{}};
  for (std::size_t i = 0; i < variables.size(); ++i) {
    std::set<Symbol> values;
    for (const Tuple& tuple : tuples) {
      if (tuple[i] != unbound) values.insert(tuple[i]);
    }
    if (product.size() * values.size() > most_tuples) {
      complete = false;
      return {};
    }
    std::vector<Tuple> longer;
    for (const Tuple& start : product) {
      for (const Symbol value : values) {
        longer.push_back(start);
        longer.back().push_back(value);
      }
    }
    product = std::move(longer);
  }
  return product;
}

void Evaluator::collect(NodeId id, Variables variables, std::vector<Tuple>& tuples) {
  const std::vector<TextId>& free = program_.free(id);
  const auto is_free = [&](TextId v) { return std::binary_search(free.begin(), free.end(), v); };
  if (std::none_of(variables.begin(), variables.end(), is_free)) return;

  const Node& node = program_.at(id);
  if (node.kind == Kind::metric) {
    for (const Member& member : binding_.metrics[node.index]) {
      if (member.labels.size() != node.terms.size) continue;
      std::vector<Symbol> values;
      for (const std::string& label : member.labels) values.push_back(symbols_.of(label));
      add_tuple(node, variables, values, tuples);
    }
  } else if (node.kind == Kind::finding) {
    for (const Observation& seen : observations(node.index)) {
      if (seen.arguments.size() != node.terms.size) continue;
      std::vector<Symbol> values;
      for (const std::string& argument : seen.arguments) values.push_back(symbols_.of(argument));
      add_tuple(node, variables, values, tuples);
    }
  }
  for (std::uint32_t i = 0; i < node.operands.size; ++i)
    collect(program_.operand(node, i), variables, tuples);
}

/// What `values` at the places of the node's terms say of `variables`; nothing where they disagree
/// with a label that is written out or bound already.
void Evaluator::add_tuple(const Node& node, Variables variables, const std::vector<Symbol>& values,
                          std::vector<Tuple>& tuples) {
  Tuple tuple(variables.size(), unbound);
  for (std::uint32_t i = 0; i < node.terms.size; ++i) {
    const Term term = program_.term(node, i);
    if (!term.variable) {
      if (program_.text(term.text) != symbols_.text(values[i])) return;
      continue;
    }
    const auto it = std::find(variables.begin(), variables.end(), term.text);
    if (it == variables.end()) {
      const Symbol fixed = bound(term.text);
      if (fixed != unbound && fixed != values[i]) return;
      continue;
    }
    Symbol& place = tuple[static_cast<std::size_t>(it - variables.begin())];
    if (place != unbound && place != values[i]) return;
    place = values[i];
  }
  tuples.push_back(std::move(tuple));
}

/// The choices of an aggregate's variables that its `where` lets in. Empty where there are too
/// many.
std::optional<std::vector<Evaluator::Tuple>> Evaluator::members(const Node& node) {
  const std::vector<TextId> variables = variables_of(node);
  std::vector<NodeId> roots;
  // What `where` says are the members; the value only where nothing else does.
  for (std::uint32_t i = node.operands.size; i-- > 0;) roots.push_back(program_.operand(node, i));
  std::optional<std::vector<Tuple>> tuples = domain(variables, roots);
  if (tuples && node.operands.size > 1) {
    std::erase_if(*tuples, [&](const Tuple& tuple) {
      const Scope scope(*this, variables, tuple);
      const Degree wanted = degree(program_.operand(node, 1));
      return !wanted.known() || wanted.value() < 0.5;
    });
  }
  return tuples;
}

/// What an aggregate of no members comes to: unknown for the reason its operands have with nothing
/// bound; but of a table that has no row that fits it is known that there is none.
Value Evaluator::aggregate_of_none(const Node& node) {
  for (std::uint32_t i = 0; i < node.operands.size; ++i) {
    const Value& operand = this->operand(node, i);
    const bool by_atoms = program_.has_atoms(program_.operand(node, i));
    if (!by_atoms) continue;
    if (operand.unknown() && operand.reason == Unknown::not_given)
      return Value::of(Unknown::not_given);
    switch (node.aggregate) {
      case Aggregate::count:
      case Aggregate::sum:
      case Aggregate::any: return Value::of(0.0);
      case Aggregate::all: return Value::of(1.0);
      default: return Value::of(Unknown::empty_window);
    }
  }
  return Value::of(Unknown::not_logged);
}

Value Evaluator::aggregate(const Node& node) {
  const std::vector<TextId> variables = variables_of(node);
  std::vector<double> values;
  Unknown reason = Unknown::not_logged;
  Origin deciding;
  bool any_unknown = false;
  const bool lowest = node.aggregate == Aggregate::min || node.aggregate == Aggregate::all;
  const bool highest = node.aggregate == Aggregate::max || node.aggregate == Aggregate::any ||
                       node.aggregate == Aggregate::spread;
  double best = 0;
  const std::optional<std::vector<Tuple>> tuples = members(node);
  if (!tuples) return Value::of(Unknown::undefined);
  if (tuples->empty()) return aggregate_of_none(node);
  for (const Tuple& tuple : *tuples) {
    const Scope scope(*this, variables, tuple);
    const Value& member = operand(node, 0);
    const Number number = number_of(member);
    if (!number.known()) {
      if (!any_unknown) reason = number.reason();
      any_unknown = true;
      continue;
    }
    const bool better = (lowest && number.value() < best) || (highest && number.value() > best);
    if (values.empty() || better) {
      best = number.value();
      deciding = member.origin;
    }
    values.push_back(number.value());
  }
  if (values.empty()) return Value::of(reason);
  return Value::of(fold(node.aggregate, std::move(values), node.number), deciding);
}

/// An aggregate of what is written out one after the other: of those that are known.
Value Evaluator::listed(const Node& node) {
  std::vector<double> values;
  Value first_unknown = Value::of(Unknown::undefined);
  Origin origin;
  for (std::uint32_t i = 0; i < node.operands.size; ++i) {
    const Value& member = operand(node, i);
    const Number number = number_of(member);
    if (number.known()) {
      values.push_back(number.value());
      origin = origin.or_else(member.origin);
    } else if (i == 0) {
      first_unknown = Value::of(number, member.origin);
    }
  }
  if (values.empty()) return first_unknown;
  return Value::of(fold(node.aggregate, std::move(values), node.number), origin);
}

}  // namespace fmx::engine
