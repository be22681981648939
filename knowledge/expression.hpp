#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "knowledge/function.hpp"
#include "knowledge/source.hpp"

namespace fmx {

enum class Operator : std::uint8_t {
  add,
  subtract,
  multiply,
  divide,
  power,
  negate,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_and,
  logical_or,
  logical_not,
  otherwise,  ///< `a else b`: a where it is known, else b
};

/// A number as it was written, with its unit made plain: `5%` is {0.05, fraction}, `2 h` is {7200,
/// seconds}.
struct Quantity {
  double value = 0;
  Unit unit = Unit::none;
  friend bool operator==(const Quantity&, const Quantity&) = default;
};

struct Expression;

/// The part of a series that a function looks at.
struct Window {
  enum class Kind : std::uint8_t {
    last,     ///< the last `extent`
    first,    ///< the first `extent`
    between,  ///< from `bounds[0]` to `bounds[1]`, both ends included; numbers are steps
    before,   ///< strictly before `bounds[0]`
    after,    ///< from `bounds[0]` on
    per,      ///< pieces of `extent`, one after the other, of which a function makes a number each
  };
  Kind kind = Kind::last;
  Quantity extent;
  std::vector<Expression> bounds;
};

/// A resolved, typed expression: names have become indices into Knowledge, lets have been put in
/// place. A tree by value; the engine shares equal subtrees when it compiles.
struct Expression {
  enum class Kind : std::uint8_t {
    number,  ///< `number`
    text,    ///< `text`
    metric,  ///< metric `index`; `labels` say which member of a family, empty for the one without
             ///< labels
    parameter,  ///< param `index` of the run's config
    finding,    ///< degree of finding `index`, bound to `labels` (empty: the strongest instance)
    call,       ///< `function`(operands...)
    operation,  ///< `op`(operands...)
    above,    ///< operands: value, low[, high]: degree 0 at low, 1 at high; crisp where there is no
              ///< high
    below,    ///< operands: value, high[, low]: degree 0 at high, 1 at low
    between,  ///< operands: value, low, high, both ends included
    before,   ///< operands: time a, time b; `within` where given: 0 < b - a <= within
    after,    ///< operands: time a, time b: before(b, a)
    near,     ///< operands: time a, time b: |a - b| <= within
    sustained,  ///< operand: a mask; holds without a break for at least `within`
    one_of,     ///< operands: a text, then the texts it may be (`in`), regardless of case
    matches,    ///< operands: a text, a regular expression (RE2)
    windowed,   ///< operand: a series, mask or events, seen through `window`
    aggregate,  ///< `aggregate` over the values that `variables` take in the families of the
                ///< operand; operands: value[, where-condition]
    atom,       ///< table or relation `index` holds for `operands` (numbers, texts, or variables)
    variable,   ///< the value of variable `text`
    listed,     ///< `aggregate` over the operands themselves: those that are unknown are left out
    then,       ///< operands: times, events or masks a, b: where b begins after a did, at most
                ///< `within` later where that is given
    during,     ///< operands: times, events or masks a, b: where a stretch of a begins that lies
                ///< within one of b
    overlaps,   ///< the same for a stretch of a that meets one of b
    until,      ///< operands: masks a, b: holds from where a holds to where b does
  };
  enum class Aggregate : std::uint8_t {
    count,
    sum,
    min,
    max,
    mean,
    median,
    any,
    all,
    share,
    spread,
    quantile  ///< `number` says which
  };

  Kind kind = Kind::number;
  Type type = Type::number;
  Span span;

  double number = 0;
  Unit unit = Unit::none;  ///< of a number, as it was written
  std::string text;
  std::uint32_t index = 0;
  std::vector<std::string>
      labels;  ///< names of variables, or quoted label values, in the order of the family
  Function function = Function::last;
  Operator op = Operator::add;
  Aggregate aggregate = Aggregate::max;
  std::vector<std::string> variables;
  Quantity within;
  std::optional<Window> window;
  std::vector<Expression> operands;
};

}  // namespace fmx
