// Expressions as bytes, to find those that say the same.

#include <cstring>

#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

/// Every condition of every pack is turned into keys many times: numbers go in as their bytes.
template <class Number>
void add(std::string& key, Number number) {
  char bytes[sizeof(Number)];
  std::memcpy(bytes, &number, sizeof(Number));
  key.append(bytes, sizeof(Number));
}

void add(std::string& key, const std::string& text) {
  add(key, text.size());
  key += text;
}

void add(std::string& key, const std::vector<std::string>& texts) {
  add(key, texts.size());
  for (const std::string& text : texts) add(key, text);
}

void add(std::string& key, const Quantity& quantity) {
  add(key, quantity.value);
  add(key, quantity.unit);
}

void add(std::string& key, const Expression& e) {
  using Kind = Expression::Kind;
  add(key, e.kind);
  switch (e.kind) {
    case Kind::number: add(key, e.number); break;
    case Kind::text:
    case Kind::variable: add(key, e.text); break;
    case Kind::metric:
    case Kind::parameter:
    case Kind::finding:
    case Kind::atom: add(key, e.index); break;
    case Kind::call: add(key, e.function); break;
    case Kind::operation: add(key, e.op); break;
    case Kind::aggregate:
    case Kind::listed:
      add(key, e.aggregate);
      add(key, e.number);
      add(key, e.variables);
      break;
    default: break;
  }
  add(key, e.labels);
  add(key, e.within);
  add(key, e.window.has_value());
  if (e.window) {
    add(key, e.window->kind);
    add(key, e.window->extent);
    add(key, e.window->bounds.size());
    for (const Expression& bound : e.window->bounds) add(key, bound);
  }
  add(key, e.operands.size());
  for (const Expression& operand : e.operands) add(key, operand);
}

}  // namespace

std::string key_of(const Expression& e) {
  std::string key;
  add(key, e);
  return key;
}

}  // namespace fmx::dsl
