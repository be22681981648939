#include "dsl/lower.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/amends.hpp"
#include "dsl/entities.hpp"
#include "dsl/literal.hpp"
#include "dsl/units.hpp"
#include "dsl/unused.hpp"

namespace fmx::dsl {
namespace {

/// Tables come first, then what rules derive, each in the order of ids: as Declaration::index has
/// it.
std::vector<Relation> relations(const Declarations& declared) {
  std::vector<Relation> all;
  for (const Kind kind : {Kind::table, Kind::rule}) {
    for (const Declaration& d : declared.named) {
      if (d.kind != kind) continue;
      Relation relation{.id = d.id, .name = d.name, .pack = d.pack};
      relation.table = kind == Kind::table;
      for (const Part child : d.part) {
        if (child.is(Kind::column)) ++relation.arity;
        if (child.is(Kind::parameters)) relation.arity = child.count();
      }
      all.push_back(std::move(relation));
    }
  }
  return all;
}

/// The texts of all items of one kind, sorted, each once.
std::vector<std::string> texts_of(const std::vector<Item>& items) {
  std::vector<std::string> all;
  for (const Item& item : items) {
    for (const Part text : item.part) all.push_back(text_of(text));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void lower_entity(const Declaration& declaration, const std::vector<const Item*>& amends,
                  Context& context, Knowledge& knowledge) {
  if (declaration.kind == Kind::family) return;  // it is what it is put to use in
  const Body body(declaration, templates_of(declaration, context), amends, context.sources,
                  context.problems);
  switch (declaration.kind) {
    case Kind::metric:
      knowledge.metrics.push_back(lower_metric(declaration, body, context));
      return;
    case Kind::param: knowledge.params.push_back(lower_param(declaration, body, context)); return;
    case Kind::finding:
      knowledge.findings.push_back(lower_finding(declaration, body, context));
      return;
    case Kind::pattern:
      knowledge.patterns.push_back(lower_pattern(declaration, body, context));
      return;
    case Kind::phenomenon:
      knowledge.phenomena.push_back(lower_phenomenon(declaration, body, context));
      return;
    case Kind::fix: knowledge.fixes.push_back(lower_fix(declaration, body, context)); return;
    case Kind::check: knowledge.checks.push_back(lower_check(declaration, body, context)); return;
    case Kind::analogy:
      knowledge.analogies.push_back(lower_analogy(declaration, body, context));
      return;
    case Kind::source: knowledge.works.push_back(lower_source(declaration, body, context)); return;
    case Kind::delegate:
      knowledge.delegates.push_back(lower_delegate(declaration, body, context));
      return;
    case Kind::log: knowledge.logs.push_back(lower_log(declaration, body, context)); return;
    case Kind::table: knowledge.tables.push_back(lower_table(declaration)); return;
    case Kind::test: knowledge.tests.push_back(lower_test(declaration, context)); return;
    default: return;  // lets are put in place where they are used, rules have a pass of their own
  }
}

void lower_rules(Context& context, Knowledge& knowledge) {
  for (const Item& item : context.declared.rules) {
    Rule rule = lower_rule(item, context);
    if (!rule.id.empty()) knowledge.rules.push_back(std::move(rule));
  }
  std::stable_sort(knowledge.rules.begin(), knowledge.rules.end(),
                   [](const Rule& a, const Rule& b) { return a.id < b.id; });
}

/// A let that nothing uses is checked all the same, unless its parameters leave its types open.
void check_lets(Context& context) {
  for (const Declaration& d : context.declared.named) {
    if (d.kind != Kind::let || d.part.child(Kind::parameters) || context.expressions.used(d.part)) {
      continue;
    }
    Environment env;
    env.pack = &d.pack;
    env.let = d.part;
    if (const auto value = d.part.at(1)) context.expressions.any(*value, env);
  }
}

}  // namespace

Lowered lower(Sources sources, const std::vector<Tree>& trees) {
  Lowered lowered;
  Knowledge& knowledge = lowered.knowledge;
  Problems problems;

  const Declarations declared = declare(sources, trees, problems);
  Names names(declared, problems);
  Expressions expressions(sources, names, problems);
  Context context{sources, declared, names, expressions, problems};

  knowledge.packs = declared.packs;
  knowledge.prefixes = texts_of(declared.prefixes);
  knowledge.suffixes = texts_of(declared.suffixes);
  knowledge.relations = relations(declared);
  expressions.use_column_types(column_types(context));

  const Amends amends = amends_by_target(declared, sources, names, problems);
  for (const Declaration& declaration : declared.named) {
    const auto found = amends.find(declaration.id);
    lower_entity(declaration, found != amends.end() ? found->second : std::vector<const Item*>(),
                 context, knowledge);
  }
  lower_rules(context, knowledge);
  apply_certainties(context, knowledge);
  for (const Item& cases : declared.cases) knowledge.cases.push_back(lower_cases(cases));
  check_lets(context);
  check_templates(context);

  names.report_unknown_names();
  check_claims(std::move(context.claims), problems);
  check_kinds(knowledge, problems);
  check_strata(knowledge, problems);
  settle_units(knowledge, problems);

  check_tests(knowledge, problems);

  lowered.diagnostics = problems.take();
  lowered.unused = unused_names(trees, context);
  knowledge.sources = std::move(sources);
  return lowered;
}

}  // namespace fmx::dsl
