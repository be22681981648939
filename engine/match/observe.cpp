#include <algorithm>
#include <cassert>

#include "engine/match/evaluate.hpp"

namespace fmx::engine {
namespace {

/// `title` with each {variable} replaced by its value; by its own name where it has none.
std::string with_arguments(std::string title, const std::vector<std::string>& variables,
                           const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const std::string placeholder = "{" + variables[i] + "}";
    const std::string& value = i < arguments.size() ? arguments[i] : variables[i];
    for (std::size_t at = title.find(placeholder); at != title.npos;
         at = title.find(placeholder, at + value.size())) {
      title.replace(at, placeholder.size(), value);
    }
  }
  return title;
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
