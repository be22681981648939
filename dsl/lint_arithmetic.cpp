// Divisions by what may be zero, logarithms of what may be negative, equality of what is measured.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "dsl/bounds.hpp"
#include "dsl/expressions.hpp"
#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

/// One value less another; 1 less a setting is something else.
bool is_difference(const Expression& e) {
  return e.kind == EKind::operation && e.op == Operator::subtract && !constant(e.operands[0]) &&
         !constant(e.operands[1]);
}

/// Made of settings alone, which are equal as often as not; what is measured hardly ever is.
bool is_of_settings(const Expression& e) {
  if (e.kind == EKind::parameter || e.kind == EKind::number) return true;
  return e.kind == EKind::operation &&
         std::all_of(e.operands.begin(), e.operands.end(), is_of_settings);
}

/// Whether an ordinary run makes this exactly 0: a count of what did not happen, settings that are
/// the same.
bool may_be_zero(const Expression& e) {
  if (is_difference(e)) return is_of_settings(e);
  if (e.kind == EKind::aggregate) return e.aggregate == Expression::Aggregate::count;
  if (e.kind != EKind::call) return false;
  switch (e.function) {
    case Function::count:
    case Function::share:
    case Function::longest:
    case Function::longest_share:
    case Function::duration:
    case Function::nonfinite: return true;
    default: return false;
  }
}

/// Whether an ordinary run makes this negative.
bool may_be_negative(const Expression& e) {
  if (e.kind == EKind::operation) return e.op == Operator::negate || is_difference(e);
  if (e.kind != EKind::call) return false;
  switch (e.function) {
    case Function::slope:
    case Function::linear_slope:
    case Function::trend:
    case Function::change:
    case Function::relative_change:
    case Function::correlation:
    case Function::autocorrelation:
    case Function::lag:
    case Function::diff: return true;
    default: return false;
  }
}

/// Whether the value comes from measuring, so that it equals a written number only by chance.
bool is_measured(const Expression& e) {
  if (e.kind == EKind::metric) return true;
  if (e.kind == EKind::windowed) return is_measured(e.operands.front());
  if (e.kind != EKind::call) return false;
  switch (e.function) {
    case Function::given:
    case Function::missing:
    case Function::logged: return false;
    default: return !e.operands.empty() && is_measured(e.operands.front());
  }
}

/// Looks at one condition, with the values that its own parts keep away from 0.
class Look {
 public:
  Look(const Knowledge& knowledge, Warnings& warnings)
      : knowledge_(knowledge), warnings_(warnings) {}

  void at(const Expression& condition) {
    guarded_.clear();
    ordered_.clear();
    each_part(condition, [&](const Expression& e) {
      const auto asked = demand(e);
      if (asked && !inside({0, 0}, asked->some)) guarded_.insert(key_of(*asked->value));
      const bool order = e.kind == EKind::operation && e.operands.size() == 2 &&
                         (e.op == Operator::less || e.op == Operator::greater);
      if (order) ordered_.insert({key_of(e.operands[0]), key_of(e.operands[1])});
    });
    each_part(condition, [&](const Expression& e) {
      division(e);
      logarithm(e);
      equality(e);
    });
  }

 private:
  /// Whether another part of the condition asks that it is not 0: `a - b` by `a > b`, too.
  bool guarded(const Expression& e) const {
    if (guarded_.contains(key_of(e))) return true;
    if (!is_difference(e)) return false;
    const std::string a = key_of(e.operands[0]), b = key_of(e.operands[1]);
    return ordered_.contains({a, b}) || ordered_.contains({b, a});
  }

  std::string_view text(const Expression& e) const { return knowledge_.sources.text(e.span); }

  void division(const Expression& e) {
    if (e.kind != EKind::operation || e.op != Operator::divide) return;
    const Expression& by = e.operands[1];
    if (!may_be_zero(by) || guarded(by)) return;
    warnings_.push_back(
        warning("may-divide-by-zero", fmt::format("`{}` is 0 in many a run", text(by)),
                {by.span, "divides by this"},
                fmt::format("ask for it beside: `{} > 0 and ...`, or divide by `max_of({}, ...)`",
                            text(by), text(by))));
  }

  void logarithm(const Expression& e) {
    const bool log =
        e.kind == EKind::call && (e.function == Function::log || e.function == Function::log10 ||
                                  e.function == Function::sqrt);
    if (!log || !may_be_negative(e.operands.front())) return;
    const Expression& of = e.operands.front();
    if (guarded(of)) return;
    const std::string_view call = text(e);
    warnings_.push_back(warning("undefined-for-negative",
                                fmt::format("`{}` may be negative, and `{}` is not known then",
                                            text(of), call.substr(0, call.find('('))),
                                {of.span, "may be negative"},
                                fmt::format("take `abs({})`, or ask for `> 0` beside", text(of))));
  }

  void equality(const Expression& e) {
    const bool asks =
        e.kind == EKind::operation && (e.op == Operator::equal || e.op == Operator::not_equal);
    if (!asks) return;
    for (const std::size_t side : {0U, 1U}) {
      const auto number = constant(e.operands[side]);
      if (!number || *number == std::floor(*number) || !is_measured(e.operands[1 - side])) continue;
      warnings_.push_back(warning(
          "equality-of-measured", "what is measured equals a fraction only by chance",
          {e.span, e.op == Operator::equal ? "hardly ever" : "nearly always"},
          fmt::format("give it room: `{} between ... .. ...`", text(e.operands[1 - side]))));
    }
  }

  const Knowledge& knowledge_;
  Warnings& warnings_;
  std::set<std::string> guarded_;  ///< keys of values that are not 0 where all else holds
  std::set<std::pair<std::string, std::string>> ordered_;  ///< keys of values that differ there
};

}  // namespace

void lint_arithmetic(const Knowledge& knowledge, Warnings& warnings) {
  Look look(knowledge, warnings);
  each_condition(knowledge, [&](const Expression& condition) { look.at(condition); });
}

}  // namespace fmx::dsl
