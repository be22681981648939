// Made-up series of tests: `2.0 -> 0.5 over 100 steps, noise 1%`.

#include "dsl/shapes.hpp"

#include <fmt/format.h>

#include "dsl/literal.hpp"

namespace fmx::dsl {
namespace {

constexpr double most_samples = 1'000'000;

/// Steps, or a plain number of them, above 0 unless `from_zero`.
std::optional<double> steps(Part quantity, bool from_zero, Context& context) {
  const auto read = quantity_of(quantity);
  if (!read) return {};
  if (read->unit != Unit::none && read->unit != Unit::steps && read->unit != Unit::samples) {
    context.problems.add(
        {.code = "wrong-unit",
         .message = fmt::format("expected a number of steps, not {}", name_of(read->unit)),
         .primary = {quantity.span(), "wrong unit"},
         .hint = "write `100 steps`"});
    return {};
  }
  if (read->value > 0 || (from_zero && read->value == 0)) return read->value;
  context.problems.add({.code = "out-of-range",
                        .message = "a number of steps is above 0",
                        .primary = {quantity.span(), "must be above 0"}});
  return {};
}

/// A share of the local value, which may be more than all of it.
std::optional<double> amplitude(Part quantity, std::string_view what, Context& context) {
  const auto read = quantity_of(quantity);
  if (!read) return {};
  const bool unit = read->unit == Unit::fraction || read->unit == Unit::none;
  if (unit && read->value >= 0) return read->value;
  context.problems.add({.code = unit ? "out-of-range" : "wrong-unit",
                        .message = fmt::format("{} is a share of the value", what),
                        .primary = {quantity.span(), unit ? "below 0" : "wrong unit"},
                        .hint = "write a share: `5%`"});
  return {};
}

double value_of(Part signed_number) {
  return quantity_of(signed_number).value_or(Quantity{}).value;
}

std::vector<double> values_of(Part values) {
  std::vector<double> all;
  for (const Part value : values) all.push_back(value_of(value));
  return all;
}

using Piece = Shape::Part;

Piece piece(Shape::Kind kind, double from, double to, double length) {
  return {.kind = kind, .from = from, .to = to, .steps = length, .values = {}};
}

void lower_piece(Part part, Shape& shape, Context& context) {
  const auto first = part.at(0), second = part.at(1), third = part.at(2);
  if (part.is(Kind::values)) {
    shape.parts.push_back({.kind = Shape::Kind::values, .values = values_of(part)});
    return;
  }
  if (!first) return;
  switch (part.kind()) {
    case Kind::shape_linear:
    case Kind::shape_decay: {
      if (!second || !third) return;
      const auto length = steps(*third, false, context);
      const auto kind = part.is(Kind::shape_linear) ? Shape::Kind::linear : Shape::Kind::decay;
      const double from = value_of(*first), to = value_of(*second);
      if (kind == Shape::Kind::decay && !(from * to > 0)) {
        context.problems.add({.code = "out-of-range",
                              .message = "an exponential decay keeps its sign and never reaches 0",
                              .primary = {part.span(), "cannot be drawn"},
                              .hint = "leave `decay` out for a straight line"});
      }
      if (length) shape.parts.push_back(piece(kind, from, to, *length));
      return;
    }
    case Kind::shape_hold: {
      if (!second) return;
      const double value = value_of(*first);
      const auto length = steps(*second, false, context);
      if (!length) return;
      shape.parts.push_back(piece(Shape::Kind::constant, value, value, *length));
      return;
    }
    case Kind::shape_step: {
      const auto at = third ? steps(*third, true, context) : std::nullopt;
      const auto length = part.at(3) ? steps(*part.at(3), false, context) : std::nullopt;
      if (!at || !length) return;
      Piece stepped = piece(Shape::Kind::step, value_of(*first), value_of(*second), *length);
      stepped.at = *at;
      if (*at >= *length) {
        context.problems.add({.code = "out-of-range",
                              .message = "the step lies behind the end of its part",
                              .primary = {third->span(), "never reached"},
                              .hint = "`at` counts from where the part begins"});
      }
      shape.parts.push_back(std::move(stepped));
      return;
    }
    case Kind::shape_walk: {
      const auto scatter =
          second ? amplitude(*second, "what a walk goes by", context) : std::nullopt;
      const auto length = third ? steps(*third, false, context) : std::nullopt;
      if (!scatter || !length) return;
      Piece walk = piece(Shape::Kind::walk, value_of(*first), 0, *length);
      walk.scatter = *scatter;
      shape.parts.push_back(std::move(walk));
      return;
    }
    case Kind::shape_repeat: {
      const auto length = second ? steps(*second, false, context) : std::nullopt;
      if (!length) return;
      Piece repeated = piece(Shape::Kind::repeat, 0, 0, *length);
      repeated.values = values_of(*first);
      shape.parts.push_back(std::move(repeated));
      return;
    }
    case Kind::shape_nan: {
      const auto length = steps(*first, false, context);
      if (length) shape.parts.push_back(piece(Shape::Kind::nan, 0, 0, *length));
      return;
    }
    case Kind::shape_spike: {
      const auto at = second ? steps(*second, true, context) : std::nullopt;
      if (at) shape.points.push_back({value_of(*first), *at});
      return;
    }
    case Kind::shape_noise: shape.noise = amplitude(*first, "noise", context).value_or(0); return;
    case Kind::shape_wave: {
      const auto height = amplitude(*first, "a wave", context);
      const auto period = second ? steps(*second, false, context) : std::nullopt;
      if (height && period) shape.wave_amplitude = *height, shape.wave_period = *period;
      return;
    }
    case Kind::shape_every: shape.every = steps(*first, false, context).value_or(1); return;
    default: return;
  }
}

bool has_curve(Part shape) {
  for (const Part piece : shape) {
    const bool curve = piece.is(Kind::values) || piece.is(Kind::shape_linear) ||
                       piece.is(Kind::shape_decay) || piece.is(Kind::shape_hold) ||
                       piece.is(Kind::shape_step) || piece.is(Kind::shape_walk) ||
                       piece.is(Kind::shape_repeat) || piece.is(Kind::shape_nan);
    if (curve) return true;
  }
  return false;
}

}  // namespace

Shape lower_shape(Part part, Context& context) {
  Shape shape;
  if (part.is(Kind::values)) {
    lower_piece(part, shape, context);
    return shape;
  }
  for (const Part child : part) lower_piece(child, shape, context);
  double samples = 0;
  for (const Piece& one : shape.parts) {
    const bool listed = one.kind == Shape::Kind::values;
    samples += listed ? static_cast<double>(one.values.size()) : one.steps / shape.every;
  }
  if (!has_curve(part)) {
    context.problems.add(
        {.code = "field-incomplete",
         .message = "noise, waves and spikes need a curve to sit on",
         .primary = {part.span(), "no curve"},
         .hint = "begin with `1 over 100 steps`, `2 -> 1 over 100 steps` or values"});
  } else if (samples > most_samples) {
    context.problems.add({.code = "out-of-range",
                          .message = "a test's series has at most a million samples",
                          .primary = {part.span(), "too long"},
                          .hint = "say `every 10 steps`"});
  }
  return shape;
}

}  // namespace fmx::dsl
