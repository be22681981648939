#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/match/relation.hpp"
#include "engine/match/value.hpp"

namespace fmx::engine {

/// Every label value and every cell of a table that one evaluation met.
class Symbols {
 public:
  Symbol of(std::string_view text);
  Symbol of(double number);

  /// The value, as a view into this.
  Value value(Symbol symbol) const;
  /// The text, or the number as it is shown.
  const std::string& text(Symbol symbol) const { return entries_[symbol].text; }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string text;
    bool is_number = false;
    double number = 0;
  };

  std::deque<Entry> entries_;  ///< elements stay where they are: texts are looked at from outside
  std::unordered_map<std::string_view, Symbol> texts_;
  std::unordered_map<double, Symbol> numbers_;
};

}  // namespace fmx::engine
