// `certainty 1.9x of a, b`: how much more, or less, what is concluded may be trusted.

#include <fmt/format.h>

#include <set>

#include "dsl/entities.hpp"
#include "dsl/literal.hpp"

namespace fmx::dsl {
namespace {

constexpr double largest = 10;

std::optional<double> factor(Part quantity, Context& context) {
  const auto read = quantity_of(quantity);
  if (!read) return {};
  if (read->unit != Unit::factor && read->unit != Unit::none) {
    context.problems.add(
        {.code = "wrong-unit",
         .message = fmt::format("a certainty is a factor, not {}", name_of(read->unit)),
         .primary = {quantity.span(), "wrong unit"},
         .hint = "write what log-odds are multiplied by: `1.5x`"});
    return {};
  }
  if (read->value <= 0 || read->value > largest) {
    context.problems.add(
        {.code = "out-of-range",
         .message = fmt::format("a certainty lies above 0x and is at most {:g}x", largest),
         .primary = {quantity.span(), "outside of that"},
         .hint = "1x changes nothing; below it what is said becomes less sure"});
    return {};
  }
  return read->value;
}

}  // namespace

void apply_certainties(Context& context, Knowledge& knowledge) {
  for (const Item& item : context.declared.certainties) {
    const auto quantity = item.part.child(Kind::quantity);
    const std::optional<double> times = quantity ? factor(*quantity, context) : std::nullopt;
    std::set<Index> named;
    for (const Part child : item.part) {
      if (!child.is(Kind::path)) continue;
      const Declaration* pattern = context.names.find(child, item.pack, {Kind::pattern});
      if (pattern == nullptr) continue;
      if (!named.insert(pattern->index).second) {
        context.problems.add({.code = "named-twice",
                              .message = fmt::format("`{}` stands here twice", child.text()),
                              .primary = {child.span(), "named again"},
                              .hint = "leave one of the two out"});
      } else if (times) {
        knowledge.patterns[pattern->index].certainty *= *times;
      }
    }
  }
}

}  // namespace fmx::dsl
