#include "dsl/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "dsl/dimension.hpp"
#include "dsl/expressions.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;
using Aggregate = Expression::Aggregate;

/// What is known of a value's unit.
struct Unity {
  enum class Kind : std::uint8_t {
    open,  ///< nothing was declared, or the arithmetic leads too far
    bare,  ///< a number without a unit: takes that of what it meets
    said
  };
  Kind kind = Kind::open;
  Dimension of;

  bool said() const { return kind == Kind::said; }
};

Unity open() { return {}; }
Unity bare() { return {Unity::Kind::bare, {}}; }
Unity said(Dimension dimension) { return {Unity::Kind::said, std::move(dimension)}; }
Unity steps() { return said(dimension_of(Unit::steps)); }
Unity samples() { return said(dimension_of(Unit::samples)); }
Unity plain() { return said({}); }

Unity declared(const std::string& unit, Quality kind) {
  if (!unit.empty()) return said(dimension_of(unit));
  switch (kind) {
    case Quality::fraction:
    case Quality::count:
    case Quality::flag: return plain();
    case Quality::duration: return said(dimension_of(Unit::seconds));
    case Quality::bytes: return said(dimension_of(Unit::bytes));
    case Quality::unsaid:
    case Quality::gauge:
    case Quality::counter:
    case Quality::text: return open();
  }
  return open();
}

bool counts_up(Function f) {
  return f == Function::rate || f == Function::increase || f == Function::irate ||
         f == Function::resets;
}

bool goes_both_ways(Function f) { return f == Function::delta || f == Function::idelta; }

std::string_view article(Quality kind) {
  return kind == Quality::text ? "words" : kind == Quality::bytes ? "" : "a ";
}

class Settler {
 public:
  Settler(const Knowledge& knowledge, Problems& problems)
      : knowledge_(knowledge), problems_(problems) {}

  Unity settle(Expression& e) {
    if (e.window) settle_window(*e.window);
    switch (e.kind) {
      case EKind::number: return e.unit == Unit::none ? bare() : said(dimension_of(e.unit));
      case EKind::metric: {
        const Metric& metric = knowledge_.metrics[e.index];
        return declared(metric.unit, metric.kind);
      }
      case EKind::parameter: {
        const Param& param = knowledge_.params[e.index];
        return declared(param.unit, param.kind);
      }
      case EKind::call: return call(e);
      case EKind::operation: return operation(e);
      case EKind::above:
      case EKind::below:
      case EKind::between:
      case EKind::before:
      case EKind::after:
      case EKind::near: all_alike(e.operands); return open();
      case EKind::aggregate: return aggregate(e);
      case EKind::listed: {
        const Unity common = all_alike(e.operands);
        return e.type == Type::degree || counts(e.aggregate) ? plain() : common;
      }
      case EKind::windowed: return settle(e.operands.front());
      case EKind::text:
      case EKind::finding:
      case EKind::sustained:
      case EKind::one_of:
      case EKind::matches:
      case EKind::atom:
      case EKind::variable:
      case EKind::then:
      case EKind::during:
      case EKind::overlaps:
      case EKind::until:
        for (Expression& operand : e.operands) settle(operand);
        return open();
    }
    return open();
  }

  /// `value` is what a param is changed to.
  void meet_param(const Param& param, Expression& value) {
    const Unity wanted = declared(param.unit, param.kind), found = settle(value);
    if (wanted.said()) expect(wanted.of, found, value, fmt::format("`{}` is", param.name));
  }

 private:
  static bool counts(Aggregate aggregate) {
    return aggregate == Aggregate::count || aggregate == Aggregate::share;
  }

  void settle_window(Window& window) {
    for (Expression& bound : window.bounds) {
      const Unity found = settle(bound);
      expect(dimension_of(Unit::steps), found, bound, "a window is bounded by");
    }
  }

  Unity call(Expression& e) {
    const Signature& signature = signature_of(e.function);
    const Unity x = settle(e.operands.front());
    check_quality(e);
    Unity common = x;
    for (std::size_t i = 1; i < e.operands.size(); ++i) {
      const Unity found = settle(e.operands[i]);
      if (e.function == Function::min_of || e.function == Function::max_of) {
        common = alike(e.operands[0], x, e.operands[i], found);
      }
      if (const auto wanted = signature.parameters[i].counts) {
        expect(dimension_of(*wanted), found, e.operands[i], "this takes");
      }
    }
    switch (signature.gives) {
      case Gives::value:
      case Gives::same: return common;
      case Gives::per_step:
        return x.said() ? said(times(x.of, dimension_of(Unit::steps), -1)) : open();
      case Gives::squared: return x.said() ? said(times(x.of, x.of)) : open();
      case Gives::steps: return steps();
      case Gives::samples: return samples();
      case Gives::plain: return plain();
      case Gives::open: return open();
    }
    return open();
  }

  /// A rate is of what only goes up, a difference of what goes both ways.
  void check_quality(const Expression& e) {
    const Expression* x = &e.operands.front();
    while (x->kind == EKind::windowed) x = &x->operands.front();
    if (x->kind != EKind::metric) return;
    const Metric& metric = knowledge_.metrics[x->index];
    const bool up = counts_up(e.function), both = goes_both_ways(e.function);
    const bool counter = metric.kind == Quality::counter;
    if (metric.kind == Quality::unsaid || (!up && !both) || up == counter) return;
    problems_.add(
        {.code = "wrong-kind-of-metric",
         .message = up ? fmt::format("`{}` is {}{}: what it loses is no reset", metric.name,
                                     article(metric.kind), name_of(metric.kind))
                       : fmt::format("`{}` is a counter: what it loses is a reset", metric.name),
         .primary = {x->span, up ? "not a counter" : "a counter"},
         .secondary = {{metric.span, "declared here"}},
         .hint = up ? fmt::format("of what goes up and down there are `slope({0})`, `deriv({0})`, "
                                  "`delta({0})` and `diff({0})`",
                                  metric.name)
                    : fmt::format("of a counter there are `increase({0})`, `rate({0})` and "
                                  "`resets({0})`",
                                  metric.name)});
  }

  Unity operation(Expression& e) {
    switch (e.op) {
      case Operator::add:
      case Operator::subtract:
      case Operator::otherwise: return all_alike(e.operands);
      case Operator::multiply:
      case Operator::divide: return product(e);
      case Operator::power: return power(e);
      case Operator::negate: return settle(e.operands.front());
      case Operator::less:
      case Operator::less_equal:
      case Operator::greater:
      case Operator::greater_equal:
      case Operator::equal:
      case Operator::not_equal: all_alike(e.operands); return open();
      case Operator::logical_and:
      case Operator::logical_or:
      case Operator::logical_not:
        for (Expression& operand : e.operands) settle(operand);
        return open();
    }
    return open();
  }

  Unity product(Expression& e) {
    Unity all = settle(e.operands.front());
    const int power = e.op == Operator::divide ? -1 : 1;
    for (std::size_t i = 1; i < e.operands.size(); ++i) {
      const Unity next = settle(e.operands[i]);
      if (all.kind == Unity::Kind::open || next.kind == Unity::Kind::open) {
        all = open();
      } else if (all.said() || next.said()) {
        all = said(times(std::move(all.of), next.of, power));
      }
    }
    return all;
  }

  Unity power(Expression& e) {
    Unity base = settle(e.operands[0]);
    settle(e.operands[1]);
    const auto exponent = constant(e.operands[1]);
    if (!base.said() || base.of.plain()) return base;
    const bool whole = exponent && *exponent == std::round(*exponent) && std::abs(*exponent) < 9;
    return whole ? said(times({}, base.of, static_cast<int>(*exponent))) : open();
  }

  Unity aggregate(Expression& e) {
    const Unity value = settle(e.operands.front());
    for (std::size_t i = 1; i < e.operands.size(); ++i) settle(e.operands[i]);
    return e.type == Type::degree || counts(e.aggregate) ? plain() : value;
  }

  /// The common unit of operands that are compared or added.
  Unity all_alike(std::vector<Expression>& operands) {
    Unity common = settle(operands.front());
    std::size_t who = 0;
    for (std::size_t i = 1; i < operands.size(); ++i) {
      const Unity next = settle(operands[i]);
      const Unity both = alike(operands[who], common, operands[i], next);
      if (common.kind == Unity::Kind::bare) who = i;
      common = both;
    }
    return common;
  }

  Unity alike(Expression& a, const Unity& of_a, Expression& b, const Unity& of_b) {
    if (of_a.kind == Unity::Kind::bare) return of_b;
    if (of_b.kind == Unity::Kind::bare || !of_a.said()) return of_a;
    if (!of_b.said()) return of_b;
    if (of_a.of.powers != of_b.of.powers) {
      refuse(a, of_a.of, b, of_b.of);
      return open();
    }
    if (of_a.of.scale == of_b.of.scale) return of_a;
    if (converted(b, of_b.of, of_a.of)) return of_a;
    if (converted(a, of_a.of, of_b.of)) return of_b;
    refuse(a, of_a.of, b, of_b.of);
    return open();
  }

  /// Writes a number that carries a unit in that of `to`. What is worked out from a run stays.
  static bool converted(Expression& e, const Dimension& from, const Dimension& to) {
    const bool negated = e.kind == EKind::operation && e.op == Operator::negate;
    if (negated) return converted(e.operands.front(), from, to);
    if (e.kind != EKind::number || e.unit == Unit::none) return false;
    e.number *= from.scale / to.scale;
    e.unit = Unit::none;
    return true;
  }

  /// What stands where only `wanted` makes sense; `place` completes "... steps".
  void expect(const Dimension& wanted, const Unity& found, Expression& e, std::string place) {
    if (!found.said() || (found.of.plain() && e.kind != EKind::number)) return;
    const bool same = found.of.powers == wanted.powers;
    if (same && (found.of.scale == wanted.scale || converted(e, found.of, wanted))) return;
    problems_.add(
        {.code = "unit-mismatch",
         .message = fmt::format("{} {}, not {}", place, words_for(wanted), words_for(found.of)),
         .primary = {e.span, fmt::format("counts {}", words_for(found.of))},
         .hint = "a number without a unit is taken as the right one"});
  }

  void refuse(const Expression& a, const Dimension& of_a, const Expression& b,
              const Dimension& of_b) {
    problems_.add(
        {.code = "unit-mismatch",
         .message = fmt::format("{} and {} do not go together", words_for(of_a), words_for(of_b)),
         .primary = {b.span, fmt::format("counts {}", words_for(of_b))},
         .secondary = {{a.span, fmt::format("counts {}", words_for(of_a))}},
         .hint = advice(a, of_a, b, of_b)});
  }

  /// Whether a number is written out, which could be written without its unit.
  static bool is_number(const Expression& e) {
    const bool negated = e.kind == EKind::operation && e.op == Operator::negate;
    return e.kind == EKind::number || (negated && is_number(e.operands.front()));
  }

  static std::string advice(const Expression& left, const Dimension& a, const Expression& right,
                            const Dimension& b) {
    const auto is = [](const Dimension& d, std::string_view base) {
      return d.powers.size() == 1 && d.powers.begin()->first == base &&
             d.powers.begin()->second == 1;
    };
    const auto either = [&](std::string_view one, std::string_view other) {
      return (is(a, one) && is(b, other)) || (is(a, other) && is(b, one));
    };
    if (either("steps", "s") || either("steps", "epochs") || either("steps", "tokens")) {
      return "times and lengths are steps; epochs, tokens and wall time go with windows, `within` "
             "and `sustained for`, which count them by what the run logs";
    }
    if (either("steps", "samples")) {
      return "of a series logged every 10 steps, 20 samples span 190 steps: `duration(m)` counts "
             "steps, `longest(m)` samples";
    }
    if (a.powers == b.powers) {
      return fmt::format("bring them to one size: one is {:g} times the other", a.scale / b.scale);
    }
    if (is_number(left) || is_number(right)) {
      return "a number without a unit takes that of the other side";
    }
    return "what is compared or added counts the same thing on both sides";
  }

  const Knowledge& knowledge_;
  Problems& problems_;
};

}  // namespace

void settle_units(Knowledge& knowledge, Problems& problems) {
  Settler settler(knowledge, problems);
  const auto settle = [&](Expression& e) { settler.settle(e); };
  const auto settle_if = [&](std::optional<Expression>& e) {
    if (e) settler.settle(*e);
  };
  for (Finding& finding : knowledge.findings) {
    settle(finding.when);
    settle_if(finding.since);
  }
  for (Pattern& pattern : knowledge.patterns) {
    for (Expression& need : pattern.needs) settle(need);
    for (Risk& risk : pattern.risks) settle(risk.when);
  }
  for (Fix& fix : knowledge.fixes) {
    for (ParamChange& change : fix.changes) {
      settler.meet_param(knowledge.params[change.param], change.to);
    }
    settle_if(fix.verify);
    for (Expression& when : fix.when) settle(when);
    for (Exception& exception : fix.unless) settle_if(exception.when);
  }
  for (Rule& rule : knowledge.rules) settle(rule.body);
}

}  // namespace fmx::dsl
