#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/match/relation.hpp"
#include "knowledge/source.hpp"

namespace fmx::engine {

/// One place of an atom: a variable of the clause (numbered from 0), a value, or whatever is there.
struct Argument {
  enum class Kind : std::uint8_t { variable, constant, any };
  Kind kind = Kind::any;
  std::uint32_t value = 0;  ///< the variable's number, or the Symbol

  static Argument variable(std::uint32_t number) { return {Kind::variable, number}; }
  static Argument constant(Symbol symbol) { return {Kind::constant, symbol}; }
  static Argument any() { return {}; }
};

/// One condition of a clause.
struct Literal {
  enum class Kind : std::uint8_t {
    holds,   ///< a row of the relation fits the arguments
    absent,  ///< none does; its variables are bound by other literals
    test,    ///< `relation` is the number of a test that is asked with the arguments' values
  };
  Kind kind = Kind::holds;
  std::uint32_t relation = 0;
  std::vector<Argument> arguments;
};

/// head(arguments) :- body. Every variable of the head, of `absent` and of `test` stands in a
/// literal of kind `holds`.
struct Clause {
  std::uint32_t head = 0;
  std::vector<Argument> arguments;  ///< variables and constants
  std::vector<Literal> body;
  Span rule = {};  ///< that it stems from; empty: a question
};

/// Answers the tests of clauses: something to ask that is not a relation, such as `age > 2 h`.
using Test = std::function<bool(std::uint32_t test, std::span<const Symbol> values)>;

}  // namespace fmx::engine
