// `train_loss over last 20%`: the part of a series that a function looks at.

#include "dsl/expressions.hpp"

namespace fmx::dsl {

/// `x over window`. What is `for each` belongs to aggregates and has been taken by them.
Lowering Expressions::argument(Part part, const Environment& env) {
  std::optional<Part> value, window_part;
  for (const Part child : part) {
    if (child.is(Kind::window_per)) {
      report({.code = "wrong-arguments",
              .message = "`per` has no function around it that makes a number of each piece",
              .primary = {child.span(), "many pieces, and nothing to make numbers of them"},
              .hint = "write it where a function takes its series, as in `max(x per epoch)`"},
             env);
      return {};
    }
    if (child.is(Kind::for_each)) {
      report({.code = "wrong-arguments",
              .message = "`for each` has no function around it that takes many values",
              .primary = {child.span(), "many values, and nothing to make one of them"},
              .hint = "there are `count sum min max mean median any all share spread`, "
                      "as in `max(last(x[m]) for each m)`"},
             env);
      return {};
    }
    if (!value) {
      value = child;
    } else {
      window_part = child;
    }
  }
  if (!value) return {};
  Lowering e = lower(*value, env);
  if (!window_part) return e;
  auto seen_through = window(*window_part, env);
  if (!e || !seen_through) return {};
  if (e->type != Type::series && e->type != Type::mask && e->type != Type::events) {
    wrong_type(*e, Type::series, *value, env);
    return {};
  }
  Expression windowed;
  windowed.kind = Expression::Kind::windowed;
  windowed.type = e->type;
  windowed.window = std::move(seen_through);
  windowed.span = part.span();
  windowed.operands.push_back(std::move(*e));
  return windowed;
}

/// `x per epoch`, where a function takes a series: it is what gives each piece a number.
Lowering Expressions::pieces(Part part, const Environment& env) {
  const auto value = part.at(0), per = part.child(Kind::window_per);
  if (part.child(Kind::for_each) || !per || !per->at(0)) return argument(part, env);
  Lowering e = lower(*value, env);
  const auto length = extent(
      *per->at(0),
      {Unit::fraction, Unit::steps, Unit::samples, Unit::epochs, Unit::tokens, Unit::seconds},
      "how long a piece is", env);
  if (!e || !length) return {};
  if (e->type != Type::series && e->type != Type::mask && e->type != Type::events) {
    wrong_type(*e, Type::series, *value, env);
    return {};
  }
  Expression cut;
  cut.kind = Expression::Kind::windowed;
  cut.type = e->type;
  cut.window = Window{.kind = Window::Kind::per, .extent = *length, .bounds = {}};
  cut.span = part.span();
  cut.operands.push_back(std::move(*e));
  return cut;
}

std::optional<Window> Expressions::window(Part part, const Environment& env) {
  Window window;
  if (part.is(Kind::window_last) || part.is(Kind::window_first)) {
    window.kind = part.is(Kind::window_last) ? Window::Kind::last : Window::Kind::first;
    const auto length = part.at(0);
    if (!length) return {};
    const auto quantity = extent(
        *length,
        {Unit::fraction, Unit::steps, Unit::samples, Unit::epochs, Unit::tokens, Unit::seconds},
        "how long a window is", env);
    if (!quantity) return {};
    window.extent = *quantity;
    return window;
  }
  window.kind = part.is(Kind::window_steps)    ? Window::Kind::between
                : part.is(Kind::window_before) ? Window::Kind::before
                                               : Window::Kind::after;
  for (const Part bound : part) {
    Lowering e = lower(bound, env);
    if (!e) return {};
    if (e->type != Type::number && !want(*e, Type::time, bound, env)) return {};
    window.bounds.push_back(std::move(*e));
  }
  if (window.bounds.size() != (window.kind == Window::Kind::between ? 2U : 1U)) return {};
  return window;
}

}  // namespace fmx::dsl
