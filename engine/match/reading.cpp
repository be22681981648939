#include <re2/re2.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/match/evaluate.hpp"
#include "engine/match/words.hpp"

namespace fmx::engine {
namespace {

using Kind = Expression::Kind;

/// A rule's own text on one line.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

/// The line of `text` that `at` is in.
std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t before = text.substr(0, at).rfind('\n');
  const std::size_t begin = before == text.npos ? 0 : before + 1;
  return text.substr(begin, std::min(text.find('\n', at), text.size()) - begin);
}

bool same_reading(const Reading& a, const Reading& b) {
  return a.span == b.span && a.series == b.series && a.degree == b.degree &&
         a.distance == b.distance;
}

/// Puts the operands that decided first: of an `and` the lowest, of an `or` the highest degree;
/// those that are unknown first where the whole is.
void sort_by_weight(std::vector<std::pair<Degree, NodeId>>& operands, bool lowest_first,
                    bool whole_known) {
  const auto weight = [&](const Degree& degree) {
    if (!degree.known()) return whole_known ? 2.0 : -1.0;
    return lowest_first ? degree.value() : 1 - degree.value();
  };
  std::stable_sort(operands.begin(), operands.end(),
                   [&](const auto& a, const auto& b) { return weight(a.first) < weight(b.first); });
}

}  // namespace

std::vector<Reading> Evaluator::readings(NodeId node) {
  std::vector<Reading> all;
  read(node, all);
  std::vector<Reading> distinct;
  for (Reading& reading : all) {
    const auto same = [&](const Reading& other) { return same_reading(reading, other); };
    if (std::none_of(distinct.begin(), distinct.end(), same))
      distinct.push_back(std::move(reading));
  }
  return distinct;
}

void Evaluator::read(NodeId id, std::vector<Reading>& readings) {
  const Node& node = program_.at(id);
  const Result& known = result(id);
  if (known.judgement) {
    readings.push_back(reading(id, *known.judgement));
    return;
  }
  if (node.kind == Kind::finding) {
    const Observation* seen = referred(node);
    if (seen != nullptr)
      readings.insert(readings.end(), seen->readings.begin(), seen->readings.end());
    return;
  }
  if (node.kind == Kind::aggregate) {
    read_aggregate(node, readings);
    return;
  }
  const bool connective = node.kind == Kind::listed ||
                          (node.kind == Kind::operation &&
                           (node.op == Operator::logical_and || node.op == Operator::logical_or ||
                            node.op == Operator::logical_not));
  if (!connective) return;
  const bool highest_decides = node.kind == Kind::listed
                                   ? node.aggregate != Expression::Aggregate::all
                                   : node.op == Operator::logical_or;
  std::vector<std::pair<Degree, NodeId>> operands;
  for (std::uint32_t i = 0; i < node.operands.size; ++i) {
    const NodeId operand = program_.operand(node, i);
    operands.emplace_back(degree(operand), operand);
  }
  sort_by_weight(operands, !highest_decides, !known.value.unknown());
  for (const auto& [weight, operand] : operands) read(operand, readings);
}

/// Of `any` and `all` the member that decided, which is the first of the highest, the lowest
/// degree.
void Evaluator::read_aggregate(const Node& node, std::vector<Reading>& readings) {
  const bool any = node.aggregate == Expression::Aggregate::any;
  if (!any && node.aggregate != Expression::Aggregate::all) return;
  const std::vector<TextId> variables = variables_of(node);
  std::vector<Reading> decided;
  double best = std::numeric_limits<double>::infinity();
  const std::optional<std::vector<Tuple>> tuples = members(node);
  if (!tuples) return;
  for (const Tuple& tuple : *tuples) {
    const Scope scope(*this, variables, tuple);
    const NodeId member = program_.operand(node, 0);
    const Degree seen = degree(member);
    const double weight = !seen.known() ? 2 : any ? 1 - seen.value() : seen.value();
    if (weight >= best) continue;
    best = weight;
    decided.clear();
    read(member, decided);
  }
  readings.insert(readings.end(), decided.begin(), decided.end());
}

/// What a condition on texts found: the line of the log or the script, or the user's words.
std::string Evaluator::quoted(const Node& node) {
  if (node.kind != Kind::call || node.operands.size == 0) return "";
  const Node& input = program_.at(program_.operand(node, 0));
  if (node.function == Function::said) {
    const std::vector<std::string> wanted = words(program_.text(input.index));
    for (const std::string& symptom : run_.symptoms) {
      if (says(words(symptom), wanted)) return symptom;
    }
  }
  if (node.function != Function::log_line && node.function != Function::code) return "";
  const re2::RE2& expression = regex(program_.text(input.index));
  for (const std::string& text : node.function == Function::code ? run_.code : run_.log_lines) {
    re2::StringPiece found;
    if (expression.ok() && expression.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found, 1))
      return on_one_line(line_at(text, static_cast<std::size_t>(found.data() - text.data())));
  }
  return "";
}

Reading Evaluator::reading(NodeId id, const Judgement& judgement) {
  const Node& node = program_.at(id);
  Reading reading;
  reading.span = node.span;
  if (node.span.source < knowledge_.sources.size()) {
    reading.text = on_one_line(knowledge_.sources.text(node.span));
  }
  reading.degree = judgement.degree;
  reading.value = judgement.value;
  reading.low = judgement.low;
  reading.high = judgement.high;
  reading.distance = judgement.distance;
  if (judgement.origin.series != Origin::none) {
    reading.series = run_.series[judgement.origin.series].name;
    reading.first_step = judgement.origin.first_step;
    reading.last_step = judgement.origin.last_step;
  }
  if (judgement.origin.param != Origin::none) {
    reading.config_key = binding_.params[judgement.origin.param].value_or("");
  }
  if (judgement.degree == Degree(1.0)) {
    reading.quote = quoted(node);
    if (node.kind == Kind::atom && proofs_left_ > 0) {
      --proofs_left_;
      reading.derived = derived(id);
    }
  }
  return reading;
}

}  // namespace fmx::engine
