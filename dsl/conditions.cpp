// Comparisons, ramps, orders of times, and what joins them.

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "dsl/expressions.hpp"
#include "dsl/literal.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

Expression make(EKind kind, Type type, std::vector<Expression> operands, Part part) {
  Expression e;
  e.kind = kind;
  e.type = type;
  e.operands = std::move(operands);
  e.span = part.span();
  return e;
}

std::optional<Operator> comparator(std::string_view sign) {
  if (sign == "<") return Operator::less;
  if (sign == "<=") return Operator::less_equal;
  if (sign == ">") return Operator::greater;
  if (sign == ">=") return Operator::greater_equal;
  if (sign == "==") return Operator::equal;
  if (sign == "!=") return Operator::not_equal;
  return {};
}

/// Whether values of this type lie on a line on which they can be compared.
bool ordered(Type type) {
  return type == Type::number || type == Type::series || type == Type::time;
}

/// What other languages compare with, and how that is asked here.
struct Literal {
  std::string_view word, hint;
};

constexpr std::string_view of_flags = "a flag is 1 or 0: write `== 1` or `== 0`";
constexpr std::string_view of_nothing = "write `missing(x)`, or `not missing(x)`";
constexpr std::string_view of_nan =
    "nothing is equal to it or compares with it: write `nonfinite(x) > 0`";
constexpr auto literals = std::to_array<Literal>({{"true", of_flags},
                                                  {"True", of_flags},
                                                  {"TRUE", of_flags},
                                                  {"false", of_flags},
                                                  {"False", of_flags},
                                                  {"FALSE", of_flags},
                                                  {"none", of_nothing},
                                                  {"None", of_nothing},
                                                  {"null", of_nothing},
                                                  {"nan", of_nan},
                                                  {"NaN", of_nan},
                                                  {"inf", of_nan},
                                                  {"Inf", of_nan}});

/// What stands here, where it is a value in other languages and nothing that is declared.
const Literal* literal_elsewhere(Part part, Names& names, const Environment& env) {
  if (!part.is(Kind::reference) || part.child(Kind::labels)) return nullptr;
  const std::string_view word = part.text();
  const auto literal = std::ranges::find(literals, word, &Literal::word);
  if (literal == literals.end()) return nullptr;
  const bool declared =
      env.variable(word) != nullptr || env.arguments.contains(word) ||
      (env.lets != nullptr && env.lets->contains(word)) ||
      names.peek(word, *env.pack, {Kind::metric, Kind::param, Kind::finding, Kind::let}) != nullptr;
  return declared ? nullptr : &*literal;
}

}  // namespace

/// All conditions, or all masks (then sample by sample).
Lowering Expressions::logical(Part part, Operator op, const Environment& env) {
  std::vector<Expression> operands;
  std::vector<Part> parts;
  bool wrong = false;
  for (const Part child : part) {
    Lowering e = lower(child, env);
    wrong = wrong || !e;
    if (!e) continue;
    operands.push_back(std::move(*e));
    parts.push_back(child);
  }
  if (operands.empty()) return {};
  const bool masks = std::all_of(operands.begin(), operands.end(),
                                 [](const Expression& e) { return e.type == Type::mask; });
  const Type type = masks ? Type::mask : Type::degree;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (!want(operands[i], type, parts[i], env)) wrong = true;
  }
  if (wrong) return {};
  Expression e = make(EKind::operation, type, std::move(operands), part);
  e.op = op;
  return e;
}

Lowering Expressions::negation(Part part, const Environment& env) {
  const auto inner = part.at(0);
  if (!inner) return {};
  Lowering e = lower(*inner, env);
  if (!e) return {};
  const Type type = e->type == Type::mask ? Type::mask : Type::degree;
  if (!want(*e, type, *inner, env)) return {};
  Expression negated = make(EKind::operation, type, {std::move(*e)}, part);
  negated.op = Operator::logical_not;
  return negated;
}

Lowering Expressions::compare(Part part, const Environment& env) {
  const auto left = part.at(0), sign = part.at(1), right = part.at(2);
  if (!left || !sign || !right) return {};
  if (const Literal* literal = literal_elsewhere(*right, *names_, env)) {
    report({.code = "wrong-type",
            .message = fmt::format("`{}` is no value here", right->text()),
            .primary = {right->span(), "compared with"},
            .hint = std::string(literal->hint)},
           env);
    return {};
  }
  Lowering a = lower(*left, env), b = lower(*right, env);
  const auto op = comparator(sign->text());
  if (!a || !b || !op) return {};

  Type type = Type::degree;
  if (a->type == Type::text || b->type == Type::text) {
    if (!want(*a, Type::text, *left, env) || !want(*b, Type::text, *right, env)) return {};
    if (*op != Operator::equal && *op != Operator::not_equal) {
      report({.code = "wrong-type",
              .message = fmt::format("texts have no order that `{}` could ask for", sign->text()),
              .primary = {sign->span(), "compares numbers"},
              .hint = "compare texts by `==`, `!=`, `in { ... }` or `matches \"...\"`"},
             env);
      return {};
    }
  } else {
    for (auto [e, at] : {std::pair(&*a, *left), std::pair(&*b, *right)}) {
      if (ordered(e->type)) continue;
      wrong_type(*e, Type::number, at, env);
      return {};
    }
    const bool sampled = a->type == Type::series || b->type == Type::series;
    if (sampled && (a->type == Type::time || b->type == Type::time)) {
      wrong_type(a->type == Type::time ? *a : *b, Type::number,
                 a->type == Type::time ? *left : *right, env);
      return {};
    }
    if (sampled) type = Type::mask;
  }
  Expression e = make(EKind::operation, type, both(std::move(*a), std::move(*b)), part);
  e.op = *op;
  return e;
}

/// `above low [.. high]`, `below high [.. low]`, `between low .. high`.
Lowering Expressions::ramp(Part part, EKind kind, const Environment& env) {
  std::vector<Expression> operands;
  std::vector<Part> parts;
  bool wrong = false;
  for (const Part child : part) {
    Lowering e = lower(child, env);
    if (e && !ordered(e->type)) {
      wrong_type(*e, Type::number, child, env);
      e.reset();
    }
    wrong = wrong || !e;
    if (!e) continue;
    operands.push_back(std::move(*e));
    parts.push_back(child);
  }
  if (wrong || operands.size() < 2) return {};

  const bool sampled = operands.front().type == Type::series;
  const bool graded = operands.size() == 3 && kind != EKind::between;
  if (sampled && graded) {
    wrong_type(operands.front(), Type::number, parts.front(), env);
    return {};
  }
  for (std::size_t i = 1; i < operands.size(); ++i) {
    if (operands[i].type != Type::series) continue;
    wrong_type(operands[i], Type::number, parts[i], env);
    return {};
  }
  if (operands.size() == 3) {
    const auto first = constant(operands[1]), second = constant(operands[2]);
    const bool falls = kind == EKind::below;
    const bool open = kind != EKind::between;
    const bool backwards = first && second && (falls ? *first < *second : *first > *second);
    const bool flat = first && second && open && *first == *second;
    if (backwards || flat) {
      const Span ends{part.span().source, parts[1].span().begin, parts[2].span().end};
      report({.code = "bad-ramp",
              .message = flat ? "a ramp needs two different ends"
                              : fmt::format("the ends of `{}` stand in the wrong order",
                                            falls ? "below" : (open ? "above" : "between")),
              .primary = {ends,
                          falls ? "from the higher to the lower" : "from the lower to the higher"},
              .hint = flat ? "leave the second one out"
                           : fmt::format("write `{} .. {}`", parts[2].text(), parts[1].text()),
              .edit = flat ? std::nullopt
                           : std::optional(Edit{
                                 ends, fmt::format("{} .. {}", parts[2].text(), parts[1].text())})},
             env);
      return {};
    }
  }
  return make(kind, sampled ? Type::mask : Type::degree, std::move(operands), part);
}

/// `t before u within N`, `t after u within N`.
Lowering Expressions::times(Part part, EKind kind, const Environment& env) {
  const auto left = part.at(0), right = part.at(1), limit = part.at(2);
  if (!left || !right) return {};
  Lowering a = lower(*left, env), b = lower(*right, env);
  if (!a || !b) return {};
  const bool fits = want(*a, Type::time, *left, env) && want(*b, Type::time, *right, env);
  std::optional<Quantity> within;
  if (limit) {
    within = length(*limit, "how far apart two times are", env);
    if (!within) return {};
  }
  if (!fits) return {};
  Expression e = make(kind, Type::degree, both(std::move(*a), std::move(*b)), part);
  if (within) e.within = *within;
  return e;
}

/// `t within N of u`.
Lowering Expressions::near(Part part, const Environment& env) {
  const auto left = part.at(0), limit = part.at(1), right = part.at(2);
  if (!left || !limit || !right) return {};
  Lowering a = lower(*left, env), b = lower(*right, env);
  const auto within = length(*limit, "how far apart two times are", env);
  if (!a || !b || !within) return {};
  if (!want(*a, Type::time, *left, env) || !want(*b, Type::time, *right, env)) return {};
  Expression e = make(EKind::near, Type::degree, both(std::move(*a), std::move(*b)), part);
  e.within = *within;
  return e;
}

Lowering Expressions::sustained(Part part, const Environment& env) {
  const auto inner = part.at(0), limit = part.at(1);
  if (!inner || !limit) return {};
  Lowering mask = lower(*inner, env);
  const auto within = extent(
      *limit,
      {Unit::fraction, Unit::steps, Unit::samples, Unit::epochs, Unit::tokens, Unit::seconds},
      "how long it holds", env);
  if (!mask || !within || !want(*mask, Type::mask, *inner, env)) return {};
  Expression e = make(EKind::sustained, Type::degree, {std::move(*mask)}, part);
  e.within = *within;
  return e;
}

Lowering Expressions::one_of(Part part, const Environment& env) {
  std::vector<Expression> operands;
  bool wrong = false;
  for (const Part child : part) {
    Lowering e = lower(child, env);
    wrong = wrong || !e || !want(*e, Type::text, child, env);
    if (!wrong) operands.push_back(std::move(*e));
  }
  if (wrong || operands.size() < 2) return {};
  return make(EKind::one_of, Type::degree, std::move(operands), part);
}

Lowering Expressions::matches(Part part, const Environment& env) {
  const auto subject = part.at(0), pattern = part.at(1);
  if (!subject || !pattern) return {};
  Lowering a = lower(*subject, env), b = lower(*pattern, env);
  if (!a || !b || !want(*a, Type::text, *subject, env)) return {};
  if (!check_regex(*b, *pattern, env)) return {};
  return make(EKind::matches, Type::degree, both(std::move(*a), std::move(*b)), part);
}

bool Expressions::check_regex(const Expression& e, Part part, const Environment& env) {
  const re2::RE2 regex(e.text, re2::RE2::Quiet);
  if (regex.ok() && re2::RE2::PartialMatch("", regex)) {
    report({.severity = Severity::warning,
            .code = "matches-anything",
            .message = "this matches every text, the empty one too",
            .primary = {part.span(), "always holds where there is a text"},
            .hint = "ask `given(...)`, or write what the text must hold"},
           env);
  }
  if (regex.ok()) return true;
  report({.code = "bad-regex",
          .message = fmt::format("this is no regular expression: {}", regex.error()),
          .primary = {part.span(), "read as RE2 reads it"},
          .hint = "write a backslash twice inside quotes, as in \"\\\\d+\""},
         env);
  return false;
}

std::optional<Quantity> Expressions::length(Part part, std::string_view what,
                                            const Environment& env) {
  return extent(part,
                {Unit::none, Unit::steps, Unit::samples, Unit::epochs, Unit::tokens, Unit::seconds},
                what, env);
}

/// A quantity in one of these units; `what` completes "... says".
std::optional<Quantity> Expressions::extent(Part part, std::initializer_list<Unit> units,
                                            std::string_view what, const Environment& env) {
  const auto quantity = quantity_of(part);
  if (!quantity) return {};
  const bool fits = std::find(units.begin(), units.end(), quantity->unit) != units.end();
  if (fits && quantity->value > 0) return quantity;
  const bool takes_shares = std::find(units.begin(), units.end(), Unit::fraction) != units.end();
  const std::string_view number = part.at(0) ? part.at(0)->text() : part.text();
  report(
      {.code = fits ? "out-of-range" : "wrong-unit",
       .message =
           fmt::format("{} does not say {}",
                       fits ? fmt::format("`{}`", part.text()) : name_of(quantity->unit), what),
       .primary = {part.span(), fits ? "must be above 0" : "wrong unit"},
       .hint = fits ? ""
               : quantity->unit == Unit::none
                   ? fmt::format("say of what: `{0} steps`, `{0} samples` or `{0} s`", number)
               : quantity->unit == Unit::fraction
                   ? "write a number of `steps`, `samples` or `epochs`, or a time such as `10 min`"
               : takes_shares ? "write `20 steps`, `20 samples`, `20%` or `10 min`"
                              : "write `20 steps`, `20 samples`, `2 epochs` or `10 min`"},
      env);
  return {};
}

}  // namespace fmx::dsl
