// Functions of the language.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "dsl/expressions.hpp"
#include "dsl/literal.hpp"
#include "dsl/suggest.hpp"
#include "dsl/variables.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

constexpr std::array<std::pair<std::string_view, Expression::Aggregate>, 11> aggregates{{
    {"count", Expression::Aggregate::count},
    {"sum", Expression::Aggregate::sum},
    {"min", Expression::Aggregate::min},
    {"max", Expression::Aggregate::max},
    {"mean", Expression::Aggregate::mean},
    {"median", Expression::Aggregate::median},
    {"any", Expression::Aggregate::any},
    {"all", Expression::Aggregate::all},
    {"share", Expression::Aggregate::share},
    {"spread", Expression::Aggregate::spread},
    {"quantile", Expression::Aggregate::quantile},
}};

/// What some functions are called elsewhere.
constexpr auto elsewhere = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"average", "mean"},
    {"avg", "mean"},
    {"corr", "correlation"},
    {"derivative", "diff"},
    {"ema", "smooth"},
    {"ewma", "smooth"},
    {"holt_winters", "double_exponential_smoothing"},
    {"isnan", "not_finite"},
    {"is_nan", "not_finite"},
    {"len", "samples"},
    {"length", "samples"},
    {"ln", "log"},
    {"percentile", "quantile"},
    {"rolling_mean", "smooth"},
    {"stddev", "std"},
    {"stdev", "std"},
    {"tau", "trend"},
    {"absent", "missing"},
    {"decreasing", "slope(x) < 0"},
    {"exists", "logged"},
    {"hysteresis", "until"},
    {"increasing", "slope(x) > 0"},
    {"maximum", "max"},
    {"minimum", "min"},
    {"p50", "quantile(x, 0.5)"},
    {"p90", "quantile(x, 0.9)"},
    {"p95", "quantile(x, 0.95)"},
    {"p99", "quantile(x, 0.99)"},
    {"pow", "a ^ b"},
    {"std_dev", "std"},
    {"var", "stdvar_over_time"},
    {"variance", "stdvar_over_time"},
});

/// How few and how many values a call of `name` may pass, over all its signatures.
std::pair<std::size_t, std::size_t> arity_of(const Signature& signature) {
  const auto needed = std::count_if(signature.parameters.begin(), signature.parameters.end(),
                                    [](const Parameter& p) { return !p.default_value; });
  return {static_cast<std::size_t>(needed), signature.parameters.size()};
}

bool accepts(const Parameter& parameter, const Expression& e) {
  const auto takes = [&](Type type) {
    return std::find(parameter.types.begin(), parameter.types.end(), type) != parameter.types.end();
  };
  return takes(e.type) || (e.kind == EKind::parameter && takes(Type::text));
}

std::string shown(const Signature& signature) {
  std::string text = fmt::format("{}(", signature.name);
  for (std::size_t i = 0; i < signature.parameters.size(); ++i) {
    const Parameter& parameter = signature.parameters[i];
    if (i > 0) text += ", ";
    text += parameter.name;
    if (parameter.default_value) text += fmt::format(" = {}", *parameter.default_value);
  }
  return text + ")";
}

bool tells_presence(Function function) {
  return function == Function::missing || function == Function::logged ||
         function == Function::given;
}

bool takes_regex(Function function) {
  return function == Function::code || function == Function::log_line;
}

/// `count(open_task(t))`, which does not say over what it counts.
Diagnostic over_nothing(Part callee, Part atom, const Expression& e) {
  const auto free = free_variables(e);
  const std::string each =
      fmt::format("{}({} for each {})", callee.text(), atom.text(),
                  free.empty() ? "x" : fmt::format("{}", fmt::join(free, ", ")));
  Diagnostic d{.code = "wrong-arguments",
               .message = fmt::format("`{}` of what holds takes `for each`", callee.text()),
               .primary = {atom.span(), "for each of what?"},
               .hint = fmt::format("write `{}`", each)};
  return d;
}

}  // namespace

std::optional<Expression::Aggregate> aggregate_called(std::string_view name) {
  for (const auto& [word, aggregate] : aggregates) {
    if (word == name) return aggregate;
  }
  return {};
}

Lowering Expressions::call(Part part, const Environment& env) {
  const auto callee = part.at(0);
  if (!callee) return {};
  for (const Part child : part) {
    const bool each = child.is(Kind::argument) && child.child(Kind::for_each);
    if (each && callee->is(Kind::name)) return aggregate(part, *callee, child, env);
  }

  const std::string_view name = callee->text();
  const auto aggregate = aggregate_called(name);
  const bool takes_one = !functions_called(name).empty();
  const bool many = part.count() > 2 || (part.count() == 2 && aggregate && !takes_one &&
                                         *aggregate != Expression::Aggregate::spread);
  if (aggregate && many && *aggregate != Expression::Aggregate::quantile) {
    return listed(part, *callee, env);
  }
  if (takes_one) return function(part, *callee, env);
  if (const Declaration* relation = names_->peek(name, *env.pack, {Kind::table, Kind::rule})) {
    return atom(part, *relation, env);
  }
  if (const Declaration* finding = names_->peek(name, *env.pack, {Kind::finding})) {
    return finding_call(part, *finding, env);
  }
  std::vector<Argument> arguments;
  for (const Part child : part) {
    if (!(child == *callee) && !child.is(Kind::wildcard)) arguments.push_back(lower(child, env));
  }
  bool found = false;
  Lowering e = local_or_let(part, name, std::move(arguments), env, found);
  return found ? e : unknown_function(*callee, env);
}

Lowering Expressions::unknown_function(Part callee, const Environment& env) {
  const std::string_view name = callee.text();
  if (aggregate_called(name)) {
    report({.code = "wrong-arguments",
            .message = fmt::format("`{}` takes one value `for each` of something", name),
            .primary = {callee.span(), "of what?"},
            .hint = fmt::format("write `{}(... for each label)`", name)},
           env);
    return {};
  }
  if (names_->may_be_elsewhere(name, *env.pack)) return {};
  if (!unknown_functions_.is_first({*env.pack, std::string(name)}, callee.span())) return {};
  std::vector<std::string_view> known;
  for (const Signature& signature : functions()) known.push_back(signature.name);
  for (const auto& [word, aggregate] : aggregates) known.push_back(word);
  std::ranges::copy(names_->visible(*env.pack, {Kind::table, Kind::rule, Kind::let}),
                    std::back_inserter(known));
  if (env.lets != nullptr) {
    for (const auto& [let, part] : *env.lets) known.push_back(let);
  }
  std::string hint = did_you_mean(name, known);
  std::string_view meant = only_near(name, known);
  for (const auto& [foreign, ours] : elsewhere) {
    if (foreign != name) continue;
    const bool by_another_name = ours.find(' ') == ours.npos && ours.find('(') == ours.npos;
    hint = by_another_name ? fmt::format("here it is called `{}`", ours)
                           : fmt::format("write `{}`", ours);
    meant = {};
  }
  Diagnostic diagnostic{
      .code = "unknown-function",
      .message = fmt::format("no function, rule, table or let is called `{}`", name),
      .primary = {callee.span(), "not known here"},
      .hint = hint,
      .edit =
          meant.empty() ? std::nullopt : std::optional(Edit{callee.span(), std::string(meant)})};
  in_let(diagnostic, env);
  unknown_functions_.add({*env.pack, std::string(name)}, std::move(diagnostic));
  return {};
}

Lowering Expressions::function(Part part, Part callee, const Environment& env) {
  Operands operands;
  std::vector<Part> parts;
  bool wrong = false;
  for (const Part child : part) {
    if (child == callee) continue;
    const bool cut = child.is(Kind::argument) && child.child(Kind::window_per);
    Lowering e = cut ? pieces(child, env) : lower(child, env);
    wrong = wrong || !e;
    if (!e) continue;
    operands.push_back(std::move(*e));
    parts.push_back(child);
  }
  if (wrong) return {};

  const auto signatures = functions_called(callee.text());
  const auto fits = [&](const Signature* s) {
    const auto [fewest, most] = arity_of(*s);
    return operands.size() >= fewest && operands.size() <= most;
  };
  const auto right_number = std::find_if(signatures.begin(), signatures.end(), fits);
  if (right_number == signatures.end()) {
    const Signature& only = *signatures.front();
    const std::string hint = fmt::format("it is `{}`", shown(only));
    report({.code = "wrong-arguments",
            .message = fmt::format("`{}` does not take {} value{}", only.name, operands.size(),
                                   operands.size() == 1 ? "" : "s"),
            .primary = {part.span(), std::string(only.summary)},
            .hint = hint},
           env);
    return {};
  }
  for (const Signature* signature : signatures) {
    if (fits(signature) && takes_these(*signature, operands)) {
      return with_signature(*signature, std::move(operands), parts, part, env);
    }
  }
  // Which signature was meant? With one of a kind the first value that does not fit is at fault;
  // with several the first value decides between them.
  const Signature& meant = **right_number;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (accepts(meant.parameters[i], operands[i])) continue;
    if (meant.function == Function::since) {
      refuse_since(parts[i], env);
    } else if (operands[i].kind == EKind::atom && aggregate_called(callee.text())) {
      report(over_nothing(callee, parts[i], operands[i]), env);
    } else {
      wrong_type(operands[i], meant.parameters[i].types.front(), parts[i], env);
    }
    break;
  }
  return {};
}

void Expressions::refuse_since(Part part, const Environment& env) {
  report({.code = "wrong-type",
          .message = "`since` asks for a finding by its name",
          .primary = {part.span(), "not one"},
          .hint = "of a mask there is `first(mask)`: the first step where it holds"},
         env);
}

bool Expressions::takes_these(const Signature& signature, const Operands& operands) const {
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (!accepts(signature.parameters[i], operands[i])) return false;
  }
  return true;
}

Lowering Expressions::with_signature(const Signature& signature, Operands operands,
                                     const std::vector<Part>& parts, Part whole,
                                     const Environment& env) {
  const Function function = signature.function;
  const bool turned = signature.parameters.front().types == std::vector{Type::number} &&
                      operands.size() == 2 && operands[1].type == Type::series;
  if (turned) std::swap(operands[0], operands[1]);  // quantile_over_time(q, x)
  const EKind first = operands.front().kind;
  if (tells_presence(function)) {
    const bool logs = function != Function::given && first == EKind::metric;
    const bool configures = function != Function::logged && first == EKind::parameter;
    if (!logs && !configures) {
      report({.code = "wrong-type",
              .message = fmt::format("`{}` asks for {} by its name", signature.name,
                                     function == Function::logged  ? "a metric"
                                     : function == Function::given ? "a param"
                                                                   : "a metric or a param"),
              .primary = {parts.front().span(), "not one"},
              .hint = function == Function::logged && first == EKind::parameter
                          ? "params are `given`, metrics are `logged`"
                      : function == Function::given && first == EKind::metric
                          ? "metrics are `logged`, params are `given`"
                          : ""},
             env);
      return {};
    }
  }
  if (function == Function::since && first != EKind::finding) {
    refuse_since(parts.front(), env);
    return {};
  }
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const auto& types = signature.parameters[i].types;
    if (types == std::vector{Type::text} && !want(operands[i], Type::text, parts[i], env))
      return {};
  }
  if (takes_regex(function) && !check_regex(operands.front(), parts.front(), env)) return {};
  if (function == Function::quantile) {
    const auto q = constant(operands[1]);
    if (q && (*q < 0 || *q > 1)) {
      report({.code = "out-of-range",
              .message = "a quantile lies between 0 and 1",
              .primary = {parts[turned ? 0 : 1].span(), "must be from 0 to 1"}},
             env);
      return {};
    }
  }
  for (std::size_t i = operands.size(); i < signature.parameters.size(); ++i) {
    Expression left_out;
    left_out.number = *signature.parameters[i].default_value;
    left_out.span = whole.span();
    operands.push_back(std::move(left_out));
  }

  Expression e;
  e.kind = EKind::call;
  e.function = function;
  e.type = signature.result;
  if (signature.elementwise()) {
    const bool sampled = std::any_of(operands.begin(), operands.end(),
                                     [](const Expression& o) { return o.type == Type::series; });
    if (sampled) e.type = Type::series;
  }
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const auto& window = operands[i].window;
    if (!window || window->kind != Window::Kind::per) continue;
    const bool series_of_numbers = i == 0 && signature.result == Type::number &&
                                   !signature.elementwise() && operands.back().type != Type::series;
    const bool only_series = i == 0 && operands.size() == 1 && signature.result == Type::number &&
                             !signature.elementwise();
    if (!series_of_numbers && !only_series) {
      report({.code = "wrong-arguments",
              .message = fmt::format("`{}` makes no number of each piece", signature.name),
              .primary = {parts[i].span(), "cut into pieces"},
              .hint = "`per` goes with functions from one series to a number: `max(x per epoch)`"},
             env);
      return {};
    }
    e.type = Type::series;
  }
  e.operands = std::move(operands);
  e.span = whole.span();
  return e;
}

}  // namespace fmx::dsl
