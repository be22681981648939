#include "src/cases/knowledge_changes.hpp"

#include <fmt/format.h>

#include <map>

#include "src/cases/written_share.hpp"

namespace fmx::cases {
namespace {

using Kind = KnowledgeChange::Kind;
using Details = std::vector<std::string>;

void note(Details& details, std::string_view what, double before, double after) {
  if (before == after) return;
  details.push_back(fmt::format("{} {} -> {}", what, written(before), written(after)));
}

/// Numbers by name that only one has, or that differ.
void note_all(Details& details, std::string_view what, const std::map<std::string, double>& before,
              const std::map<std::string, double>& after) {
  for (const auto& [name, value] : before) {
    const auto now = after.find(name);
    if (now == after.end()) {
      details.push_back(fmt::format("no longer {} {}", what, name));
    } else {
      note(details, fmt::format("{} {}", what, name), value, now->second);
    }
  }
  for (const auto& [name, value] : after) {
    if (!before.contains(name)) {
      details.push_back(fmt::format("now {} {} {}", what, name, written(value)));
    }
  }
}

std::map<std::string, double> links(const Knowledge& knowledge, const std::vector<Link>& links) {
  std::map<std::string, double> all;
  for (const Link& link : links) all[knowledge.findings[link.finding].id] = link.probability;
  return all;
}

std::map<std::string, double> leads(const Knowledge& knowledge, const Pattern& pattern) {
  std::map<std::string, double> all;
  for (const Leads& each : pattern.leads_to) {
    all[knowledge.patterns[each.pattern].id] = each.probability;
  }
  return all;
}

/// Each risk's factor, as the rule writes it.
std::map<std::string, double> risks(const Knowledge& knowledge, const Pattern& pattern) {
  std::map<std::string, double> all;
  for (const Risk& risk : pattern.risks) {
    all[std::string(knowledge.sources.text(risk.when.span))] = risk.factor / 100;
  }
  return all;
}

Details details(const Knowledge& before, const Pattern& a, const Knowledge& after,
                const Pattern& b) {
  Details all;
  note(all, "prior", a.prior, b.prior);
  if (a.certainty != b.certainty) {
    all.push_back(fmt::format("certainty {:.3g}x -> {:.3g}x", a.certainty, b.certainty));
  }
  note_all(all, "shows", links(before, a.shows), links(after, b.shows));
  note_all(all, "never", links(before, a.never), links(after, b.never));
  note_all(all, "leads to", leads(before, a), leads(after, b));
  if (risks(before, a) != risks(after, b)) all.push_back("its risks");
  return all;
}

Details details(const Knowledge&, const Finding& a, const Knowledge&, const Finding& b) {
  Details all;
  note(all, "base", a.base, b.base);
  return all;
}

template <class T>
Details details(const Knowledge&, const T&, const Knowledge&, const T&) {
  return {};
}

template <class T>
void compare(std::string_view what, const Knowledge& before, const std::vector<T>& old_entities,
             const Knowledge& after, const std::vector<T>& new_entities,
             std::vector<KnowledgeChange>& changes) {
  std::map<std::string, std::pair<const T*, const T*>> by_id;
  for (const T& entity : old_entities) by_id[entity.id].first = &entity;
  for (const T& entity : new_entities) by_id[entity.id].second = &entity;
  for (const auto& [id, pair] : by_id) {
    const auto& [old_one, new_one] = pair;
    KnowledgeChange change{Kind::changed, std::string(what), id, {}};
    if (old_one == nullptr || new_one == nullptr) {
      change.kind = old_one == nullptr ? Kind::added : Kind::removed;
      changes.push_back(std::move(change));
      continue;
    }
    change.details = details(before, *old_one, after, *new_one);
    const bool same_text =
        before.sources.text(old_one->declaration) == after.sources.text(new_one->declaration);
    if (change.details.empty() && same_text) continue;
    if (change.details.empty()) change.details = {"its text"};
    changes.push_back(std::move(change));
  }
}

}  // namespace

std::vector<KnowledgeChange> knowledge_changes(const Knowledge& before, const Knowledge& after) {
  std::vector<KnowledgeChange> all;
  compare("pattern", before, before.patterns, after, after.patterns, all);
  compare("finding", before, before.findings, after, after.findings, all);
  compare("fix", before, before.fixes, after, after.fixes, all);
  compare("check", before, before.checks, after, after.checks, all);
  compare("metric", before, before.metrics, after, after.metrics, all);
  compare("param", before, before.params, after, after.params, all);
  return all;
}

}  // namespace fmx::cases
