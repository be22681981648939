// Links, risks and priors that settle too much, too little, or the same thing twice.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dsl/bounds.hpp"
#include "dsl/lints.hpp"
#include "dsl/mention.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

constexpr double certain = 0.985;    // a link from here on is as good as certain
constexpr double decisive = 20'000;  // a finding that multiplies the odds so leaves no prior

bool is(const Expression& e, Operator op) { return e.kind == EKind::operation && e.op == op; }

/// What must hold for a finding to be seen: its condition's parts under `and`.
struct Parts {
  std::vector<std::string> keys;
  std::vector<std::pair<std::string, Demand>> demands;  ///< by the key of the value
  std::set<Index> findings;                             ///< asked for as a whole
};

void collect(const Expression& e, Parts& parts) {
  if (is(e, Operator::logical_and)) {
    for (const Expression& operand : e.operands) collect(operand, parts);
    return;
  }
  parts.keys.push_back(key_of(e));
  if (const auto d = demand(e)) parts.demands.emplace_back(key_of(*d->value), *d);
  if (e.kind == EKind::finding && e.labels.empty()) parts.findings.insert(e.index);
}

/// Whether `a` is never seen without `b`, by what their conditions say.
bool implies(const Parts& a, const Parts& b, Index b_index) {
  if (a.findings.contains(b_index)) return true;
  std::size_t open = 0;
  for (const std::string& key : b.keys) {
    open += std::find(a.keys.begin(), a.keys.end(), key) == a.keys.end() ? 1 : 0;
  }
  if (open == 0) return true;
  for (const auto& [value, wanted] : b.demands) {
    const auto stronger = [&, &key = value, &want = wanted](const auto& have) {
      return have.first == key && inside(have.second.some, want.full);
    };
    const std::string key = key_of(*wanted.condition);
    const bool same = std::find(a.keys.begin(), a.keys.end(), key) != a.keys.end();
    if (!same && std::any_of(a.demands.begin(), a.demands.end(), stronger)) --open;
  }
  return open == 0;
}

/// Two signs of one pattern, one of which is always there when the other is. One in a `one of` has
/// been thought about: what is seen beside the shared part may well count on its own.
void lint_counted_twice(const Knowledge& knowledge, const std::vector<Parts>& parts,
                        const Pattern& pattern, Warnings& warnings) {
  for (const Link& a : pattern.shows) {
    for (const Link& b : pattern.shows) {
      if (a.finding == b.finding || a.group >= 0 || b.group >= 0) continue;
      if (!implies(parts[a.finding], parts[b.finding], b.finding)) continue;
      const Finding& narrow = knowledge.findings[a.finding];
      const Finding& wide = knowledge.findings[b.finding];
      if (parts[a.finding].keys == parts[b.finding].keys) continue;  // finding-duplicated says it
      warnings.push_back(
          warning("finding-subsumed",
                  fmt::format("`{}` is never seen without `{}`: the evidence counts twice",
                              narrow.name, wide.name),
                  {a.span, fmt::format("seen only where `{}` is", wide.name)},
                  fmt::format("let the stronger one count: `shows one of {{ {} ..., {} ... }}`",
                              narrow.name, wide.name)));
      warnings.back().secondary.push_back({b.span, "shown on its own"});
    }
  }
}

void lint_certainty(const Knowledge& knowledge, const Pattern& pattern, Warnings& warnings) {
  const bool all = pattern.shows.size() > 1 &&
                   std::all_of(pattern.shows.begin(), pattern.shows.end(),
                               [](const Link& link) { return link.probability >= certain; });
  if (all) {
    warnings.push_back(
        warning("links-all-certain",
                fmt::format("`{}` shows all of its {} signs as good as always", pattern.name,
                            pattern.shows.size()),
                {pattern.shows.front().span, "and so the others"},
                "one sign that is missing rules it out: say how often each is really seen"));
  }
  for (const Link& link : pattern.shows) {
    const Finding& finding = knowledge.findings[link.finding];
    const double times = link.probability / finding.base;
    if (times < decisive) continue;
    warnings.push_back(
        warning("prior-meaningless",
                fmt::format("seeing `{}` makes `{}` {:.0f} times likelier: its prior says nothing",
                            finding.name, pattern.name, times),
                {link.span, fmt::format("{:g}% here", link.probability * 100)},
                "a base this small is seldom known: raise it to what healthy runs show"));
    warnings.back().secondary.push_back(
        {finding.span, fmt::format("and {:g}% in any other run", finding.base * 100)});
  }
}

void lint_risks(const Pattern& pattern, Warnings& warnings) {
  std::vector<std::string> needs, risks;
  for (const Expression& need : pattern.needs) needs.push_back(key_of(need));
  for (std::size_t i = 0; i < pattern.risks.size(); ++i) {
    const Risk& risk = pattern.risks[i];
    const std::string key = key_of(risk.when);
    const auto need = std::find(needs.begin(), needs.end(), key);
    if (need != needs.end()) {
      warnings.push_back(warning("risk-always", "every run that can have the pattern has this risk",
                                 {risk.span, "the same condition as a `needs`"},
                                 "put the factor into the prior"));
      const auto at = static_cast<std::size_t>(need - needs.begin());
      warnings.back().secondary.push_back({pattern.needs[at].span, "needed anyway"});
    }
    const auto earlier = std::find(risks.begin(), risks.end(), key);
    if (earlier != risks.end()) {
      warnings.push_back(warning("risk-repeated", "this risk stands twice: it is counted twice",
                                 {risk.span, "again"}, "keep one of the two factors"));
      const auto at = static_cast<std::size_t>(earlier - risks.begin());
      warnings.back().secondary.push_back({pattern.risks[at].span, "first given here"});
    }
    risks.push_back(key);
  }
}

void lint_circle(const Knowledge& knowledge, Index index, Warnings& warnings) {
  const Pattern& pattern = knowledge.patterns[index];
  for (const Leads& leads : pattern.leads_to) {
    const Pattern& other = knowledge.patterns[leads.pattern];
    if (other.id < pattern.id) continue;  // said once
    for (const Leads& back : other.leads_to) {
      if (back.pattern != index || std::min(back.probability, leads.probability) < 0.5) continue;
      warnings.push_back(
          warning("leads-in-circle",
                  fmt::format("`{}` and `{}` mostly lead to each other", pattern.name, other.name),
                  {mention(pattern, "leads", other.name, knowledge.sources), "there"},
                  "which comes first? keep the way from cause to consequence"));
      warnings.back().secondary.push_back(
          {mention(other, "leads", pattern.name, knowledge.sources), "and back"});
    }
  }
}

}  // namespace

void lint_links(const Knowledge& knowledge, Warnings& warnings) {
  std::vector<Parts> parts(knowledge.findings.size());
  for (std::size_t i = 0; i < parts.size(); ++i) collect(knowledge.findings[i].when, parts[i]);
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    const Pattern& pattern = knowledge.patterns[i];
    lint_counted_twice(knowledge, parts, pattern, warnings);
    lint_certainty(knowledge, pattern, warnings);
    lint_risks(pattern, warnings);
    lint_circle(knowledge, i, warnings);
  }
}

}  // namespace fmx::dsl
