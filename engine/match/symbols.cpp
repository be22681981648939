#include "engine/match/symbols.hpp"

#include <fmt/format.h>

namespace fmx::engine {

Symbol Symbols::of(std::string_view text) {
  const auto known = texts_.find(text);
  if (known != texts_.end()) return known->second;
  const auto symbol = static_cast<Symbol>(entries_.size());
  entries_.push_back({std::string(text), false, 0});
  texts_.emplace(entries_.back().text, symbol);
  return symbol;
}

Symbol Symbols::of(double number) {
  const auto [it, inserted] = numbers_.try_emplace(number, static_cast<Symbol>(entries_.size()));
  if (inserted) entries_.push_back({fmt::format("{}", number), true, number});
  return it->second;
}

Value Symbols::value(Symbol symbol) const {
  const Entry& entry = entries_[symbol];
  return entry.is_number ? Value::of(entry.number) : Value::of(std::string_view(entry.text));
}

}  // namespace fmx::engine
