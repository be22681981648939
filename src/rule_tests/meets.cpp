#include "src/rule_tests/meets.hpp"

#include <algorithm>

namespace fmx::rule_tests {
namespace {

bool pattern_meets(const engine::Diagnosis& diagnosis, const Expectation& e) {
  if (!within(e, diagnosis.beliefs.posteriors[e.index].probability)) return false;
  if (e.among) {
    const std::size_t rank = rank_of(diagnosis, e.index);
    if (rank == 0 || rank > *e.among) return false;
  }
  return std::ranges::all_of(
      e.because, [&](Index finding) { return speaks_for(diagnosis, finding, e.index); });
}

bool finding_meets(const engine::Diagnosis& diagnosis, const Expectation& e) {
  const engine::Observation* seen = observed(diagnosis.observations, e);
  if (seen == nullptr || !seen->degree.known() || !within(e, seen->degree.value())) return false;
  if (!e.since_from) return true;
  return seen->since && *seen->since >= *e.since_from && *seen->since <= *e.since_to;
}

bool unknown_meets(const engine::Diagnosis& diagnosis, const Expectation& e) {
  const engine::Observation* seen = observed(diagnosis.observations, e);
  if (seen == nullptr || seen->degree.known()) return false;
  return e.reason.empty() || describe(seen->degree.reason()).find(e.reason) != std::string::npos;
}

bool step_meets(const engine::Diagnosis& diagnosis, engine::Step::Kind kind, const Expectation& e) {
  const std::size_t rank = rank_of(diagnosis.plan, kind, e.index);
  return rank != 0 && (!e.among || rank <= *e.among);
}

}  // namespace

bool meets(const engine::Diagnosis& diagnosis, const Expectation& e) {
  switch (e.kind) {
    case Expectation::Kind::pattern:
    case Expectation::Kind::benign: return pattern_meets(diagnosis, e);
    case Expectation::Kind::finding: return finding_meets(diagnosis, e);
    case Expectation::Kind::unknown_finding: return unknown_meets(diagnosis, e);
    case Expectation::Kind::fix: return step_meets(diagnosis, engine::Step::Kind::fix, e);
    case Expectation::Kind::check: return step_meets(diagnosis, engine::Step::Kind::check, e);
    case Expectation::Kind::healthy: return diagnosis.status == engine::Status::healthy;
    case Expectation::Kind::insufficient:
      return diagnosis.status == engine::Status::insufficient_evidence;
  }
  return false;
}

bool within(const Expectation& e, double value) {
  if (e.between) return e.above && e.below && value >= *e.above && value <= *e.below;
  if (e.above || e.below) return (!e.above || value > *e.above) && (!e.below || value < *e.below);
  return value >= even_odds;
}

std::size_t rank_of(const engine::Diagnosis& diagnosis, Index pattern) {
  const auto at = std::ranges::find(diagnosis.ranked, pattern);
  return at == diagnosis.ranked.end() ? 0
                                      : static_cast<std::size_t>(at - diagnosis.ranked.begin()) + 1;
}

std::size_t rank_of(const engine::Plan& plan, engine::Step::Kind kind, Index index) {
  std::size_t rank = 0;
  for (const engine::Step& step : plan.steps) {
    if (step.kind != kind) continue;
    ++rank;
    if (step.index == index) return rank;
  }
  return 0;
}

const engine::Observation* observed(const engine::Observations& observations,
                                    const Expectation& e) {
  if (e.arguments.empty()) return &observations.all[observations.strongest_at[e.index]];
  for (const engine::Observation& seen : observations.all) {
    if (seen.finding == e.index && seen.arguments == e.arguments) return &seen;
  }
  return nullptr;
}

bool speaks_for(const engine::Diagnosis& diagnosis, Index finding, Index pattern) {
  return std::ranges::any_of(
      diagnosis.beliefs.posteriors[pattern].contributions,
      [&](const engine::Contribution& c) { return c.finding == finding && c.weight > 0; });
}

}  // namespace fmx::rule_tests
