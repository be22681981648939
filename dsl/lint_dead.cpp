// Names that nothing ever asks for.

#include <fmt/format.h>

#include <map>
#include <set>

#include "dsl/lints.hpp"
#include "knowledge/counter.hpp"
#include "knowledge/spelling.hpp"

namespace fmx::dsl {
namespace {

/// All that conditions, tests and entities name.
struct Named {
  std::set<Index> metrics, params, relations, works, phenomena;
};

void note(const Expression& e, Named& named) {
  each_part(e, [&](const Expression& part) {
    if (part.kind == Expression::Kind::metric) named.metrics.insert(part.index);
    if (part.kind == Expression::Kind::parameter) named.params.insert(part.index);
    if (part.kind == Expression::Kind::atom) named.relations.insert(part.index);
  });
}

template <class T>
void note_cited(const std::vector<T>& entities, Named& named) {
  for (const T& entity : entities) named.works.insert(entity.cites.begin(), entity.cites.end());
}

Named named_in(const Knowledge& knowledge) {
  Named named;
  each_condition(knowledge, [&](const Expression& e) { note(e, named); });
  for (const Fix& fix : knowledge.fixes) {
    for (const ParamChange& change : fix.changes) {
      named.params.insert(change.param);
      note(change.to, named);
    }
  }
  for (const Pattern& pattern : knowledge.patterns) {
    named.phenomena.insert(pattern.instance_of.begin(), pattern.instance_of.end());
  }
  for (const Analogy& analogy : knowledge.analogies) {
    if (analogy.via) named.phenomena.insert(*analogy.via);
  }
  note_cited(knowledge.findings, named);
  note_cited(knowledge.patterns, named);
  note_cited(knowledge.phenomena, named);
  note_cited(knowledge.fixes, named);
  note_cited(knowledge.checks, named);
  note_cited(knowledge.analogies, named);
  return named;
}

/// Packs that others import: what they declare is there for packs that are not loaded, too.
std::set<std::string> vocabularies(const Knowledge& knowledge) {
  std::set<std::string> imported;
  for (const PackInfo& pack : knowledge.packs) {
    for (const std::string& name : pack.imports) {
      if (name != pack.name) imported.insert(name);
    }
  }
  return imported;
}

template <class T>
void look_at(const std::vector<T>& entities, const std::set<Index>& named,
             const std::set<std::string>& shared, const char* code, const char* message,
             const char* hint, Warnings& warnings) {
  for (Index i = 0; i < entities.size(); ++i) {
    if (named.contains(i) || shared.contains(entities[i].pack)) continue;
    warnings.push_back(warning(code, fmt::format(fmt::runtime(message), entities[i].name),
                               {entities[i].span, "declared, but not used"}, hint));
  }
}

/// A rule that no finding and no other rule asks for; all rules of one name are one.
void look_at_rules(const Knowledge& knowledge, Warnings& warnings) {
  std::map<Index, int> asked;  // how often, but for a rule's own recursion
  const auto count = [&](const Expression& e, std::optional<Index> but, int by) {
    each_part(e, [&](const Expression& part) {
      if (part.kind != Expression::Kind::atom) return;
      if (!but || part.index == *but) asked[part.index] += by;
    });
  };
  each_condition(knowledge, [&](const Expression& e) { count(e, {}, 1); });
  for (const Rule& rule : knowledge.rules) count(rule.body, rule.relation, -1);
  std::set<Index> said;
  for (const Rule& rule : knowledge.rules) {
    if (asked[rule.relation] > 0 || !said.insert(rule.relation).second) continue;
    warnings.push_back(warning("rule-unused", fmt::format("nothing asks for `{}`", rule.name),
                               {rule.span, "derived, but not used"},
                               "let a finding ask for it, or leave it out"));
  }
}

/// The names between braces in a log's line: `{loss: number}`. A counter says where the line
/// stands.
void look_at_captures(const Knowledge& knowledge, Warnings& warnings) {
  std::set<std::string> claimed;
  for (const Metric& metric : knowledge.metrics) {
    claimed.insert(normal_form(metric.name));
    for (const std::string& alias : metric.aliases) claimed.insert(normal_form(alias));
  }
  for (const LogFormat& log : knowledge.logs) {
    for (const LogLine& line : log.lines) {
      const std::string_view text = knowledge.sources.text(line.span);
      for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
        const std::size_t colon = text.find(':', open), close = text.find('}', open);
        if (close == text.npos || colon == text.npos || colon > close) continue;
        std::size_t begin = open + 1, end = colon;
        while (begin < end && text[begin] == ' ') ++begin;
        while (end > begin && text[end - 1] == ' ') --end;
        const std::string name(text.substr(begin, end - begin));
        const std::string_view type = text.substr(colon, close - colon);
        if (type.find("number") == type.npos || counter_named(name)) continue;
        if (claimed.contains(normal_form(name))) continue;
        const auto at = static_cast<std::uint32_t>(line.span.begin + begin);
        warnings.push_back(
            warning("capture-unclaimed", fmt::format("no metric is called `{}`", name),
                    {{line.span.source, at, static_cast<std::uint32_t>(at + name.size())},
                     "read from the log, and then for nothing"},
                    fmt::format("declare `metric {}`, or name what claims it", name)));
      }
    }
  }
}

}  // namespace

void lint_dead(const Knowledge& knowledge, Warnings& warnings) {
  const Named named = named_in(knowledge);
  const std::set<std::string> shared = vocabularies(knowledge), none;
  look_at(knowledge.metrics, named.metrics, shared, "metric-unused", "no condition looks at `{}`",
          "write a finding that does, or leave it out", warnings);
  look_at(knowledge.params, named.params, shared, "param-unused", "no condition looks at `{}`",
          "write a risk or a finding that does, or leave it out", warnings);
  look_at(knowledge.works, named.works, none, "source-unused", "nothing cites `{}`",
          "cite it where it is known from, or leave it out", warnings);
  look_at(knowledge.tables, named.relations, shared, "table-unused",
          "no rule and no finding asks for `{}`",
          "write a rule or a finding that does, or leave it out", warnings);
  look_at(knowledge.phenomena, named.phenomena, none, "phenomenon-unused",
          "no pattern is an instance of `{}`", "write `instance of` it, or leave it out", warnings);
  look_at_rules(knowledge, warnings);
  look_at_captures(knowledge, warnings);
}

}  // namespace fmx::dsl
