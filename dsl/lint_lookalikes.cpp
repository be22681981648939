// Patterns that are confused with one another, and nothing to tell them apart.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dsl/lints.hpp"
#include "dsl/mention.hpp"

namespace fmx::dsl {
namespace {

/// The findings that speak for or against a pattern.
std::set<Index> signs(const Pattern& pattern) {
  std::set<Index> all;
  for (const Link& link : pattern.shows) all.insert(link.finding);
  for (const Link& link : pattern.never) all.insert(link.finding);
  return all;
}

/// Everything that belief rests on, but for the prior, as a text.
std::string told_by(const Pattern& pattern) {
  std::vector<std::string> parts;
  for (const Link& link : pattern.shows) {
    parts.push_back(fmt::format("+{}:{:g}", link.finding, link.probability));
  }
  for (const Link& link : pattern.never) {
    parts.push_back(fmt::format("-{}:{:g}", link.finding, link.probability));
  }
  for (const Expression& need : pattern.needs) parts.push_back("n" + key_of(need));
  for (const Risk& risk : pattern.risks) {
    parts.push_back(fmt::format("r{}:{:g}", key_of(risk.when), risk.factor));
  }
  std::sort(parts.begin(), parts.end());
  std::string all;
  for (const std::string& part : parts) all += part + ' ';
  return all;
}

/// Patterns that every run tells by the same signs to the same degree.
void lint_indistinct(const Knowledge& knowledge, Warnings& warnings) {
  std::map<std::string, const Pattern*> first;
  for (const Pattern& pattern : knowledge.patterns) {
    if (pattern.shows.empty()) continue;
    const auto [earlier, is_new] = first.insert({told_by(pattern), &pattern});
    if (is_new) continue;
    warnings.push_back(warning(
        "patterns-indistinct",
        fmt::format("no run can tell `{}` from `{}`", pattern.name, earlier->second->name),
        {pattern.span, "the same signs, equally likely"},
        "name a sign that only one of them shows, or make them one pattern with two causes"));
    warnings.back().secondary.push_back({earlier->second->span, "as this one"});
  }
}

void lint_pair(const Knowledge& knowledge, const Pattern& pattern, const Resembles& pair,
               Warnings& warnings) {
  const Pattern& other = knowledge.patterns[pair.pattern];
  const std::set<Index> a = signs(pattern), b = signs(other);
  std::vector<Index> telling;  // signs of one of them only
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(),
                                std::back_inserter(telling));
  const Span at = mention(pattern, "resembles", other.name, knowledge.sources);
  if (pair.how.empty() && !pair.check && telling.empty()) {
    warnings.push_back(warning(
        "lookalikes-untold", fmt::format("nothing tells `{}` from `{}`", pattern.name, other.name),
        {at, "the same signs, no check, no reason"},
        "say how: `because \"...\"`, or `tell apart by check some_check`"));
    warnings.back().secondary.push_back({other.span, "its look-alike"});
    return;
  }
  if (!pair.check) return;
  const Check& check = knowledge.checks[*pair.check];
  const auto tells = [&](Index finding) {
    if (std::find(telling.begin(), telling.end(), finding) != telling.end()) return true;
    const auto link = [&](const Pattern& p) {
      for (const Link& l : p.shows) {
        if (l.finding == finding) return l.probability;
      }
      return 0.0;
    };
    return link(pattern) != link(other);
  };
  if (check.reveals.empty() || std::any_of(check.reveals.begin(), check.reveals.end(), tells)) {
    return;
  }
  warnings.push_back(warning(
      "check-tells-nothing",
      fmt::format("`{}` reveals nothing that tells `{}` from `{}`", check.name, pattern.name,
                  other.name),
      {mention(pattern, "check", check.name, knowledge.sources), "both show it alike, or neither"},
      "let it reveal a sign that only one of them shows, or name another check"));
  warnings.back().secondary.push_back({check.span, "what it reveals"});
}

}  // namespace

void lint_lookalikes(const Knowledge& knowledge, Warnings& warnings) {
  lint_indistinct(knowledge, warnings);
  for (const Pattern& pattern : knowledge.patterns) {
    for (const Resembles& pair : pattern.resembles) lint_pair(knowledge, pattern, pair, warnings);
  }
}

}  // namespace fmx::dsl
