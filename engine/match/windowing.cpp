#include "engine/match/windowing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fmx::engine {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double most_pieces = 100'000;

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

std::vector<Piece> pieces_of_samples(const Value& x, std::size_t size) {
  std::vector<Piece> all;
  for (std::size_t begin = 0; size > 0 && begin < x.samples.size(); begin += size) {
    const std::size_t end = std::min(begin + size, x.samples.size());
    const double first = x.samples.steps[begin], last = x.samples.steps[end - 1];
    all.push_back({last, within(x, first, last)});
  }
  return all;
}

}  // namespace

Value last_of(const Value& x, Quantity extent, const Clock& clock) {
  const std::size_t size = x.samples.size();
  if (extent.unit == Unit::samples) return slice(x, size - samples_in(extent, size), size);
  const Extent all = extent_of(x);
  if (extent.unit == Unit::fraction)
    return within(x, all.last - extent.value * (all.last - all.first), infinity);
  // The last 100 of the steps 1 .. 1000 begin after 900.
  const double before = clock.last_step_at(clock.at(all.last) - extent.value);
  return within(x, std::nextafter(before, infinity), infinity);
}

Value first_of(const Value& x, Quantity extent, const Clock& clock) {
  const std::size_t size = x.samples.size();
  if (extent.unit == Unit::samples) return slice(x, 0, samples_in(extent, size));
  const Extent all = extent_of(x);
  if (extent.unit == Unit::fraction)
    return within(x, -infinity, all.first + extent.value * (all.last - all.first));
  return within(x, -infinity, clock.first_step_at(clock.at(all.first) + extent.value), true);
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

std::vector<Piece> pieces(const Value& x, Quantity extent, const Clock& clock) {
  if (extent.unit == Unit::samples) {
    return pieces_of_samples(x, samples_in(extent, x.samples.size()));
  }
  const Extent all = extent_of(x);
  const bool share = extent.unit == Unit::fraction;
  const double length = share ? extent.value * (all.last - all.first) : extent.value;
  const double zero = share ? all.first : 0;
  const auto begin_of = [&](double number) {
    const double count = zero + number * length;
    return share ? count : clock.first_step_at(count);
  };
  const double first = std::floor(((share ? all.first : clock.at(all.first)) - zero) / length);
  const double last = std::floor(((share ? all.last : clock.at(all.last)) - zero) / length);
  if (!(length > 0) || !(last - first < most_pieces)) return {};

  std::vector<Piece> found;
  for (double number = first; number <= last; ++number) {
    const double end = begin_of(number + 1);
    const Value part = within(x, begin_of(number), end, true);
    const bool events = x.kind == Value::Kind::events;
    if (part.samples.empty() && !events) continue;
    const double step = events ? std::min(end, all.last) : part.samples.steps.back();
    found.push_back({step, part});
  }
  return found;
}

}  // namespace fmx::engine
