#include "dsl/lower.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "dsl/amends.hpp"
#include "dsl/entities.hpp"
#include "dsl/literal.hpp"
#include "dsl/units.hpp"
#include "dsl/unused.hpp"
#include "knowledge/parallel.hpp"

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

/// So many shares of the declarations are lowered side by side: more than most machines have
/// threads, so that a long one holds up little.
constexpr std::size_t most_shares = 16;

/// What the lowering of a share of the declarations gives, and what it notes on the way. Shares
/// know nothing of one another; put together in their order they are as if there had been one.
struct Share {
  Share(const Sources& sources, const Declarations& declared)
      : names(declared, problems),
        expressions(sources, names, problems),
        context{sources, declared, names, expressions, problems} {}

  void take_over(Share& other);

  Problems problems;
  Names names;
  Expressions expressions;
  Context context;
  Knowledge knowledge;
};

template <class T>
void append(std::vector<T>& to, std::vector<T>& more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void Share::take_over(Share& other) {
  problems.take_over(std::move(other.problems));
  names.take_over(std::move(other.names));
  expressions.take_over(std::move(other.expressions));
  append(context.claims, other.context.claims);
  append(knowledge.metrics, other.knowledge.metrics);
  append(knowledge.params, other.knowledge.params);
  append(knowledge.findings, other.knowledge.findings);
  append(knowledge.patterns, other.knowledge.patterns);
  append(knowledge.phenomena, other.knowledge.phenomena);
  append(knowledge.fixes, other.knowledge.fixes);
  append(knowledge.checks, other.knowledge.checks);
  append(knowledge.analogies, other.knowledge.analogies);
  append(knowledge.works, other.knowledge.works);
  append(knowledge.delegates, other.knowledge.delegates);
  append(knowledge.logs, other.knowledge.logs);
  append(knowledge.tables, other.knowledge.tables);
  append(knowledge.tests, other.knowledge.tests);
}

/// Lowers all that has a name into `whole`.
void lower_entities(const Amends& amends, Share& whole) {
  const Context& context = whole.context;
  const std::vector<Declaration>& named = context.declared.named;
  const std::vector<const Item*> none;
  std::vector<std::unique_ptr<Share>> shares(std::min(most_shares, named.size()));
  for_each_in_parallel(shares.size(), [&](std::size_t i) {
    shares[i] = std::make_unique<Share>(context.sources, context.declared);
    Share& share = *shares[i];
    share.expressions.use_column_types(whole.expressions.column_types());
    const std::size_t end = named.size() * (i + 1) / shares.size();
    for (std::size_t at = named.size() * i / shares.size(); at < end; ++at) {
      const auto found = amends.find(named[at].id);
      lower_entity(named[at], found != amends.end() ? found->second : none, share.context,
                   share.knowledge);
    }
  });
  for (const auto& share : shares) whole.take_over(*share);
}

}  // namespace

Lowered lower(Sources sources, const std::vector<Tree>& trees) {
  Problems problems;
  const Declarations declared = declare(sources, trees, problems);
  Share whole(sources, declared);
  whole.problems.take_over(std::move(problems));
  Context& context = whole.context;
  Knowledge& knowledge = whole.knowledge;

  knowledge.packs = declared.packs;
  knowledge.prefixes = texts_of(declared.prefixes);
  knowledge.suffixes = texts_of(declared.suffixes);
  knowledge.relations = relations(declared);
  whole.expressions.use_column_types(column_types(context));

  lower_entities(amends_by_target(declared, sources, whole.names, whole.problems), whole);
  lower_rules(context, knowledge);
  apply_certainties(context, knowledge);
  for (const Item& cases : declared.cases) knowledge.cases.push_back(lower_cases(cases));
  check_lets(context);
  check_templates(context);

  whole.names.report_unknown_names();
  whole.expressions.report_unknown_functions();
  check_claims(std::move(context.claims), whole.problems);
  check_kinds(knowledge, whole.problems);
  check_strata(knowledge, whole.problems);
  settle_units(knowledge, whole.problems);
  check_tests(knowledge, whole.problems);

  Lowered lowered;
  lowered.warnings = unused_names(trees, context);
  lowered.diagnostics = whole.problems.take();
  const auto mild =
      std::stable_partition(lowered.diagnostics.begin(), lowered.diagnostics.end(),
                            [](const Diagnostic& d) { return d.severity == Severity::error; });
  std::move(mild, lowered.diagnostics.end(), std::back_inserter(lowered.warnings));
  lowered.diagnostics.erase(mild, lowered.diagnostics.end());
  lowered.knowledge = std::move(knowledge);
  lowered.knowledge.sources = std::move(sources);
  return lowered;
}

}  // namespace fmx::dsl
