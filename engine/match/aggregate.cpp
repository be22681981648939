#include <algorithm>
#include <functional>
#include <numeric>

#include "engine/match/evaluate.hpp"

namespace fmx::engine {
namespace {

using Kind = Expression::Kind;
using Aggregate = Expression::Aggregate;

/// More choices of variables than this are not tried: a rule over three labels of a thousand
/// values.
constexpr std::size_t most_tuples = 100'000;

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// Pre: at least one value.
double fold(Aggregate aggregate, const std::vector<double>& values) {
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
    case Aggregate::median: return median(values);
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

/// All choices of `variables` that occur where the nodes under `roots` use them, ordered by text.
/// One use that has all the variables says which go together; else every value goes with every
/// other.
std::vector<Evaluator::Tuple> Evaluator::domain(Variables variables,
                                                std::span<const NodeId> roots) {
  std::vector<Tuple> tuples;
  for (const NodeId root : roots) collect(root, variables, tuples);
  const auto by_text = [this](Symbol a, Symbol b) { return symbols_.text(a) < symbols_.text(b); };
  const auto complete = [](const Tuple& t) {
    return std::find(t.begin(), t.end(), unbound) == t.end();
  };

  if (std::any_of(tuples.begin(), tuples.end(), complete)) {
    std::erase_if(tuples, [&](const Tuple& t) { return !complete(t); });
  } else if (!tuples.empty()) {
    std::vector<Tuple> product{Tuple{}};
    for (std::size_t i = 0; i < variables.size(); ++i) {
      std::vector<Symbol> values;
      for (const Tuple& tuple : tuples) {
        if (tuple[i] != unbound) values.push_back(tuple[i]);
      }
      std::sort(values.begin(), values.end(), by_text);
      values.erase(std::unique(values.begin(), values.end()), values.end());
      if (values.empty() || product.size() * values.size() > most_tuples) return {};
      std::vector<Tuple> longer;
      for (const Tuple& start : product) {
        for (const Symbol value : values) {
          longer.push_back(start);
          longer.back().push_back(value);
        }
      }
      product = std::move(longer);
    }
    tuples = std::move(product);
  }
  std::sort(tuples.begin(), tuples.end(), [&](const Tuple& a, const Tuple& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), by_text);
  });
  tuples.erase(std::unique(tuples.begin(), tuples.end()), tuples.end());
  return tuples;
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

/// The choices of an aggregate's variables that its `where` lets in.
std::vector<Evaluator::Tuple> Evaluator::members(const Node& node) {
  const std::vector<TextId> variables = variables_of(node);
  std::vector<NodeId> roots;
  for (std::uint32_t i = 0; i < node.operands.size; ++i) roots.push_back(program_.operand(node, i));
  std::vector<Tuple> tuples = domain(variables, roots);
  if (node.operands.size > 1) {
    std::erase_if(tuples, [&](const Tuple& tuple) {
      const Scope scope(*this, variables, tuple);
      const Degree wanted = degree(program_.operand(node, 1));
      return !wanted.known() || wanted.value() < 0.5;
    });
  }
  return tuples;
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
  for (const Tuple& tuple : members(node)) {
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
  return values.empty() ? Value::of(reason) : Value::of(fold(node.aggregate, values), deciding);
}

}  // namespace fmx::engine
