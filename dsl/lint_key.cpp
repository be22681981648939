// Expressions as texts, to find those that say the same.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "dsl/lints.hpp"

namespace fmx::dsl {

std::string key_of(const Expression& e) {
  using Kind = Expression::Kind;
  std::string key = fmt::format("({}", static_cast<int>(e.kind));
  switch (e.kind) {
    case Kind::number: key += fmt::format(" {}", e.number); break;
    case Kind::text:
    case Kind::variable: key += fmt::format(" {:?}", e.text); break;
    case Kind::metric:
    case Kind::parameter:
    case Kind::finding:
    case Kind::atom: key += fmt::format(" {}", e.index); break;
    case Kind::call: key += fmt::format(" {}", static_cast<int>(e.function)); break;
    case Kind::operation: key += fmt::format(" {}", static_cast<int>(e.op)); break;
    case Kind::aggregate:
    case Kind::listed:
      key += fmt::format(" {} {} {}", static_cast<int>(e.aggregate), e.number,
                         fmt::join(e.variables, ","));
      break;
    default: break;
  }
  if (!e.labels.empty()) key += fmt::format(" [{}]", fmt::join(e.labels, ","));
  key += fmt::format(" {} {}", e.within.value, static_cast<int>(e.within.unit));
  if (e.window) {
    key += fmt::format(" over {} {} {}", static_cast<int>(e.window->kind), e.window->extent.value,
                       static_cast<int>(e.window->extent.unit));
    for (const Expression& bound : e.window->bounds) key += key_of(bound);
  }
  for (const Expression& operand : e.operands) key += key_of(operand);
  return key + ")";
}

}  // namespace fmx::dsl
