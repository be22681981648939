#include <re2/re2.h>

#include <algorithm>

#include "engine/match/evaluate.hpp"
#include "engine/match/words.hpp"

namespace fmx::engine {

/// Whether there are words alone: what would be logged is then unknown.
static bool is_no_run(const Run& run) { return logs_nothing(run) && run.config.empty(); }

Judgement Evaluator::fact(const Node& node) {
  const Node& input = program_.at(program_.operand(node, 0));
  switch (node.function) {
    case Function::missing:
    case Function::logged:
      if (is_no_run(run_) && !names_setting(input)) return judge(Unknown::not_logged, {});
      break;
    default: break;
  }
  switch (node.function) {
    case Function::missing: return judge(!is_there(input), operand(node, 0).origin);
    case Function::logged:
    case Function::given: return judge(is_there(input), operand(node, 0).origin);
    case Function::present_over_time:
    case Function::absent_over_time: {
      const Value& x = operand(node, 0);
      const bool present = x.sampled() && !x.samples.empty();
      return judge(present == (node.function == Function::present_over_time), x.origin);
    }
    case Function::said: {
      if (run_.symptoms.empty()) return judge(Unknown::not_given, {});
      const std::vector<std::string> wanted = words(program_.text(input.index));
      const auto said = [&](const std::string& text) { return says(words(text), wanted); };
      return judge(std::any_of(run_.symptoms.begin(), run_.symptoms.end(), said), {});
    }
    case Function::code: return search(program_.text(input.index), run_.code);
    case Function::log_line: return search(program_.text(input.index), run_.log_lines);
    default: return judge(Unknown::undefined, {});  // no other function is a fact
  }
}

/// Whether `input` is a setting, not a metric.
bool Evaluator::names_setting(const Node& input) const {
  if (input.kind == Expression::Kind::metric || input.operands.size == 0)
    return input.kind == Expression::Kind::parameter;
  return names_setting(program_.at(program_.operand(input, 0)));
}

/// Whether the run has what `input` names: a family where any member is logged.
bool Evaluator::is_there(const Node& input) {
  if (input.kind == Expression::Kind::parameter) return binding_.params[input.index].has_value();
  if (input.kind != Expression::Kind::metric) {
    return input.operands.size > 0 && is_there(program_.at(program_.operand(input, 0)));
  }
  if (input.terms.size > 0) return !metric(input).unknown();
  return !binding_.metrics[input.index].empty();
}

Judgement Evaluator::search(const std::string& pattern, const std::vector<std::string>& texts) {
  if (texts.empty()) return judge(Unknown::not_given, {});
  const re2::RE2& expression = regex(pattern);
  if (!expression.ok()) return judge(Unknown::undefined, {});
  const auto found = [&](const std::string& text) {
    return re2::RE2::PartialMatch(text, expression);
  };
  return judge(std::any_of(texts.begin(), texts.end(), found), {});
}

Judgement Evaluator::one_of(const Node& node) {
  const Value& text = operand(node, 0);
  if (text.unknown()) return judge(text.reason, text.origin);
  bool found = false;
  for (std::uint32_t i = 1; i < node.operands.size && !found; ++i) {
    found = compare(Operator::equal, text, operand(node, i)).degree == Degree(1.0);
  }
  return judge(found, text.origin);
}

Judgement Evaluator::matches(const Node& node) {
  const Value& text = operand(node, 0);
  if (text.unknown()) return judge(text.reason, text.origin);
  if (text.kind != Value::Kind::text && text.kind != Value::Kind::flag)
    return judge(Unknown::not_text, text.origin);
  const Value& pattern = operand(node, 1);
  if (pattern.kind != Value::Kind::text) return judge(Unknown::not_text, text.origin);
  const re2::RE2& expression = regex(std::string(pattern.text));
  if (!expression.ok()) return judge(Unknown::undefined, text.origin);
  return judge(
      re2::RE2::PartialMatch(re2::StringPiece(text.text.data(), text.text.size()), expression),
      text.origin);
}

/// `^` and `$` stand for the ends of lines: scripts have many.
const re2::RE2& Evaluator::regex(const std::string& pattern) {
  std::unique_ptr<re2::RE2>& kept = regexes_[pattern];
  if (!kept) kept = std::make_unique<re2::RE2>("(?m)" + pattern, re2::RE2::Quiet);
  return *kept;
}

}  // namespace fmx::engine
