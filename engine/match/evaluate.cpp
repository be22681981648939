#include "engine/match/evaluate.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/match/percent.hpp"
#include "engine/match/sequence.hpp"
#include "engine/match/windowing.hpp"

namespace fmx::engine {
namespace {

using Kind = Expression::Kind;

/// A number or a time from events: how many, the first, the last.
Value measure_events(Function function, const Value& events) {
  const auto& steps = events.samples.steps;
  if (function == Function::count)
    return Value::of(static_cast<double>(steps.size()), events.origin);
  if (steps.empty()) return Value::of(Unknown::no_such_time, events.origin);
  if (function == Function::first_time) return Value::of(steps.front(), events.origin);
  if (function == Function::last_time) return Value::of(steps.back(), events.origin);
  return Value::of(Unknown::undefined, events.origin);
}

Quantity quantity_of(const Node& node) { return {node.number, node.unit}; }

}  // namespace

Evaluator::Evaluator(const Program& program, const Knowledge& knowledge, const Run& run,
                     const Binding& binding)
    : program_(program),
      knowledge_(knowledge),
      run_(run),
      binding_(binding),
      closed_(program.size()),
      progress_(knowledge.findings.size(), Progress::todo),
      observed_(knowledge.findings.size()) {}

Evaluator::~Evaluator() = default;

std::size_t Evaluator::KeyHash::operator()(std::span<const std::uint32_t> key) const {
  std::size_t hash = key.size();
  for (const std::uint32_t part : key) {
    hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32;
  }
  return hash;
}

bool Evaluator::KeyEqual::operator()(std::span<const std::uint32_t> a,
                                     std::span<const std::uint32_t> b) const {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

const Value& Evaluator::value(NodeId node) { return result(node).value; }

Symbol Evaluator::bound(TextId variable) const {
  for (auto it = bound_.rbegin(); it != bound_.rend(); ++it) {
    if (it->first == variable) return it->second;
  }
  return unbound;
}

const Evaluator::Result& Evaluator::result(NodeId node) {
  const std::vector<TextId>& variables = program_.free(node);
  if (variables.empty()) {
    if (!closed_[node]) {
      auto result = std::make_unique<Result>(work_out(node));
      closed_[node] = std::move(result);
    }
    return *closed_[node];
  }
  std::vector<std::uint32_t> key{node};
  for (const TextId variable : variables) key.push_back(bound(variable));
  if (const auto known = open_.find(key); known != open_.end()) return *known->second;
  auto result = std::make_unique<Result>(work_out(node));
  return *(open_[std::move(key)] = std::move(result));
}

/// The samples that are made on the way live as long as the result.
Evaluator::Result Evaluator::work_out(NodeId id) {
  ++worked_out_;
  Columns outer = std::exchange(columns_, {});
  Result result = answer(id);
  result.columns = std::exchange(columns_, std::move(outer));
  return result;
}

Evaluator::Result Evaluator::answer(NodeId id) {
  const Node& node = program_.at(id);
  const auto sampled = [&](std::uint32_t i) { return operand(node, i).sampled(); };
  switch (node.kind) {
    case Kind::above:
    case Kind::below:
    case Kind::between:
      if (sampled(0)) return {mask_of(node), {}, {}};
      break;
    case Kind::operation:
      if (node.op < Operator::less || node.op > Operator::not_equal) return {compute(node), {}, {}};
      if (sampled(0) || sampled(1)) return {operation(node), {}, {}};
      break;
    case Kind::call:
      if (signature_of(node.function).result != Type::degree) return {compute(node), {}, {}};
      break;
    case Kind::before:
    case Kind::after:
    case Kind::near:
    case Kind::sustained:
    case Kind::one_of:
    case Kind::matches:
    case Kind::atom: break;
    case Kind::number:
    case Kind::text:
    case Kind::metric:
    case Kind::parameter:
    case Kind::finding:
    case Kind::windowed:
    case Kind::aggregate:
    case Kind::variable:
    case Kind::listed:
    case Kind::then:
    case Kind::during:
    case Kind::overlaps:
    case Kind::until: return {compute(node), {}, {}};
  }
  const Judgement judged = judgement(id);
  return {Value::of(judged.degree, judged.origin), judged, {}};
}

Value Evaluator::compute(const Node& node) {
  switch (node.kind) {
    case Kind::number: return Value::of(node.number);
    case Kind::text: return Value::of(std::string_view(program_.text(node.index)));
    case Kind::metric: return metric(node);
    case Kind::parameter: return setting(node.index);
    case Kind::call: return call(node);
    case Kind::operation: return operation(node);
    case Kind::windowed: return windowed(node);
    case Kind::aggregate: return aggregate(node);
    case Kind::listed: return listed(node);
    case Kind::then:
    case Kind::during:
    case Kind::overlaps: return sequence(node);
    case Kind::until: return latch(operand(node, 0), operand(node, 1), columns_);
    case Kind::finding: {
      const Observation* seen = referred(node);
      return Value::of(seen == nullptr ? Degree(Unknown::not_logged) : seen->degree);
    }
    case Kind::variable: {
      const Symbol symbol = bound(node.index);
      return symbol == unbound ? Value::of(Unknown::undefined) : symbols_.value(symbol);
    }
    case Kind::above:
    case Kind::below:
    case Kind::between:
    case Kind::before:
    case Kind::after:
    case Kind::near:
    case Kind::sustained:
    case Kind::one_of:
    case Kind::matches:
    case Kind::atom: break;
  }
  assert(false && "judgement() takes these");
  return Value::of(Unknown::undefined);
}

Judgement Evaluator::judgement(NodeId id) {
  const Node& node = program_.at(id);
  const auto arg = [&](std::uint32_t i) -> const Value& { return operand(node, i); };
  const bool ramp = node.operands.size > 2;
  switch (node.kind) {
    case Kind::operation: return compare(node.op, arg(0), arg(1));
    case Kind::above:
      return ramp ? above(arg(0), arg(1), arg(2)) : compare(Operator::greater, arg(0), arg(1));
    case Kind::below:
      return ramp ? below(arg(0), arg(1), arg(2)) : compare(Operator::less, arg(0), arg(1));
    case Kind::between: return between(arg(0), arg(1), arg(2));
    case Kind::before:
    case Kind::after:
    case Kind::near: return in_time(node);
    case Kind::sustained: return sustained(node);
    case Kind::one_of: return one_of(node);
    case Kind::matches: return matches(node);
    case Kind::call: return fact(node);
    case Kind::atom: return atom(id);
    default: return judge(Unknown::undefined, {});  // no other is a comparison
  }
}

/// What counts `unit` in this run, or null.
const Clock* Evaluator::clock(Unit unit) {
  auto known = clocks_.find(unit);
  if (known == clocks_.end()) {
    known = clocks_.emplace(unit, clock_of(unit, run_, knowledge_, binding_)).first;
  }
  return known->second ? &*known->second : nullptr;
}

/// How two times lie to one another; a limit counts from the earlier one on.
Judgement Evaluator::in_time(const Node& node) {
  const bool turned = node.kind == Kind::after;
  const Value& a = operand(node, turned ? 1 : 0);
  const Value& b = operand(node, turned ? 0 : 1);
  const Quantity asked = quantity_of(node);
  const bool limited = asked != Quantity{};
  if (!limited) return before(a, b, std::nullopt);
  const Clock* counts = clock(asked.unit);
  if (counts == nullptr) return judge(Unknown::not_counted, a.origin);
  const Number x = number_of(a), y = number_of(b);
  const double from = !x.known() ? 0 : y.known() ? std::min(x.value(), y.value()) : x.value();
  const double limit = counts->steps_from(from, asked.value);
  return node.kind == Kind::near ? near(a, b, limit) : before(a, b, limit);
}

/// The longest stretch of a mask against what is asked for, in the unit that is asked.
Judgement Evaluator::sustained(const Node& node) {
  const Value& mask = operand(node, 0);
  if (mask.unknown()) return judge(mask.reason, mask.origin);
  const Quantity asked = quantity_of(node);
  const auto longest = [&](Function f) {
    return Value::of(measure_mask(f, mask.samples), mask.origin);
  };
  if (asked.unit == Unit::samples) {
    return compare(Operator::greater_equal, longest(Function::longest), Value::of(asked.value));
  }
  const Value steps = longest(Function::duration);
  if (asked.unit == Unit::fraction) {
    if (steps.unknown()) return judge(steps.reason, mask.origin);
    const double length = mask.samples.steps.back() - mask.samples.steps.front();
    if (!(length > 0)) return judge(Unknown::too_few_samples, mask.origin);
    return compare(Operator::greater_equal, Value::of(steps.number / length, mask.origin),
                   Value::of(asked.value));
  }
  const Clock* counts = clock(asked.unit);
  if (counts == nullptr) return judge(Unknown::not_counted, mask.origin);
  std::vector<double> counted;
  for (const double step : mask.samples.steps) counted.push_back(counts->at(step));
  const Number lasts = measure_mask(Function::duration, {counted, mask.samples.values});
  return compare(Operator::greater_equal, Value::of(lasts, mask.origin), Value::of(asked.value));
}

/// Where a begins before b, within b, or meets it. Of nothing there is none, whatever the other is.
Value Evaluator::sequence(const Node& node) {
  const Value& a = operand(node, 0);
  const Value& b = operand(node, 1);
  const Origin origin = a.origin.or_else(b.origin);
  const auto none = [](const Value& x) {
    return x.kind == Value::Kind::events && x.samples.empty();
  };
  const bool decided = none(a) || none(b);
  if (a.unknown() && !decided) return Value::of(a.reason, origin);
  if (b.unknown() && !decided) return Value::of(b.reason, origin);
  Column found;
  if (decided) {
  } else if (node.kind == Kind::during) {
    found = during(a, b);
  } else if (node.kind == Kind::overlaps) {
    found = overlaps(a, b);
  } else {
    const Quantity asked = quantity_of(node);
    const Clock* counts = clock(asked.unit);
    if (counts == nullptr) return Value::of(Unknown::not_counted, origin);
    const bool limited = asked != Quantity{};
    found = then(a, b, limited ? std::optional(asked.value) : std::nullopt, *counts);
  }
  return Value::of(Value::Kind::events, columns_.keep(std::move(found)), origin);
}

Value Evaluator::call(const Node& node) {
  const Function f = node.function;
  if (f == Function::since) return since(node);
  const Value& x = operand(node, 0);
  if (signature_of(f).elementwise()) {
    return node.operands.size == 1 ? apply(f, x, columns_)
                                   : apply(f, x, operand(node, 1), columns_);
  }

  if (x.unknown()) {
    const bool counts_none = f == Function::samples && x.reason == Unknown::not_logged;
    return counts_none ? Value::of(0.0, x.origin) : x;
  }
  if (!x.sampled()) return Value::of(Unknown::undefined, x.origin);
  const bool of_two = f == Function::correlation || f == Function::lag || f == Function::values_at;
  if (of_two) {
    const Value& y = operand(node, 1);
    if (y.unknown()) return Value::of(y.reason, x.origin);
    if (!y.sampled()) return Value::of(Unknown::undefined, x.origin);
    if (f == Function::values_at) return values_at(x, y, columns_);
    return Value::of(measure(f, x.samples, y.samples), x.origin);
  }
  std::vector<double> arguments;
  for (std::uint32_t i = 1; i < node.operands.size; ++i) {
    const Number number = number_of(operand(node, i));
    if (!number.known()) return Value::of(number, x.origin);
    arguments.push_back(number.value());
  }
  const Node& input = program_.at(program_.operand(node, 0));
  const bool cut = input.kind == Kind::windowed && input.window == fmx::Window::Kind::per;
  return cut ? piecewise(node, arguments) : called(f, x, arguments);
}

/// What `f` makes of `x`, the one thing it takes beside numbers.
Value Evaluator::called(Function f, const Value& x, std::span<const double> arguments) {
  const Signature& signature = signature_of(f);
  const bool of_series = signature.parameters.front().types.front() == Type::series;
  const double argument = arguments.empty() ? 0 : arguments[0];
  const double second = arguments.size() > 1 ? arguments[1] : 0;
  const auto kept = [&](Value::Kind kind, Column made) {
    return Value::of(kind, columns_.keep(std::move(made)), x.origin);
  };
  switch (signature.result) {
    case Type::number:
    case Type::time:
      if (of_series) return Value::of(measure(f, x.samples, argument, second), x.origin);
      if (x.kind == Value::Kind::events) return measure_events(f, x);
      return Value::of(measure_mask(f, x.samples), x.origin);
    case Type::events:
      if (f == Function::bursts) {
        return kept(Value::Kind::events, bursts(x.samples, argument, second));
      }
      if (x.samples.empty()) return Value::of(Unknown::empty_window, x.origin);
      return kept(Value::Kind::events, events(f, x.samples, argument));
    case Type::mask:
      if (x.samples.empty()) return Value::of(Unknown::empty_window, x.origin);
      return kept(Value::Kind::mask, mask(f, x.samples, argument));
    case Type::series:
      if (x.samples.empty()) return Value::of(Unknown::empty_window, x.origin);
      return kept(Value::Kind::series, transform(f, x.samples, argument));
    case Type::degree:
    case Type::text: break;
  }
  assert(false && "facts are judged, and no function gives a text");
  return Value::of(Unknown::undefined, x.origin);
}

/// A number from each piece of a series, at the piece's last step; pieces that have none are left
/// out. Unknown where no piece has one, for the reason of the first.
Value Evaluator::piecewise(const Node& node, std::span<const double> arguments) {
  const Node& input = program_.at(program_.operand(node, 0));
  const Value& whole = operand(input, 0);
  const Clock* counts = clock(input.unit == Unit::fraction ? Unit::steps : input.unit);
  if (counts == nullptr) return Value::of(Unknown::not_counted, whole.origin);
  Column made;
  std::optional<Unknown> reason;
  for (const Piece& piece : pieces(whole, quantity_of(input), *counts)) {
    const Value value = called(node.function, piece.part, arguments);
    if (value.unknown()) {
      if (!reason) reason = value.reason;
      continue;
    }
    made.steps.push_back(piece.step);
    made.values.push_back(value.number);
  }
  if (made.steps.empty()) {
    return Value::of(reason.value_or(Unknown::empty_window), whole.origin);
  }
  return Value::of(Value::Kind::series, columns_.keep(std::move(made)), whole.origin);
}

Value Evaluator::operation(const Node& node) {
  const Value& a = operand(node, 0);
  switch (node.op) {
    case Operator::negate: return operate(node.op, a, columns_);
    case Operator::otherwise: {
      for (std::uint32_t i = 0; i < node.operands.size; ++i) {
        if (!operand(node, i).unknown()) return operand(node, i);
      }
      return a;
    }
    case Operator::logical_not:
      return a.sampled() ? operate(node.op, a, columns_) : Value::of(!degree_of(a), a.origin);
    case Operator::logical_and:
    case Operator::logical_or: {
      const bool all = node.op == Operator::logical_and;
      Value joined = a;
      for (std::uint32_t i = 1; i < node.operands.size; ++i) {
        const Value& b = operand(node, i);
        if (joined.sampled() || b.sampled()) {
          joined = operate(node.op, joined, b, columns_);
          continue;
        }
        const Degree x = degree_of(joined), y = degree_of(b);
        joined = Value::of(all ? x && y : x || y, joined.origin.or_else(b.origin));
      }
      return joined;
    }
    default: {
      Value joined = a;
      for (std::uint32_t i = 1; i < node.operands.size; ++i) {
        joined = operate(node.op, joined, operand(node, i), columns_);
      }
      return joined;
    }
  }
}

/// `above`, `below` and `between` of a series, sample by sample: holds from the middle of a ramp
/// on.
Value Evaluator::mask_of(const Node& node) {
  const Value& x = operand(node, 0);
  const Value& first = operand(node, 1);
  if (node.kind == Kind::between) {
    return operate(Operator::logical_and, operate(Operator::greater_equal, x, first, columns_),
                   operate(Operator::less_equal, x, operand(node, 2), columns_), columns_);
  }
  const bool upward = node.kind == Kind::above;
  if (node.operands.size == 2)
    return operate(upward ? Operator::greater : Operator::less, x, first, columns_);
  const Value middle =
      operate(Operator::divide, operate(Operator::add, first, operand(node, 2), columns_),
              Value::of(2.0), columns_);
  return operate(upward ? Operator::greater_equal : Operator::less_equal, x, middle, columns_);
}

Value Evaluator::windowed(const Node& node) {
  const Value& x = operand(node, 0);
  if (x.unknown()) return x;
  if (!x.sampled()) return Value::of(Unknown::undefined, x.origin);
  using Which = fmx::Window::Kind;
  if (node.window == Which::per) return x;  // cut by the function around it
  if (node.window == Which::last || node.window == Which::first) {
    const Quantity extent = quantity_of(node);
    const Clock* counts = clock(extent.unit == Unit::fraction ? Unit::steps : extent.unit);
    if (counts == nullptr) return Value::of(Unknown::not_counted, x.origin);
    return node.window == Which::last ? last_of(x, extent, *counts) : first_of(x, extent, *counts);
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Number bound = number_of(operand(node, 1));
  if (!bound.known()) return Value::of(bound, x.origin);
  if (node.window == Which::before) return within(x, -infinity, bound.value(), true);
  const Number end = node.window == Which::between ? number_of(operand(node, 2)) : infinity;
  if (!end.known()) return Value::of(end, x.origin);
  const bool begins_later = !x.samples.empty() && bound.value() > x.origin.last_step;
  if (begins_later) return Value::of(Unknown::cut_off, x.origin);
  return within(x, bound.value(), end.value());
}

Value Evaluator::setting(Index param) const {
  Origin origin;
  origin.param = param;
  const std::optional<std::string>& key = binding_.params[param];
  if (!key) return Value::of(Unknown::not_configured, origin);
  const Setting& setting = run_.config.at(*key);
  if (const auto* number = std::get_if<double>(&setting)) return Value::of(*number, origin);
  if (const auto* text = std::get_if<std::string>(&setting))
    return Value::of(std::string_view(*text), origin);
  const bool on = std::get<bool>(setting);
  Value flag = Value::of(std::string_view(on ? "true" : "false"), origin);
  flag.kind = Value::Kind::flag;
  flag.number = on ? 1 : 0;
  return flag;
}

Value Evaluator::series(std::size_t series) const {
  const Series& whole = run_.series[series];
  Origin origin;
  origin.series = static_cast<std::uint32_t>(series);
  if (!whole.steps.empty()) {
    origin.first_step = whole.steps.front();
    origin.last_step = whole.steps.back();
  }
  return Value::of(Value::Kind::series, {whole.steps, whole.values}, origin);
}

bool Evaluator::is_in_percent(Index metric) {
  const auto [at, is_new] = in_percent_.try_emplace(metric);
  if (is_new) at->second = in_percent(knowledge_.metrics[metric], binding_.metrics[metric], run_);
  return at->second;
}

Value Evaluator::share_of(const Value& percents) {
  Column shares;
  shares.steps.assign(percents.samples.steps.begin(), percents.samples.steps.end());
  for (const double value : percents.samples.values) shares.values.push_back(value / 100);
  return Value::of(Value::Kind::series, columns_.keep(std::move(shares)), percents.origin);
}

/// The member of a family that the labels name.
Value Evaluator::metric(const Node& node) {
  for (const Member& member : binding_.metrics[node.index]) {
    if (member.labels.size() != node.terms.size) continue;
    bool same = true;
    for (std::uint32_t i = 0; same && i < node.terms.size; ++i) {
      const Term term = program_.term(node, i);
      const Symbol symbol = term.variable ? bound(term.text) : unbound;
      if (term.variable && symbol == unbound) {
        same = false;
      } else {
        same =
            member.labels[i] == (term.variable ? symbols_.text(symbol) : program_.text(term.text));
      }
    }
    if (!same) continue;
    const Value whole = series(member.series);
    return is_in_percent(node.index) ? share_of(whole) : whole;
  }
  return Value::of(Unknown::not_logged);
}

}  // namespace fmx::engine
