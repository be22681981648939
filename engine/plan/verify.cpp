#include "engine/plan/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "engine/belief/tried.hpp"

namespace fmx::engine {

namespace {

constexpr double suspected_from = 0.1;
constexpr double remarkable_below = 0.2;  ///< base: what is seen more often is no sign of a failure
constexpr std::size_t shared_by_chance = 1;  ///< samples: two runs may begin at the same value

struct Steps {
  double first = std::numeric_limits<double>::infinity();
  double last = -std::numeric_limits<double>::infinity();
};

Steps steps_of(const Run& run) {
  Steps steps;
  for (const Series& series : run.series) {
    if (series.steps.empty()) continue;
    steps.first = std::min(steps.first, series.steps.front());
    steps.last = std::max(steps.last, series.steps.back());
  }
  return steps;
}

bool same(double a, double b) { return a == b || (a != a && b != b); }

/// The first step of `next` at which it is not `old` any more, in whatever series: what went on
/// from a checkpoint begins there; a fresh run begins with its own first step, even where some
/// series of it begin as they did before. Its first step also where the two share nothing; empty
/// where they are the same.
std::optional<double> parting(const Run& old, const Run& next) {
  double parted = std::numeric_limits<double>::infinity();
  bool shares = false, differs = false;
  for (const Series& series : next.series) {
    const auto twin = std::find_if(old.series.begin(), old.series.end(),
                                   [&](const Series& other) { return other.name == series.name; });
    if (twin == old.series.end()) {
      differs = true;
      continue;
    }
    const std::size_t most = std::min(series.steps.size(), twin->steps.size());
    std::size_t common = 0;
    while (common < most && series.steps[common] == twin->steps[common] &&
           same(series.values[common], twin->values[common])) {
      ++common;
    }
    shares = shares || common > shared_by_chance;
    if (common == series.steps.size()) continue;
    differs = true;
    parted = std::min(parted, series.steps[common]);
  }
  if (!differs) return std::nullopt;
  if (!shares || parted == std::numeric_limits<double>::infinity()) return steps_of(next).first;
  return parted;
}

/// `run` between two steps, both included.
Run between(Run run, double first, double last) {
  for (Series& series : run.series) {
    const auto begin = std::lower_bound(series.steps.begin(), series.steps.end(), first);
    const auto end = std::upper_bound(series.steps.begin(), series.steps.end(), last);
    const auto from = begin - series.steps.begin(), to = end - series.steps.begin();
    series.steps = std::vector<double>(begin, end);
    series.values = {series.values.begin() + from, series.values.begin() + to};
  }
  return run;
}

/// All metrics that `expression` looks at, also by way of findings. Ends because findings do not
/// depend on themselves.
void collect_metrics(const Knowledge& knowledge, const Expression& expression,
                     std::set<Index>& metrics) {
  if (expression.kind == Expression::Kind::metric) metrics.insert(expression.index);
  if (expression.kind == Expression::Kind::finding) {
    collect_metrics(knowledge, knowledge.findings[expression.index].when, metrics);
  }
  for (const Expression& operand : expression.operands) {
    collect_metrics(knowledge, operand, metrics);
  }
  if (!expression.window) return;
  for (const Expression& bound : expression.window->bounds) {
    collect_metrics(knowledge, bound, metrics);
  }
}

std::vector<Index> missing_metrics(const Knowledge& knowledge, const Binding& binding,
                                   const Expression& clause) {
  std::set<Index> metrics;
  collect_metrics(knowledge, clause, metrics);
  std::vector<Index> missing;
  for (const Index metric : metrics) {
    if (binding.metrics[metric].empty()) missing.push_back(metric);
  }
  return missing;
}

/// What spoke for the cured patterns in the old run, and what became of it.
void compare_signs(const Knowledge& knowledge, const Diagnosis& old, const Diagnosis& now,
                   Verification& result) {
  std::set<Index> signs;
  for (const Verification::Cured& cured : result.cured) {
    if (cured.before < suspected_from) continue;
    for (const Contribution& each : old.beliefs.posteriors[cured.pattern].contributions) {
      const Degree before = old.observations.strongest[each.finding];
      const bool remarkable = knowledge.findings[each.finding].base < remarkable_below;
      if (remarkable && each.weight > 0 && before.known() && before.value() >= holds_from) {
        signs.insert(static_cast<Index>(each.finding));
      }
    }
  }
  for (const Index finding : signs) {
    const Degree after = now.observations.strongest[finding];
    const Observation& seen = now.observations.all[now.observations.strongest_at[finding]];
    const Verification::Sign sign{.finding = finding, .after = after, .since = seen.since};
    if (!after.known()) {
      result.unknown.push_back(sign);
    } else {
      (after.value() >= holds_from ? result.came_back : result.gone).push_back(sign);
    }
  }
}

/// The cured pattern that the new run still has, if any.
const Verification::Cured* still_there(const Verification& result) {
  const auto at = std::find_if(result.cured.begin(), result.cured.end(), [](const auto& cured) {
    return cured.before >= suspected_from && cured.after >= likely_from;
  });
  return at == result.cured.end() ? nullptr : &*at;
}

std::string aliases_of(const Knowledge& knowledge, const std::vector<Index>& metrics) {
  std::string names;
  for (const Index metric : metrics) {
    if (!names.empty()) names += ", ";
    names += knowledge.metrics[metric].name;
  }
  return names;
}

/// Fills `answer` and `because`.
void decide(const Knowledge& knowledge, const Fix& fix, Verification& result) {
  const Verification::Cured* still = still_there(result);
  if (!fix.verify) {
    result.because = "how to verify it is said in words only, which take a person to judge";
    if (still == nullptr) return;
    result.answer = Answer::not_helped;
    result.because = fmt::format("{} is still there", knowledge.patterns[still->pattern].title);
    return;
  }
  const Degree met = result.clause->degree;
  if (!met.known()) {
    result.because =
        result.missing.empty()
            ? fmt::format("the clause cannot be judged: {}", describe(met.reason()))
            : fmt::format("the new run does not log {}", aliases_of(knowledge, result.missing));
    return;
  }
  if (met.value() >= holds_from && still == nullptr) {
    result.answer = Answer::helped;
    result.because = "its verify clause is met";
  } else if (met.value() >= holds_from) {
    result.answer = Answer::not_helped;
    result.because = fmt::format("its verify clause is met, but {} is still there",
                                 knowledge.patterns[still->pattern].title);
  } else if (result.still_to_come) {
    result.because = fmt::format("its verify clause is not met yet, and has {:g} steps to go",
                                 *result.still_to_come);
  } else {
    result.answer = Answer::not_helped;
    result.because = "its verify clause is not met";
  }
}

bool differ(const Run& a, const Run& b, const std::string& key) {
  const auto of_a = a.config.find(key), of_b = b.config.find(key);
  if (of_a == a.config.end() || of_b == b.config.end()) {
    return (of_a == a.config.end()) != (of_b == b.config.end());
  }
  return of_a->second != of_b->second;
}

}  // namespace

std::optional<Index> likely_fix(const Knowledge& knowledge, const Run& old_run,
                                const Diagnosis& old, const Run& new_run) {
  const std::vector<Attempt> tried = attempts(knowledge, new_run);
  if (!tried.empty()) return tried.back().fix;
  std::optional<Index> first;
  for (const Step& step : old.plan.steps) {
    if (step.kind != Step::Kind::fix) continue;
    if (!first) first = step.index;
    const bool made = std::any_of(step.changes.begin(), step.changes.end(),
                                  [&](const Change& c) { return differ(old_run, new_run, c.key); });
    if (made) return step.index;
  }
  return first;
}

Verification verify(const Knowledge& knowledge, const Run& old_run, const Diagnosis& old,
                    const Run& new_run, Index index) {
  const Fix& fix = knowledge.fixes[index];
  Verification result;
  const std::optional<double> from = parting(old_run, new_run);
  if (!from) {
    result.because = "the new run holds nothing that the old one does not";
    return result;
  }
  const double end = steps_of(new_run).last;
  const bool counts_steps = fix.verify_within && fix.verify_within->unit != Unit::seconds;
  const double until = counts_steps ? *from + fix.verify_within->value : end;
  result.first_step = *from;
  result.last_step = std::min(until, end);
  if (until > end) result.still_to_come = until - end;

  const Run after = between(new_run, *from, end);
  const Diagnosis now = diagnose(knowledge, after);
  for (const Cure& cure : fix.cures) {
    result.cured.push_back({.pattern = cure.pattern,
                            .before = old.beliefs.posteriors[cure.pattern].probability,
                            .after = now.beliefs.posteriors[cure.pattern].probability});
  }
  compare_signs(knowledge, old, now, result);
  if (fix.verify) {
    const Run judged = between(after, *from, result.last_step);
    const Binding binding = bind(knowledge, judged);
    result.clause = evaluate(knowledge, judged, binding, *fix.verify);
    result.missing = missing_metrics(knowledge, binding, *fix.verify);
  }
  decide(knowledge, fix, result);
  return result;
}

}  // namespace fmx::engine
