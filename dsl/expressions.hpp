#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/environment.hpp"
#include "dsl/names.hpp"
#include "dsl/problems.hpp"
#include "knowledge/expression.hpp"

namespace fmx::dsl {

/// Expressions may be nested so deep, lets put in place included.
inline constexpr int deepest_expression = 400;

/// A lowered expression; empty where it was wrong, which has then been reported.
using Lowering = std::optional<Expression>;

/// Turns expressions of the tree into resolved, typed ones: names become indices, lets are put in
/// place, every operand has the type that its operator takes.
///
/// Its members are spread over files by what they read: expressions.cpp (values and names),
/// lets.cpp, arithmetic.cpp, conditions.cpp, sequences.cpp, calls.cpp, windows.cpp, aggregates.cpp,
/// facts.cpp, types.cpp.
class Expressions {
 public:
  /// Types of the columns of tables and of what rules derive, by relation index; empty where
  /// unknown.
  using ColumnTypes = std::vector<std::vector<std::optional<Type>>>;

  Expressions(const Sources& sources, Names& names, Problems& problems)
      : sources_(&sources), names_(&names), problems_(&problems) {}

  void use_column_types(ColumnTypes types) { column_types_ = std::move(types); }
  const ColumnTypes& column_types() const { return column_types_; }

  /// An expression of exactly this type.
  Lowering of_type(Type type, Part part, const Environment& env);
  Lowering condition(Part part, const Environment& env) { return of_type(Type::degree, part, env); }

  /// An expression of any type.
  Lowering any(Part part, const Environment& env);

  /// How long something lasts: steps, samples, epochs, tokens or a time; `what` completes "...
  /// says".
  std::optional<Quantity> length(Part part, std::string_view what, const Environment& env);

  /// Adds to `env` the variables that stand in atoms under `part` and are bound nowhere else.
  void bind_atoms(Part part, Environment& env);

  /// The type of the column where `variable` first stands in an atom under `part`, if it does and
  /// the column's type is known.
  std::optional<Type> type_in_atoms(Part part, std::string_view variable, const std::string& pack);

  /// Adds what other expressions noted of other declarations.
  void take_over(Expressions other);

  /// Reports the functions that there are not, each where it is first called in its pack.
  void report_unknown_functions() { unknown_functions_.report(*problems_); }

  /// Whether a let was ever put in place.
  bool used(Part let) const { return used_lets_.contains({let.span().source, let.span().begin}); }

 private:
  using Operands = std::vector<Expression>;

  Lowering lower(Part part, const Environment& env);
  Lowering lower_here(Part part, const Environment& env);

  // expressions.cpp
  Lowering quantity(Part part);
  Lowering reference(Part part, const Environment& env);
  bool put_labels(Part labels, const Environment& env, Expression& of);
  std::optional<std::string> label(Part part, const Environment& env);
  void in_let(Diagnostic& diagnostic, const Environment& env) const;
  void report(Diagnostic diagnostic, const Environment& env);

  // lets.cpp
  Lowering local_or_let(Part use, std::string_view name, std::vector<Argument> arguments,
                        const Environment& env, bool& found);
  Lowering let_in_place(Part let, Part use, std::vector<Argument> arguments, const Environment& env,
                        const Environment* entity, const std::string& pack);
  Lowering copied(const Argument& argument);

  // arithmetic.cpp
  Lowering chain(Part part, const Environment& env);
  Lowering negate(Part part, const Environment& env);
  Lowering power(Part part, const Environment& env);
  Lowering otherwise(Part part, const Environment& env);
  Lowering arithmetic(Operator op, Expression a, Expression b, Part whole, Part at,
                      const Environment& env);

  // conditions.cpp
  Lowering logical(Part part, Operator op, const Environment& env);
  Lowering negation(Part part, const Environment& env);
  Lowering compare(Part part, const Environment& env);
  Lowering ramp(Part part, Expression::Kind kind, const Environment& env);
  Lowering times(Part part, Expression::Kind kind, const Environment& env);
  Lowering near(Part part, const Environment& env);
  Lowering sustained(Part part, const Environment& env);
  Lowering one_of(Part part, const Environment& env);
  Lowering matches(Part part, const Environment& env);
  bool check_regex(const Expression& e, Part part, const Environment& env);
  std::optional<Quantity> extent(Part part, std::initializer_list<Unit> units,
                                 std::string_view what, const Environment& env);

  // calls.cpp
  Lowering call(Part part, const Environment& env);
  Lowering function(Part part, Part callee, const Environment& env);
  Lowering unknown_function(Part callee, const Environment& env);
  Lowering with_signature(const Signature& signature, Operands operands,
                          const std::vector<Part>& parts, Part whole, const Environment& env);
  void refuse_since(Part part, const Environment& env);
  bool takes_these(const Signature& signature, const Operands& operands) const;

  // sequences.cpp
  Lowering sequence(Part part, Expression::Kind kind, const Environment& env);
  Lowering until(Part part, const Environment& env);

  // windows.cpp
  Lowering pieces(Part part, const Environment& env);
  Lowering argument(Part part, const Environment& env);
  std::optional<Window> window(Part part, const Environment& env);

  // aggregates.cpp
  Lowering aggregate(Part part, Part callee, Part argument, const Environment& env);
  Lowering listed(Part part, Part callee, const Environment& env);
  bool bind_each(Part for_each, Environment& env);

  // facts.cpp
  Lowering atom(Part part, const Declaration& relation, const Environment& env);
  Lowering finding_call(Part part, const Declaration& finding, const Environment& env);
  template <class Visit>
  void each_atom(Part part, const std::string& pack, const Visit& visit);

  // types.cpp
  bool want(Expression& e, Type type, Part part, const Environment& env);
  void wrong_type(const Expression& e, Type wanted, Part part, const Environment& env);

  const Sources* sources_;
  Names* names_;
  Problems* problems_;
  ColumnTypes column_types_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> used_lets_;  ///< source, first byte
  FirstUses unknown_functions_;
  int depth_ = 0;
  bool too_deep_ = false;
  std::size_t left_ = 0;  ///< nodes that the current expression may still grow by
};

/// The labels or variables that an item declares in `[...]` or `(...)`.
std::vector<std::string> declared_variables(Part item);

/// Whether `name` is an aggregate: count, sum, min, max, mean, median, any, all, share, spread,
/// quantile.
std::optional<Expression::Aggregate> aggregate_called(std::string_view name);

/// Whether `e` tells where something happens beside something else, and the condition that it does.
bool is_sequence(const Expression& e);
Expression happens(Expression events);

/// The two as operands. They are moved: a list in braces would copy whole trees.
std::vector<Expression> both(Expression a, Expression b);

/// The value of an expression that does not depend on a run, where it is one.
std::optional<double> constant(const Expression& e);

}  // namespace fmx::dsl
