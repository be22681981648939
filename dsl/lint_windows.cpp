// Windows and durations that leave nothing, or everything, to look at.

#include <fmt/format.h>

#include <algorithm>

#include "dsl/expressions.hpp"
#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

/// How many samples the function needs to say anything.
std::size_t needed_by(Function function) {
  const bool differs = function == Function::range || function == Function::diff;
  return std::max<std::size_t>(signature_of(function).needs, differs ? 2 : 1);
}

bool has_extent(const Window& window) {
  return window.kind == Window::Kind::last || window.kind == Window::Kind::first;
}

/// The first window under an expression, through functions that keep the time axis.
const Expression* windowed_under(const Expression& e) {
  if (e.kind == EKind::windowed) return &e;
  for (const Expression& operand : e.operands) {
    if (const Expression* found = windowed_under(operand)) return found;
  }
  return nullptr;
}

void reversed(const Expression& e, Warnings& warnings) {
  if (e.window->kind != Window::Kind::between) return;
  const auto from = constant(e.window->bounds[0]), to = constant(e.window->bounds[1]);
  if (!from || !to || *from <= *to) return;
  const Span ends{e.span.source, e.window->bounds[0].span.begin, e.window->bounds[1].span.end};
  warnings.push_back(warning("window-reversed", "this window ends before it begins",
                             {ends, "no step lies in it"},
                             fmt::format("write `steps {:.0f} .. {:.0f}`", *to, *from)));
  warnings.back().edit = Edit{ends, fmt::format("{:.0f} .. {:.0f}", *to, *from)};
}

void whole(const Expression& e, const Sources& sources, Warnings& warnings) {
  if (!has_extent(*e.window)) return;
  const Quantity& extent = e.window->extent;
  if (extent.unit != Unit::fraction || extent.value < 1) return;
  warnings.push_back(
      warning("window-whole", "this window takes in the whole series",
              {e.span, fmt::format("{:g}% of it", extent.value * 100)},
              fmt::format("leave `over ...` out: `{}`", sources.text(e.operands[0].span))));
  warnings.back().edit = Edit{e.span, std::string(sources.text(e.operands[0].span))};
}

void too_few(const Expression& e, const Sources& sources, Warnings& warnings) {
  if (e.kind != EKind::call || e.operands.empty()) return;
  const Expression& x = e.operands.front();
  if (x.kind != EKind::windowed || !has_extent(*x.window)) return;
  const std::size_t needed = needed_by(e.function);
  const double samples = x.window->extent.value;
  if (x.window->extent.unit != Unit::samples || samples >= static_cast<double>(needed)) return;
  const std::string_view call = sources.text(e.span), name = call.substr(0, call.find('('));
  warnings.push_back(
      warning("window-too-small",
              samples < 2 ? fmt::format("one sample has no `{}`", name)
                          : fmt::format("{:g} samples have no `{}`", samples, name),
              {x.span, samples < 2 ? "one sample" : fmt::format("{} are needed", needed)},
              "look at more of them: `over last 20 samples`"));
}

void too_long(const Expression& e, Warnings& warnings) {
  if (e.kind != EKind::sustained) return;
  const Expression* window = windowed_under(e.operands.front());
  const bool fraction = e.within.unit == Unit::fraction && e.within.value > 1;
  const bool beyond = window != nullptr && has_extent(*window->window) &&
                      window->window->extent.unit == e.within.unit &&
                      e.within.unit != Unit::fraction &&
                      window->window->extent.value < e.within.value;
  if (!fraction && !beyond) return;
  warnings.push_back(warning(
      "sustained-too-long", "nothing can last longer than what is looked at: this never holds",
      {e.span, "asks for more than there is"}, "ask for less, or look at a longer window"));
  if (beyond) warnings.back().secondary.push_back({window->span, "all that is looked at"});
}

}  // namespace

void lint_windows(const Knowledge& knowledge, Warnings& warnings) {
  each_condition(knowledge, [&](const Expression& condition) {
    each_part(condition, [&](const Expression& e) {
      if (e.window) {
        reversed(e, warnings);
        whole(e, knowledge.sources, warnings);
      }
      too_few(e, knowledge.sources, warnings);
      too_long(e, warnings);
    });
  });
}

}  // namespace fmx::dsl
