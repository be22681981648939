#pragma once

#include "dsl/declare.hpp"
#include "dsl/expressions.hpp"
#include "dsl/fields.hpp"
#include "dsl/names.hpp"
#include "dsl/problems.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::dsl {

/// A spelling that a metric or a param claims for itself.
struct Claim {
  std::string form;  ///< normal form; labels as `*`
  Kind kind = Kind::metric;
  std::string id;    ///< who claims it
  std::string text;  ///< as spelt
  Span span;
};

/// What the lowering of an entity may ask, and where it reports.
struct Context {
  const Sources& sources;
  const Declarations& declared;
  Names& names;
  Expressions& expressions;
  Problems& problems;
  std::vector<Claim> claims = {};  ///< of all metrics and params so far
};

// One function for each kind of entity, spread over files by family: signs (metric, param,
// finding), patterns, remedies (fix, check, delegate), connections (phenomenon, analogy, source),
// derivations (table, rule, log), tests. What is wrong in a field is reported, and the field left
// at its default.

Metric lower_metric(const Declaration& declaration, const Body& body, Context& context);
Param lower_param(const Declaration& declaration, const Body& body, Context& context);
Finding lower_finding(const Declaration& declaration, const Body& body, Context& context);
Pattern lower_pattern(const Declaration& declaration, const Body& body, Context& context);
Phenomenon lower_phenomenon(const Declaration& declaration, const Body& body, Context& context);
Fix lower_fix(const Declaration& declaration, const Body& body, Context& context);
Check lower_check(const Declaration& declaration, const Body& body, Context& context);
Analogy lower_analogy(const Declaration& declaration, const Body& body, Context& context);
SourceWork lower_source(const Declaration& declaration, const Body& body, Context& context);
Delegate lower_delegate(const Declaration& declaration, const Body& body, Context& context);
Table lower_table(const Declaration& declaration);
Rule lower_rule(const Item& rule, Context& context);
LogFormat lower_log(const Declaration& declaration, const Body& body, Context& context);
Test lower_test(const Declaration& declaration, Context& context);
Cases lower_cases(const Item& cases);

/// The templates that a declaration says it is like, with the values of their parameters.
std::vector<Template> templates_of(const Declaration& declaration, Context& context);

/// Refuses templates whose parameters are of no known type.
void check_templates(Context& context);

/// The claim that `text`, spelt at `span`, lays by the metric or param `of`.
Claim claim(const Declaration& of, std::string text, Span span);

/// The types of the columns of all relations: declared for tables, found from the rules for what
/// they derive.
Expressions::ColumnTypes column_types(Context& context);

/// Refuses programs that cannot be stratified: what is derived through its own negation or through
/// an aggregate over itself, and findings that depend on themselves.
void check_strata(const Knowledge& knowledge, Problems& problems);

/// Multiplies the certainties of patterns by what `certainty` items say of them. Several of one
/// pattern all count: their order does not matter.
void apply_certainties(Context& context, Knowledge& knowledge);

/// Refuses tests that expect a pattern to be benign which is not.
void check_tests(const Knowledge& knowledge, Problems& problems);

/// Refuses a pattern that is a kind of itself.
void check_kinds(const Knowledge& knowledge, Problems& problems);

/// Refuses spellings that two metrics, or two params, both claim.
void check_claims(std::vector<Claim> claims, Problems& problems);

}  // namespace fmx::dsl
