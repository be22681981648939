#include "src/reports/phrase.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "knowledge/utf8.hpp"
#include "src/reports/figure.hpp"

namespace fmx::reports {
namespace {

std::string quantity(const Quantity& q) {
  switch (q.unit) {
    case Unit::fraction: return fmt::format("{}%", figure(q.value * 100));
    case Unit::steps: return position(q.value) + " steps";
    case Unit::samples: return position(q.value) + " samples";
    case Unit::epochs: return position(q.value) + " epochs";
    case Unit::tokens: return position(q.value) + " tokens";
    case Unit::seconds: return figure(q.value) + " s";
    case Unit::factor: return figure(q.value) + " times";
    case Unit::bytes: return figure(q.value) + " bytes";
    case Unit::mad:
    case Unit::sd: return figure(q.value) + " deviations";
    case Unit::none: return figure(q.value);
  }
  return figure(q.value);
}

std::string titled(const Entity& entity) {
  return entity.title.empty() ? entity.name : entity.title;
}

/// The title of a metric with its labels in their places: "loss of rank {rank}" as "loss of rank
/// 2", and "loss of rank (any)" where the rule means whichever there is.
std::string labelled(const Metric& metric, const std::vector<std::string>& labels) {
  std::string name = titled(metric);
  for (std::size_t i = 0; i < metric.labels.size(); ++i) {
    const std::string slot = "{" + metric.labels[i] + "}";
    const std::string label = i < labels.size() ? labels[i] : "(any)";
    const std::size_t at = name.find(slot);
    if (at != std::string::npos) {
      name.replace(at, slot.size(), label);
    } else if (i < labels.size()) {
      name += fmt::format(" ({})", label);
    }
  }
  return name;
}

std::string window_phrase(const Case& facts, const Window& window) {
  const auto bound = [&](std::size_t i) { return phrase(facts, window.bounds[i]); };
  switch (window.kind) {
    case Window::Kind::last: return "over the last " + quantity(window.extent);
    case Window::Kind::first: return "over the first " + quantity(window.extent);
    case Window::Kind::between: return fmt::format("from step {} to {}", bound(0), bound(1));
    case Window::Kind::before: return "before " + bound(0);
    case Window::Kind::after: return "after " + bound(0);
    case Window::Kind::per: return "per " + quantity(window.extent);
  }
  return "";
}

/// How a function of one operand is said: what stands before the operand.
std::string_view lead_of(Function function) {
  switch (function) {
    case Function::last: return "last ";
    case Function::first: return "first ";
    case Function::initial: return "initial ";
    case Function::final: return "final ";
    case Function::min: return "lowest ";
    case Function::max: return "highest ";
    case Function::mean: return "mean ";
    case Function::median: return "median ";
    case Function::sum: return "sum of ";
    case Function::std: return "standard deviation of ";
    case Function::mad: return "spread of ";
    case Function::range: return "range of ";
    case Function::samples: return "number of samples of ";
    case Function::slope:
    case Function::linear_slope: return "slope of ";
    case Function::trend: return "trend of ";
    case Function::change: return "change of ";
    case Function::relative_change: return "relative change of ";
    case Function::noise: return "noise of ";
    case Function::variation: return "relative noise of ";
    case Function::roughness: return "roughness of ";
    case Function::oscillation: return "oscillation of ";
    case Function::period: return "period of ";
    case Function::plateau: return "plateau of ";
    case Function::distinct: return "different values of ";
    case Function::longest_repeat: return "longest repeat of ";
    case Function::cycle: return "share in a repeated sequence of ";
    case Function::cycle_length: return "length of the repeated sequence of ";
    case Function::amplitude: return "amplitude of ";
    case Function::rate:
    case Function::irate: return "rate of ";
    case Function::increase: return "increase of ";
    case Function::delta:
    case Function::idelta: return "difference of ";
    case Function::changes: return "changes of ";
    case Function::resets: return "resets of ";
    case Function::stddev_over_time: return "standard deviation of ";
    case Function::stdvar_over_time: return "variance of ";
    case Function::mad_over_time: return "spread of ";
    case Function::nonfinite: return "NaN or infinite samples of ";
    case Function::finite: return "finite samples of ";
    case Function::shift: return "greatest level shift of ";
    case Function::count: return "number of ";
    case Function::share: return "share of samples with ";
    case Function::longest: return "longest stretch of ";
    case Function::longest_share: return "longest share of ";
    case Function::duration: return "longest stretch in steps of ";
    case Function::argmin: return "step of the lowest ";
    case Function::argmax: return "step of the highest ";
    case Function::change_point: return "change point of ";
    case Function::first_time: return "first time of ";
    case Function::last_time: return "last time of ";
    case Function::since: return "start of ";
    case Function::start_time: return "first step of ";
    case Function::end_time: return "last step of ";
    case Function::spikes: return "spikes of ";
    case Function::dips: return "dips of ";
    case Function::jumps: return "jumps of ";
    case Function::drops: return "drops of ";
    case Function::nonfinite_events: return "NaN or infinite stretches of ";
    case Function::not_finite: return "NaN or infinite values of ";
    case Function::unchanged: return "unchanged values of ";
    case Function::timestamp: return "step of ";
    case Function::progress: return "progress of ";
    case Function::present_over_time: return "samples of ";
    case Function::absent_over_time: return "no samples of ";
    case Function::smooth:
    case Function::smooth_median: return "smoothed ";
    case Function::diff: return "step-to-step change of ";
    case Function::running_min: return "lowest so far of ";
    case Function::running_max: return "highest so far of ";
    case Function::finite_only:
    case Function::positive_only: return " ";  // what was left out need not be said
    case Function::abs: return "size of ";
    case Function::log:
    case Function::log10: return "logarithm of ";
    case Function::exp: return "exponential of ";
    case Function::sqrt: return "square root of ";
    case Function::autocorrelation: return "autocorrelation of ";
    case Function::rising: return "rises of ";
    case Function::falling: return "falls of ";
    case Function::bursts: return "bursts of ";
    default: return "";
  }
}

bool is_call(const Expression& e, Function function) {
  return e.kind == Expression::Kind::call && e.function == function && !e.operands.empty();
}

/// A floor or ceiling, as keeps a rule from dividing by nothing: it need not be said.
bool is_guard(const Expression& e) { return e.kind == Expression::Kind::number; }
bool is_negligible(const Expression& e) { return is_guard(e) && std::abs(e.number) < 0.02; }

/// A factor that is held between two numbers, as `max_of(1, min_of(100, ...))`: it brings what it
/// divides to one scale, which need not be said.
bool is_scale(const Expression& e) {
  const auto held = [](const Expression& call, Function by) {
    return is_call(call, by) && call.operands.size() == 2 &&
           call.operands[0].kind == Expression::Kind::number;
  };
  return (held(e, Function::max_of) && held(e.operands[1], Function::min_of)) ||
         (held(e, Function::min_of) && held(e.operands[1], Function::max_of));
}

bool is_ratio(const Expression& e) {
  return e.kind == Expression::Kind::operation && e.op == Operator::divide &&
         e.operands.size() == 2 && !is_scale(e.operands[1]);
}

/// Whether `e` is said as several things that belong together.
bool is_compound(const Expression& e) {
  return e.kind == Expression::Kind::operation && e.operands.size() > 1 &&
         e.op != Operator::otherwise && (e.op != Operator::divide || is_ratio(e));
}

/// An expression as a part of a larger one: in brackets where it is several things.
std::string part_phrase(const Case& facts, const Expression& e) {
  return is_compound(e) ? "(" + phrase(facts, e) + ")" : phrase(facts, e);
}

/// Calls that are said in words of their own; empty: as any other call.
std::string own_phrase(const Case& facts, const Expression& call) {
  const Expression& first = call.operands.front();
  // exp(log(x)) is x where x is positive, else unknown: what was ruled out need not be said.
  if (call.function == Function::exp && is_call(first, Function::log)) {
    return phrase(facts, first.operands.front());
  }
  if (call.operands.size() != 2) return "";
  const Expression& second = call.operands[1];
  switch (call.function) {
    case Function::max_of:
    case Function::min_of:
      if (is_guard(second)) return phrase(facts, first);
      return fmt::format("the {} of {} and {}",
                         call.function == Function::max_of ? "larger" : "smaller",
                         phrase(facts, first), phrase(facts, second));
    case Function::quantile:
      if (second.kind != Expression::Kind::number) return "";
      return fmt::format("{} % quantile of {}", figure(100 * second.number), phrase(facts, first));
    case Function::correlation:
      return fmt::format("correlation of {} with {}", phrase(facts, first), phrase(facts, second));
    case Function::values_at:
      return fmt::format("{} at the {}", phrase(facts, first), phrase(facts, second));
    default: return "";
  }
}

std::string call_phrase(const Case& facts, const Expression& call) {
  if (call.operands.empty()) return std::string(signature_of(call.function).name);
  if (std::string said = yes_or_no(facts, call, true); !said.empty()) return said;
  if (std::string own = own_phrase(facts, call); !own.empty()) return own;
  std::string first = part_phrase(facts, call.operands.front());
  const std::string_view lead = lead_of(call.function);
  if (lead == " ") return first;
  if (!lead.empty()) return std::string(lead) + first;
  std::string said = fmt::format("{}({}", signature_of(call.function).name, first);
  for (std::size_t i = 1; i < call.operands.size(); ++i)
    said += ", " + phrase(facts, call.operands[i]);
  return said + ")";
}

std::string_view symbol(Operator op) {
  switch (op) {
    case Operator::add: return "+";
    case Operator::subtract:
    case Operator::negate: return "-";
    case Operator::multiply: return "×";
    case Operator::divide: return "/";
    case Operator::power: return "^";
    case Operator::less: return "below";
    case Operator::less_equal: return "at most";
    case Operator::greater: return "above";
    case Operator::greater_equal: return "at least";
    case Operator::equal: return "equal to";
    case Operator::not_equal: return "other than";
    case Operator::logical_and: return "and";
    case Operator::logical_or: return "or";
    case Operator::logical_not: return "not";
    case Operator::otherwise: return "else";
  }
  return "";
}

/// Whether the run has every metric and setting that `e` asks for.
bool is_there(const Case& facts, const Expression& e) {
  const engine::Binding& binding = facts.diagnosis.binding;
  if (e.kind == Expression::Kind::metric)
    return e.index < binding.metrics.size() && !binding.metrics[e.index].empty();
  if (e.kind == Expression::Kind::parameter)
    return e.index < binding.params.size() && binding.params[e.index].has_value();
  return std::ranges::all_of(e.operands,
                             [&](const Expression& each) { return is_there(facts, each); });
}

std::string operation_phrase(const Case& facts, const Expression& operation) {
  if (operation.op == Operator::otherwise && !operation.operands.empty()) {
    const auto there = std::ranges::find_if(
        operation.operands, [&](const Expression& each) { return is_there(facts, each); });
    return phrase(facts, there == operation.operands.end() ? operation.operands.front() : *there);
  }
  if (operation.op == Operator::divide && !is_ratio(operation))
    return phrase(facts, operation.operands.front());
  if (operation.operands.size() == 1) {
    return fmt::format("{} {}", symbol(operation.op), phrase(facts, operation.operands.front()));
  }
  std::string said;
  for (const Expression& operand : operation.operands) {
    const bool adds_nothing = operation.op == Operator::add && is_negligible(operand);
    if (adds_nothing && !said.empty()) continue;
    if (!said.empty()) said += fmt::format(" {} ", symbol(operation.op));
    said += part_phrase(facts, operand);
  }
  return said;
}

std::string_view name_of(Expression::Aggregate aggregate) {
  switch (aggregate) {
    case Expression::Aggregate::count: return "number";
    case Expression::Aggregate::sum: return "sum";
    case Expression::Aggregate::min: return "lowest";
    case Expression::Aggregate::max: return "highest";
    case Expression::Aggregate::mean: return "mean";
    case Expression::Aggregate::median: return "median";
    case Expression::Aggregate::any: return "any";
    case Expression::Aggregate::all: return "all";
    case Expression::Aggregate::share: return "share";
    case Expression::Aggregate::spread: return "spread";
    case Expression::Aggregate::quantile: return "quantile";
  }
  return "";
}

/// "highest, over r, of median step time of rank r".
std::string aggregate_phrase(const Case& facts, const Expression& e) {
  const std::string member = phrase(facts, e.operands.front());
  const std::string variables = fmt::format("{}", fmt::join(e.variables, ", "));
  switch (e.aggregate) {
    case Expression::Aggregate::count:
    case Expression::Aggregate::any:
    case Expression::Aggregate::all:
    case Expression::Aggregate::share:
      return fmt::format("{} of {} for each {}", name_of(e.aggregate), member, variables);
    default: return fmt::format("{}, over {}, of {}", name_of(e.aggregate), variables, member);
  }
}

/// ", within 200 steps", or nothing.
std::string within_words(const Expression& e) {
  return e.within.value > 0 ? fmt::format(", within {}", quantity(e.within)) : "";
}

/// What ties two things: "lr is one of adam, sgd", "the step of the lowest loss comes before ...".
std::string relation_phrase(const Case& facts, const Expression& e) {
  std::vector<std::string> parts;
  for (const Expression& operand : e.operands) parts.push_back(phrase(facts, operand));
  if (parts.empty()) return "";
  const std::string first = parts.front();
  parts.erase(parts.begin());
  const std::string others = fmt::format("{}", fmt::join(parts, ", "));
  switch (e.kind) {
    case Expression::Kind::one_of: return fmt::format("{} is one of {}", first, others);
    case Expression::Kind::matches: return fmt::format("{} is like {}", first, others);
    case Expression::Kind::listed:
      return fmt::format("{} of {}, {}", name_of(e.aggregate), first, others);
    case Expression::Kind::before:
      return fmt::format("{} comes before {}{}", first, others, within_words(e));
    case Expression::Kind::after:
      return fmt::format("{} comes after {}{}", first, others, within_words(e));
    case Expression::Kind::near:
      return fmt::format("{} is close to {}{}", first, others, within_words(e));
    case Expression::Kind::then:
      return fmt::format("{}, and then {}{}", first, others, within_words(e));
    case Expression::Kind::during: return fmt::format("{} during {}", first, others);
    case Expression::Kind::overlaps: return fmt::format("{} while {}", first, others);
    case Expression::Kind::until: return fmt::format("{} until {}", first, others);
    case Expression::Kind::sustained:
      return fmt::format("{} for {} without a break", first, quantity(e.within));
    default: return "";
  }
}

/// "last training loss above 1.5 .. 4".
std::string threshold_phrase(const Case& facts, const Expression& e) {
  std::vector<std::string> parts;
  for (const Expression& operand : e.operands) parts.push_back(phrase(facts, operand));
  if (parts.size() < 2) return "";
  const bool ramp = parts.size() > 2;
  if (e.kind == Expression::Kind::between && ramp)
    return fmt::format("{} between {} and {}", parts[0], parts[1], parts[2]);
  return fmt::format("{} {} {}{}", parts[0], e.kind == Expression::Kind::above ? "above" : "below",
                     parts[1], ramp ? " .. " + parts[2] : "");
}

/// Where a comparison flips: "above 0", "below 0.3"; where it does not hold, "not above 0".
std::string crisp_words(const engine::Reading& reading, const Expression& comparison) {
  const std::optional<double> threshold = reading.low ? reading.low : reading.high;
  if (!threshold) return "";
  std::string_view word = "threshold";
  if (comparison.kind == Expression::Kind::above) word = "above";
  if (comparison.kind == Expression::Kind::below) word = "below";
  if (comparison.kind == Expression::Kind::operation) word = symbol(comparison.op);
  const bool holds = reading.degree.known() && reading.degree.value() > 0;
  return fmt::format("{}{} {}", holds ? "" : "not ", word, figure(*threshold));
}

/// From where on a graded or crisp comparison counts.
std::string threshold_words(const engine::Reading& reading, const Expression& comparison) {
  if (!reading.low || !reading.high || *reading.low == *reading.high)
    return crisp_words(reading, comparison);
  const auto [least, most] = std::minmax(*reading.low, *reading.high);
  const bool holds = reading.degree.known() && reading.degree.value() > 0;
  if (comparison.kind == Expression::Kind::between) {
    return fmt::format("{}between {} and {}", holds ? "" : "not ", figure(least), figure(most));
  }
  const bool falling = comparison.kind == Expression::Kind::below;
  const double none = falling ? most : least, full = falling ? least : most;
  const bool fully = reading.degree.known() && reading.degree.value() >= 1;
  if (fully) return fmt::format("fully seen {} {}", falling ? "up to" : "from", figure(full));
  return fmt::format("counts {} {}, fully {} {}", falling ? "below" : "above", figure(none),
                     falling ? "up to" : "from", figure(full));
}

}  // namespace

std::string phrase(const Case& facts, const Expression& e) {
  const Knowledge& knowledge = facts.knowledge;
  switch (e.kind) {
    case Expression::Kind::number: return figure(e.number);
    case Expression::Kind::text: return "\"" + e.text + "\"";
    case Expression::Kind::metric: return labelled(knowledge.metrics[e.index], e.labels);
    case Expression::Kind::parameter:
      return facts.diagnosis.binding.params.size() > e.index &&
                     facts.diagnosis.binding.params[e.index]
                 ? *facts.diagnosis.binding.params[e.index]
                 : knowledge.params[e.index].name;
    case Expression::Kind::finding: return "\"" + title_of_any(knowledge.findings[e.index]) + "\"";
    case Expression::Kind::call: return call_phrase(facts, e);
    case Expression::Kind::operation: return operation_phrase(facts, e);
    case Expression::Kind::windowed:
      return fmt::format("{} {}", phrase(facts, e.operands.front()),
                         window_phrase(facts, *e.window));
    case Expression::Kind::aggregate: return aggregate_phrase(facts, e);
    case Expression::Kind::variable: return e.text;
    case Expression::Kind::above:
    case Expression::Kind::below:
    case Expression::Kind::between: return threshold_phrase(facts, e);
    case Expression::Kind::one_of:
    case Expression::Kind::matches:
    case Expression::Kind::listed:
    case Expression::Kind::before:
    case Expression::Kind::after:
    case Expression::Kind::near:
    case Expression::Kind::then:
    case Expression::Kind::during:
    case Expression::Kind::overlaps:
    case Expression::Kind::until:
    case Expression::Kind::sustained: return relation_phrase(facts, e);
    default: return std::string(knowledge.sources.text(e.span));
  }
}

std::string measured(const Case& facts, const Expression& expression, double value) {
  if (!is_ratio(expression)) {
    const bool per_step =
        expression.kind == Expression::Kind::call &&
        (expression.function == Function::slope || expression.function == Function::linear_slope);
    return fmt::format("{} is {}{}", phrase(facts, expression), figure(value),
                       per_step ? " per step" : "");
  }
  const Expression &a = expression.operands[0], &b = expression.operands[1];
  const bool calls = a.kind == Expression::Kind::call && b.kind == Expression::Kind::call &&
                     !a.operands.empty() && !b.operands.empty() && !lead_of(b.function).empty();
  const bool same = calls && phrase(facts, a.operands[0]) == phrase(facts, b.operands[0]);
  if (!same)
    return fmt::format("{} is {} times {}", part_phrase(facts, a), figure(value),
                       part_phrase(facts, b));
  std::string_view its = lead_of(b.function);
  for (const std::string_view tail : {" ", " of"}) {
    if (its.ends_with(tail)) its.remove_suffix(tail.size());
  }
  return fmt::format("{} is {} times its {}", phrase(facts, a), figure(value), its);
}

/// Ends: findings ask for one another in no circle.
const Expression* part_at(const Knowledge& knowledge, const Expression& condition, Span span) {
  if (condition.span == span) return &condition;
  if (condition.kind == Expression::Kind::finding)
    return part_at(knowledge, knowledge.findings[condition.index].when, span);
  for (const Expression& operand : condition.operands) {
    if (const Expression* part = part_at(knowledge, operand, span)) return part;
  }
  return nullptr;
}

std::string yes_or_no(const Case& facts, const Expression& e, bool holds) {
  if (e.kind != Expression::Kind::call || e.operands.empty()) return "";
  const Expression& asked = e.operands.front();
  const std::string_view there = asked.kind == Expression::Kind::parameter ? "set" : "logged";
  const std::string_view nothing = holds ? "" : "not ";
  switch (e.function) {
    case Function::missing:
      return fmt::format("{} is {}{}", phrase(facts, asked), holds ? "not " : "", there);
    case Function::logged:
    case Function::given: return fmt::format("{} is {}{}", phrase(facts, asked), nothing, there);
    case Function::log_line:
      return fmt::format("the log has {} line like {}", holds ? "a" : "no", phrase(facts, asked));
    case Function::code:
      return fmt::format("the script has {} like {}", holds ? "something" : "nothing",
                         phrase(facts, asked));
    case Function::said:
      return fmt::format("you said {} like {}", holds ? "something" : "nothing",
                         phrase(facts, asked));
    default: return "";
  }
}

bool is_comparison(const Expression& e) {
  return !e.operands.empty() &&
         (e.kind == Expression::Kind::above || e.kind == Expression::Kind::below ||
          e.kind == Expression::Kind::between || e.kind == Expression::Kind::operation);
}

namespace {

/// What a setting is that a condition without a value asks for: "optimizer is adam"; empty: any
/// other condition.
std::string setting_phrase(const Case& facts, const engine::Reading& reading,
                           const Expression& condition) {
  const auto setting = facts.run.config.find(reading.config_key);
  const bool is_setting = condition.kind == Expression::Kind::matches ||
                          condition.kind == Expression::Kind::one_of ||
                          condition.kind == Expression::Kind::operation;
  if (!is_setting || condition.operands.empty() || setting == facts.run.config.end()) return "";
  const std::string subject = phrase(facts, condition.operands.front());
  if (const auto* text = std::get_if<std::string>(&setting->second))
    return fmt::format("{} is {}", subject, *text);
  if (const auto* flag = std::get_if<bool>(&setting->second))
    return fmt::format("{} is {}", subject, *flag ? "on" : "off");
  return "";
}

constexpr std::size_t longest_quote = 160;

/// At most `most` bytes of `text`, cut between characters.
std::string clipped(std::string_view text, std::size_t most) {
  std::size_t kept = 0;
  while (kept < text.size()) {
    const std::size_t next = kept + first_character(text.substr(kept)).bytes;
    if (next > most) return std::string(text.substr(0, kept)) + "...";
    kept = next;
  }
  return std::string(text);
}

/// What a condition on texts found: `the log has "RESOURCE_EXHAUSTED: ..."`.
std::string found_phrase(const engine::Reading& reading, const Expression& condition) {
  std::string_view where = "the log has";
  if (condition.function == Function::code) where = "the script has";
  if (condition.function == Function::said) where = "you said";
  return fmt::format("{} \"{}\"", where, clipped(reading.quote, longest_quote));
}

/// The rows of tables that a row rests on in the end, in the order of the rules.
void rows_below(const engine::Derived& derived, std::vector<std::string>& rows) {
  for (const engine::Derived& premise : derived.because) {
    if (!premise.because.empty()) {
      rows_below(premise, rows);
    } else if (std::ranges::find(rows, premise.fact) == rows.end()) {
      rows.push_back(premise.fact);
    }
  }
}

/// "waits_for(t0, t0), by blocked_by(t0, t1), blocked_by(t1, t0)"
std::string derived_phrase(const engine::Derived& derived) {
  constexpr std::size_t most = 8;
  std::vector<std::string> rows;
  rows_below(derived, rows);
  if (rows.empty()) return derived.fact;
  const std::size_t more = rows.size() > most ? rows.size() - most : 0;
  rows.resize(rows.size() - more);
  return fmt::format("{}, by {}{}", derived.fact, fmt::join(rows, ", "),
                     more > 0 ? fmt::format(" and {} more", more) : "");
}

}  // namespace

std::string title_of_any(const Finding& finding) {
  std::string title = titled(finding);
  for (const std::string& variable : finding.variables) {
    const std::string slot = "{" + variable + "}";
    for (std::size_t at = title.find(slot); at != title.npos; at = title.find(slot))
      title.replace(at, slot.size(), "(any)");
  }
  return title;
}

std::string phrase(const Case& facts, const engine::Reading& reading,
                   const Expression* comparison) {
  if (!reading.quote.empty() && comparison != nullptr) return found_phrase(reading, *comparison);
  if (reading.derived) return derived_phrase(*reading.derived);
  if (comparison == nullptr) return reading.text;
  if (!is_comparison(*comparison) || !reading.value.known()) {
    const bool holds = reading.degree.known() && reading.degree.value() >= 0.5;
    std::string said = yes_or_no(facts, *comparison, holds);
    if (said.empty()) said = setting_phrase(facts, reading, *comparison);
    if (!said.empty()) return said;
    return (holds ? "" : "not so: ") + phrase(facts, *comparison);
  }

  std::string said = measured(facts, comparison->operands.front(), reading.value.value());
  const std::string threshold = threshold_words(reading, *comparison);
  if (!threshold.empty()) said += fmt::format(" ({})", threshold);
  return said;
}

}  // namespace fmx::reports
