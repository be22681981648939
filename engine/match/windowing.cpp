#include "engine/match/windowing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace fmx::engine {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Value slice(const Value& x, std::size_t begin, std::size_t end) {
  Value part = x;
  const std::size_t size = end > begin ? end - begin : 0;
  part.samples = {x.samples.steps.subspan(begin, size), x.samples.values.subspan(begin, size)};
  return part;
}

/// The steps that shares of `x` count: from where to where.
struct Extent {
  double first = 0, last = 0;
};
Extent extent_of(const Value& x) {
  if (x.kind == Value::Kind::events) return {x.origin.first_step, x.origin.last_step};
  if (x.samples.empty()) return {};
  return {x.samples.steps.front(), x.samples.steps.back()};
}

/// Number of samples that a count written in a rule asks for.
std::size_t samples_in(Quantity extent, std::size_t size) {
  if (!(extent.value > 0)) return 0;
  return extent.value >= static_cast<double>(size)
             ? size
             : static_cast<std::size_t>(std::llround(extent.value));
}

}  // namespace

std::optional<double> in_steps(Quantity quantity, const Run& run) {
  const std::string counted = folded(run.step_name);
  const auto counts = [&](std::string_view word) { return counted.find(word) != counted.npos; };
  switch (quantity.unit) {
    case Unit::none:
    case Unit::steps:
    case Unit::samples: return quantity.value;
    case Unit::epochs: return counts("epoch") ? std::optional(quantity.value) : std::nullopt;
    case Unit::tokens: return counts("token") ? std::optional(quantity.value) : std::nullopt;
    case Unit::seconds:
      return counts("second") || counts("time") ? std::optional(quantity.value) : std::nullopt;
    case Unit::fraction:
    case Unit::bytes:
    case Unit::factor:
    case Unit::mad:
    case Unit::sd: return std::nullopt;
  }
  return std::nullopt;
}

Value last_of(const Value& x, Quantity extent, const Run& run) {
  const std::size_t size = x.samples.size();
  if (extent.unit == Unit::samples) return slice(x, size - samples_in(extent, size), size);
  const Extent all = extent_of(x);
  if (extent.unit == Unit::fraction)
    return within(x, all.last - extent.value * (all.last - all.first), infinity);
  const std::optional<double> steps = in_steps(extent, run);
  if (!steps) return Value::of(Unknown::undefined, x.origin);
  // The last 100 of the steps 1 .. 1000 begin after 900.
  return within(x, std::nextafter(all.last - *steps, infinity), infinity);
}

Value first_of(const Value& x, Quantity extent, const Run& run) {
  const std::size_t size = x.samples.size();
  if (extent.unit == Unit::samples) return slice(x, 0, samples_in(extent, size));
  const Extent all = extent_of(x);
  if (extent.unit == Unit::fraction)
    return within(x, -infinity, all.first + extent.value * (all.last - all.first));
  const std::optional<double> steps = in_steps(extent, run);
  if (!steps) return Value::of(Unknown::undefined, x.origin);
  return within(x, -infinity, all.first + *steps, true);
}

Value within(const Value& x, double from, double to, bool open) {
  const auto& steps = x.samples.steps;
  const auto begin = std::lower_bound(steps.begin(), steps.end(), from);
  const auto end = open ? std::lower_bound(steps.begin(), steps.end(), to)
                        : std::upper_bound(steps.begin(), steps.end(), to);
  Value part = slice(x, static_cast<std::size_t>(begin - steps.begin()),
                     static_cast<std::size_t>(end - steps.begin()));
  part.origin.first_step = std::max(x.origin.first_step, from);
  part.origin.last_step = std::min(x.origin.last_step, to);
  if (!part.samples.empty() && x.kind != Value::Kind::events) {
    part.origin.first_step = part.samples.steps.front();
    part.origin.last_step = part.samples.steps.back();
  }
  return part;
}

}  // namespace fmx::engine
