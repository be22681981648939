#include "engine/explain/coverage.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace fmx::engine {
namespace {

constexpr double weight_of_unseen_fields = 0.1;

using Kind = Expression::Kind;

std::vector<Index> joined(const std::vector<Index>& a, const std::vector<Index>& b) {
  std::vector<Index> all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

void join(Needed& to, const Needed& more) {
  to.metrics = joined(to.metrics, more.metrics);
  to.params = joined(to.params, more.params);
  to.tables = joined(to.tables, more.tables);
}

/// What conditions ask for and the run does not have.
class Lacks {
 public:
  Lacks(const Knowledge& knowledge, const Run& run, const Binding& binding)
      : knowledge_(knowledge), run_(run), binding_(binding), findings_(knowledge.findings.size()) {}

  const Needed& of_finding(Index finding) {
    std::optional<Needed>& known = findings_[finding];
    if (!known) known = of(knowledge_.findings[finding].when);  // ends: findings form no cycle
    return *known;
  }

 private:
  Needed of(const Expression& e) {
    Needed needed;
    switch (e.kind) {
      case Kind::metric:
        if (!carried(e)) needed.metrics.push_back(e.index);
        return needed;
      case Kind::parameter:
        if (!binding_.params[e.index]) needed.params.push_back(e.index);
        return needed;
      case Kind::finding: return of_finding(e.index);
      case Kind::atom:
        if (is_missing_table(e.index)) needed.tables.push_back(e.index);
        return needed;
      case Kind::call:
        if (is_always_known(e.function)) return needed;
        break;
      case Kind::operation:
        if (e.op == Operator::otherwise || e.op == Operator::logical_or) return easiest(e);
        break;
      default: break;
    }
    for (const Expression& operand : e.operands) join(needed, of(operand));
    if (e.window) {
      for (const Expression& bound : e.window->bounds) join(needed, of(bound));
    }
    return needed;
  }

  /// Of alternatives, the one that lacks least; the first of equals.
  Needed easiest(const Expression& e) {
    std::optional<Needed> best;
    for (const Expression& operand : e.operands) {
      Needed needed = of(operand);
      if (!best || needed.size() < best->size()) best = std::move(needed);
    }
    return best.value_or(Needed{});
  }

  bool carried(const Expression& metric) const {
    const std::vector<Member>& members = binding_.metrics[metric.index];
    return std::any_of(members.begin(), members.end(), [&](const Member& member) {
      return metric.labels.empty() == member.labels.empty();
    });
  }

  bool is_missing_table(Index relation) const {
    const Relation& asked = knowledge_.relations[relation];
    return asked.table && !run_.tables.contains(asked.name);
  }

  static bool is_always_known(Function function) {
    const bool fact = signature_of(function).result == Type::degree;
    return function == Function::samples ||
           (fact && function != Function::code && function != Function::log_line);
  }

  const Knowledge& knowledge_;
  const Run& run_;
  const Binding& binding_;
  std::vector<std::optional<Needed>> findings_;
};

Judgeable judgeable(const Pattern& pattern, const Network::Cause& cause,
                    const Observations& observations, Lacks& lacks) {
  Judgeable result;
  double all = 0, known = 0;
  for (const Link& link : pattern.shows) {
    all += link.probability;
    if (observations.strongest[link.finding].known()) {
      known += link.probability;
    } else {
      join(result.needed, lacks.of_finding(link.finding));
    }
  }
  result.judged = all > 0 ? known / all : 0;
  if (cause.prior <= 0) {
    result.extent = Judgeable::Extent::ruled_out;
  } else if (known > 0) {
    result.extent = known < all ? Judgeable::Extent::partly : Judgeable::Extent::fully;
  }
  return result;
}

const std::string& field_of(const Pattern& pattern) {
  return pattern.area.empty() ? pattern.pack : pattern.area;
}

}  // namespace

Needed needed_for(const Knowledge& knowledge, const Run& run, const Binding& binding,
                  Index finding) {
  return Lacks(knowledge, run, binding).of_finding(finding);
}

Coverage coverage(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis) {
  Coverage result;
  Lacks lacks(knowledge, run, diagnosis.binding);
  struct Field {
    double prior = 0, judged = 0;
  };
  std::map<std::string, Field> fields;
  const auto counts = [&](Index p) {
    return result.patterns[p].extent != Judgeable::Extent::ruled_out &&
           !diagnosis.network.causes[p].benign;
  };
  for (Index p = 0; p < knowledge.patterns.size(); ++p) {
    const Network::Cause& cause = diagnosis.network.causes[p];
    result.patterns.push_back(
        judgeable(knowledge.patterns[p], cause, diagnosis.observations, lacks));
    if (!counts(p)) continue;
    Field& field = fields[field_of(knowledge.patterns[p])];
    field.prior += cause.prior;
    field.judged += cause.prior * result.patterns.back().judged;
  }

  double all = 0;
  std::map<Index, Wanted> wanted;
  for (Index p = 0; p < knowledge.patterns.size(); ++p) {
    if (!counts(p)) continue;
    const Pattern& pattern = knowledge.patterns[p];
    const Field& field = fields[field_of(pattern)];
    const double weight =
        diagnosis.network.causes[p].prior * (weight_of_unseen_fields + field.judged / field.prior);
    all += weight;
    result.judged += weight * result.patterns[p].judged;
    double shown = 0;
    for (const Link& link : pattern.shows) shown += link.probability;
    for (const Link& link : pattern.shows) {
      if (diagnosis.observations.strongest[link.finding].known()) continue;
      const Needed& needed = lacks.of_finding(link.finding);
      for (const Index metric : needed.metrics) {
        Wanted& want = wanted[metric];
        want.metric = metric;
        want.gain += weight * link.probability / shown / static_cast<double>(needed.size());
        if (want.patterns.empty() || want.patterns.back() != p) want.patterns.push_back(p);
      }
    }
  }
  if (all > 0) result.judged /= all;
  for (auto& [metric, want] : wanted) {
    if (all > 0) want.gain /= all;
    result.wanted.push_back(std::move(want));
  }
  std::stable_sort(result.wanted.begin(), result.wanted.end(),
                   [](const Wanted& a, const Wanted& b) { return a.gain > b.gain; });
  return result;
}

}  // namespace fmx::engine
