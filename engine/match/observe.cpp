#include <algorithm>
#include <cassert>

#include "engine/match/evaluate.hpp"

namespace fmx::engine {
namespace {

/// `title` with each {variable} replaced by its value; by "(any)" where it has none. Values
/// are what a run says: braces in them stand for themselves.
std::string with_arguments(std::string_view title, const std::vector<std::string>& variables,
                           const std::vector<std::string>& arguments) {
  std::string text;
  while (!title.empty()) {
    const std::size_t open = std::min(title.find('{'), title.size());
    text += title.substr(0, open);
    title.remove_prefix(open);
    const std::size_t close = title.find('}');
    const auto variable = close == title.npos ? variables.end()
                                              : std::find(variables.begin(), variables.end(),
                                                          title.substr(1, close - 1));
    if (variable == variables.end()) {  // a brace that is one
      text += title.substr(0, 1);
      title.remove_prefix(std::min<std::size_t>(1, title.size()));
      continue;
    }
    const auto place = static_cast<std::size_t>(variable - variables.begin());
    text += place < arguments.size() ? arguments[place] : "(any)";
    title.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace

const std::vector<Observation>& Evaluator::observations(Index finding) {
  assert(progress_[finding] != Progress::doing &&
         "the checker refuses findings that rest on themselves");
  if (progress_[finding] != Progress::todo) return observed_[finding];
  progress_[finding] = Progress::doing;

  const Program::FindingNodes& nodes = program_.finding(finding);
  // A finding knows nothing of the variables of those that refer to it.
  const auto outer = std::exchange(bound_, {});
  const std::size_t outer_proofs = std::exchange(proofs_left_, most_proofs);
  std::vector<Observation> seen;
  if (nodes.variables.empty()) {
    seen.push_back(observe(finding, {}));
  } else {
    const NodeId roots[] = {nodes.when};
    const std::optional<std::vector<Tuple>> tuples = domain(nodes.variables, roots);
    if (tuples) {
      for (const Tuple& tuple : *tuples) seen.push_back(observe(finding, tuple));
    }
    if (seen.empty()) seen.push_back(observe_none(finding, tuples.has_value()));
  }
  bound_ = outer;
  proofs_left_ = outer_proofs;
  observed_[finding] = std::move(seen);
  progress_[finding] = Progress::done;
  return observed_[finding];
}

/// A finding with variables that take no value: nothing like it is there, or it is not known why.
Observation Evaluator::observe_none(Index finding, bool few_enough) {
  const Finding& about = knowledge_.findings[finding];
  const Degree degree = this->degree(program_.finding(finding).when);
  Observation none;
  none.finding = finding;
  none.title = with_arguments(about.title, about.variables, {});
  none.degree = !few_enough ? Degree(Unknown::undefined) : degree.known() ? Degree(0.0) : degree;
  return none;
}

Observation Evaluator::observe(Index finding, const Tuple& arguments) {
  const Program::FindingNodes& nodes = program_.finding(finding);
  const Scope scope(*this, nodes.variables, arguments);
  Observation seen;
  seen.finding = finding;
  for (const Symbol symbol : arguments) seen.arguments.push_back(symbols_.text(symbol));
  seen.title = with_arguments(knowledge_.findings[finding].title,
                              knowledge_.findings[finding].variables, seen.arguments);
  seen.degree = degree(nodes.when);
  seen.readings = readings(nodes.when);
  if (!seen.degree.known() || seen.degree.value() <= 0) return seen;

  if (nodes.since) {
    const Number time = number_of(value(*nodes.since));
    if (time.known()) seen.since = time.value();
  } else {
    const auto with_series = [](const Reading& r) { return !r.series.empty(); };
    const auto deciding = std::find_if(seen.readings.begin(), seen.readings.end(), with_series);
    if (deciding != seen.readings.end()) seen.since = deciding->first_step;
  }
  return seen;
}

/// The observation that a reference to a finding means: the one with these arguments, or, without
/// arguments, the strongest. Null where there is none.
const Observation* Evaluator::referred(const Node& node) {
  std::vector<std::string> arguments;
  for (std::uint32_t i = 0; i < node.terms.size; ++i) {
    const Term term = program_.term(node, i);
    const Symbol symbol = term.variable ? bound(term.text) : unbound;
    if (term.variable && symbol == unbound) return nullptr;
    arguments.push_back(term.variable ? symbols_.text(symbol) : program_.text(term.text));
  }
  const Observation* found = nullptr;
  for (const Observation& seen : observations(node.index)) {
    if (!arguments.empty()) {
      if (seen.arguments == arguments) return &seen;
      continue;
    }
    const bool stronger = found == nullptr || (seen.degree.known() && !found->degree.known()) ||
                          (seen.degree.known() && seen.degree.value() > found->degree.value());
    if (stronger) found = &seen;
  }
  return found;
}

/// When a finding began; no such time where it is not seen at all.
Value Evaluator::since(const Node& node) {
  const Node& finding = program_.at(program_.operand(node, 0));
  const Observation* seen = finding.kind == Expression::Kind::finding ? referred(finding) : nullptr;
  if (seen == nullptr) return Value::of(Unknown::not_logged);
  if (!seen->degree.known()) return Value::of(seen->degree.reason());
  return seen->since ? Value::of(*seen->since) : Value::of(Unknown::no_such_time);
}

}  // namespace fmx::engine
