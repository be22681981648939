#include "src/rule_tests/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <tuple>

#include "engine/match/matcher.hpp"
#include "knowledge/parallel.hpp"
#include "src/rule_tests/meets.hpp"

namespace fmx::rule_tests {
namespace {

using Kind = Expression::Kind;
using Place = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

Place place_of(Span span) { return {span.source, span.begin, span.end}; }

bool sampled(const Expression& e) {
  return e.type == Type::mask || e.type == Type::series || e.type == Type::events;
}

/// Whether a comparison is one of numbers: `==` may be one of texts, and has no sides.
bool has_threshold(const Expression& e) {
  if (e.operands.empty()) return false;
  switch (e.kind) {
    case Kind::above:
    case Kind::below:
    case Kind::between:
    case Kind::before:
    case Kind::after:
    case Kind::near:
    case Kind::sustained: return true;
    case Kind::operation: return e.op >= Operator::less && e.op <= Operator::greater_equal;
    default: return false;
  }
}

class Collector {
 public:
  Collector(const Knowledge& knowledge, const std::function<bool(const Entity&)>& wanted)
      : knowledge_(knowledge), program_(knowledge) {
    for (const Finding& finding : knowledge.findings) {
      if (wanted(finding)) list(finding, finding.when);
    }
    for (Index i = 0; i < knowledge.patterns.size(); ++i) {
      const Pattern& pattern = knowledge.patterns[i];
      if (!wanted(pattern)) continue;
      coverage_.patterns.push_back({.pattern = i});
      for (const Expression& need : pattern.needs) list(pattern, need);
      for (const Risk& risk : pattern.risks) list(pattern, risk.when);
    }
    for (Index i = 0; i < knowledge.fixes.size(); ++i) {
      if (wanted(knowledge.fixes[i])) coverage_.fixes.emplace_back(i, false);
    }
    for (Index i = 0; i < knowledge.analogies.size(); ++i) {
      if (wanted(knowledge.analogies[i])) coverage_.analogies.emplace_back(i, false);
    }
    program_.add_all();
  }

  /// Thread-safe.
  void take(const Trial& trial) {
    engine::Matcher matcher(program_, knowledge_, trial.run, trial.binding);
    engine::Diagnosis diagnosis;
    diagnosis.binding = trial.binding;
    diagnosis.observations = matcher.observations();
    engine::conclude(knowledge_, trial.run, diagnosis);
    std::vector<engine::Reading> needs;
    for (Index i = 0; i < knowledge_.patterns.size(); ++i) {
      for (const engine::NodeId need : program_.pattern(i).needs) {
        std::ranges::move(matcher.evaluator().readings(need), std::back_inserter(needs));
      }
    }
    const std::scoped_lock lock(mutex_);
    for (const engine::Reading& reading : needs) note(reading);
    note(diagnosis);
  }

  Coverage result() {
    for (auto& [place, reach] : conditions_) coverage_.conditions.push_back(std::move(reach));
    std::ranges::stable_sort(coverage_.conditions, {}, [&](const ConditionReach& c) {
      return std::pair(knowledge_.sources.at(c.span.source).path, c.span.begin);
    });
    return std::move(coverage_);
  }

 private:
  void list(const Entity& entity, const Expression& e) {
    if (engine::is_judgement(e)) {
      conditions_.try_emplace(
          place_of(e.span),
          ConditionReach{.pack = entity.pack, .span = e.span, .threshold = has_threshold(e)});
      return;
    }
    const bool connective =
        e.kind == Kind::operation && e.op >= Operator::logical_and && e.op <= Operator::logical_not;
    const bool decides = e.kind == Kind::aggregate && (e.aggregate == Expression::Aggregate::any ||
                                                       e.aggregate == Expression::Aggregate::all);
    if (sampled(e) || (!connective && !decides)) return;
    const std::size_t count = decides ? 1 : e.operands.size();
    for (std::size_t i = 0; i < count; ++i) list(entity, e.operands[i]);
  }

  void note(const engine::Reading& reading) {
    if (!reading.degree.known()) return;
    const auto found = conditions_.find(place_of(reading.span));
    if (found == conditions_.end()) return;
    ConditionReach& reach = found->second;
    const bool holds = reading.degree.value() >= engine::holds_from;
    (holds ? reach.held : reach.failed) = true;
    if (!reach.threshold || !reading.low) return;
    const double width = reading.high ? std::abs(*reading.high - *reading.low) : 0;
    const double size =
        reading.high ? std::abs(*reading.high + *reading.low) / 2 : std::abs(*reading.low);
    const double reach_of_near = size > 0 || width > 0 ? std::max(size, width) : HUGE_VAL;
    if (std::abs(reading.distance) <= reach_of_near)
      (holds ? reach.near_held : reach.near_failed) = true;
  }

  void note(const engine::Diagnosis& diagnosis) {
    for (const engine::Observation& seen : diagnosis.observations.all) {
      for (const engine::Reading& reading : seen.readings) note(reading);
    }
    for (const engine::Circumstance& circumstance : diagnosis.observations.circumstances) {
      for (const auto& risk : circumstance.risks) {
        for (const engine::Reading& reading : risk.readings) note(reading);
      }
    }
    const auto likely = [&](Index pattern) {
      return diagnosis.beliefs.posteriors[pattern].probability >= engine::likely_from;
    };
    for (PatternReach& reach : coverage_.patterns) {
      if (likely(reach.pattern)) {
        reach.concluded = true;
      } else if (!reach.refuted) {
        reach.refuted =
            std::ranges::any_of(knowledge_.patterns[reach.pattern].shows, [&](const Link& link) {
              const Degree seen = diagnosis.observations.strongest[link.finding];
              return seen.known() && seen.value() >= engine::holds_from;
            });
      }
    }
    for (auto& [fix, reached] : coverage_.fixes) {
      reached = reached || rank_of(diagnosis.plan, engine::Step::Kind::fix, fix) != 0;
    }
    for (auto& [analogy, reached] : coverage_.analogies) {
      reached = reached || likely(knowledge_.analogies[analogy].a);
    }
  }

  const Knowledge& knowledge_;
  engine::Program program_;
  Coverage coverage_;
  std::map<Place, ConditionReach> conditions_;
  std::mutex mutex_;
};

}  // namespace

Coverage cover(const Knowledge& knowledge, const std::vector<Trial>& trials,
               const std::function<bool(const Entity&)>& wanted) {
  Collector collector(knowledge, wanted);
  for_each_in_parallel(trials.size(), [&](std::size_t i) { collector.take(trials[i]); });
  return collector.result();
}

}  // namespace fmx::rule_tests
