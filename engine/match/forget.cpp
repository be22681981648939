#include <algorithm>

#include "engine/match/evaluate.hpp"
#include "engine/match/table.hpp"

namespace fmx::engine {

void Evaluator::forget(const Changes& changes, const Affected& affected) {
  for (NodeId node = 0; node < closed_.size(); ++node) {
    if (affected.nodes[node]) closed_[node].reset();
  }
  std::erase_if(open_, [&](const auto& kept) { return affected.nodes[kept.first.front()]; });
  for (std::size_t finding = 0; finding < observed_.size(); ++finding) {
    if (!affected.findings[finding]) continue;
    progress_[finding] = Progress::todo;
    observed_[finding].clear();
  }
  clocks_.clear();
  for (const Index metric : changes.metrics) in_percent_.erase(metric);
  std::erase_if(too_many_, [&](const std::vector<NodeId>& roots) {
    return std::any_of(roots.begin(), roots.end(), [&](NodeId n) { return affected.nodes[n]; });
  });
  if (derivation_) derivation_->forget(changes, affected);
}

void Evaluator::renumber(const std::vector<std::uint32_t>& now) {
  const auto change = [&](Origin& origin) {
    if (origin.series != Origin::none) origin.series = now[origin.series];
  };
  const auto change_all = [&](Result& result) {
    change(result.value.origin);
    if (result.judgement) change(result.judgement->origin);
  };
  for (const auto& result : closed_) {
    if (result) change_all(*result);
  }
  for (const auto& [key, result] : open_) change_all(*result);
}

/// Whether rows that a relation has may not follow any more.
bool Derivation::starts_anew(const Entry& entry, const Affected& affected,
                             const std::set<std::uint32_t>& gone) const {
  const auto is_affected = [&](std::uint32_t id) {
    return std::any_of(entries_.begin(), entries_.end(), [&](const auto& each) {
      return each.second.id == id && affected.relations[each.first];
    });
  };
  const auto may_take_away = [&](const Literal& literal) {
    switch (literal.kind) {
      case Literal::Kind::holds: return gone.contains(literal.relation);
      case Literal::Kind::absent:
        return gone.contains(literal.relation) || is_affected(literal.relation);
      case Literal::Kind::test: return bool{affected.nodes[asked_[literal.relation].node]};
    }
    return true;
  };
  const std::deque<Clause>& clauses = datalog_.clauses(entry.id);
  return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
    return std::any_of(clause.body.begin(), clause.body.end(), may_take_away);
  });
}

void Derivation::forget(const Changes& changes, const Affected& affected) {
  const auto is_among = [](Index one, const std::vector<Index>& all) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  std::set<std::uint32_t> gone;
  std::erase_if(families_, [&](const auto& family) {
    return is_among(family.first, changes.metrics) && gone.insert(family.second).second;
  });
  std::erase_if(instances_, [&](const auto& instance) {
    return affected.findings[instance.first] && gone.insert(instance.second).second;
  });
  // A table that comes or goes lets rules in or out that rest on what is given alone.
  const bool other_rules = std::any_of(entries_.begin(), entries_.end(), [&](const auto& each) {
    return each.first < knowledge_.tables.size() && affected.relations[each.first] &&
           each.second.given != (find_table(run_, knowledge_.tables[each.first]) != nullptr);
  });
  for (bool settled = false; !settled;) {  // ends: each round but the last finds one more gone
    settled = true;
    for (const auto& [relation, entry] : entries_) {
      if (!affected.relations[relation] || gone.contains(entry.id)) continue;
      if (!other_rules && !is_among(relation, changes.tables) &&
          !starts_anew(entry, affected, gone))
        continue;
      gone.insert(entry.id);
      settled = false;
    }
  }
  std::erase_if(entries_, [&](const auto& each) { return gone.contains(each.second.id); });
  for (const std::uint32_t id : gone) datalog_.remove(id);
  for (const Index table : changes.grown) {
    const auto kept = entries_.find(table);
    if (kept != entries_.end()) load(table, kept->second);
  }
}

}  // namespace fmx::engine
