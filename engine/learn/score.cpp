#include "engine/learn/score.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <utility>

namespace fmx::engine {

namespace {

bool holds(const std::vector<Index>& patterns, Index pattern) {
  return std::find(patterns.begin(), patterns.end(), pattern) != patterns.end();
}

bool is_right(const LabelledCase& labelled, Index pattern) {
  return holds(labelled.present, pattern);
}

/// Of a healthy run nothing is right to be named.
bool is_fair(const LabelledCase& labelled, Index pattern) {
  return !labelled.present.empty() &&
         (holds(labelled.present, pattern) || holds(labelled.accepted, pattern));
}

/// What is said first, if anything is.
std::optional<Index> said_first(const Verdict& verdict) {
  if (verdict.named.empty() || verdict.named.front().confidence < likely_from) return std::nullopt;
  return verdict.named.front().pattern;
}

double share(double count, std::size_t of) { return of > 0 ? count / static_cast<double>(of) : 0; }

}  // namespace

Verdict verdict(const Diagnosis& diagnosis) {
  Verdict result{.status = diagnosis.status, .named = {}};
  for (const Index pattern : diagnosis.ranked) {
    result.named.push_back({pattern, diagnosis.beliefs.posteriors[pattern].probability});
  }
  return result;
}

Outcome outcome(const LabelledCase& labelled, const Verdict& verdict) {
  Outcome result;
  const bool faulty = !labelled.present.empty();
  const std::optional<Index> said = said_first(verdict);
  if (verdict.status == Status::diagnosed) {
    for (std::size_t i = 0; i < std::min<std::size_t>(3, verdict.named.size()); ++i) {
      const Index pattern = verdict.named[i].pattern;
      const bool right = is_right(labelled, pattern), fair = is_fair(labelled, pattern);
      if (i == 0) result.first = right, result.first_fair = fair;
      result.three = result.three || right;
      result.three_fair = result.three_fair || fair;
    }
  }
  result.missed = faulty && !said;
  result.false_alarm = !faulty && said;
  result.confident_and_wrong = faulty && said && !is_fair(labelled, *said);
  result.abstained = verdict.status == Status::insufficient_evidence;
  if (!verdict.named.empty()) {
    const Verdict::Named& first = verdict.named.front();
    result.named = {first.confidence, is_fair(labelled, first.pattern)};
  }
  result.good = faulty ? result.first_fair : !result.false_alarm;
  return result;
}

Reliability reliability(std::span<const Outcome> outcomes) {
  Reliability result;
  for (const Outcome& each : outcomes) {
    if (!each.named) continue;
    const double confidence = each.named->confidence, right = each.named->right ? 1 : 0;
    ReliabilityBin& bin =
        result.bins[std::min<std::size_t>(9, static_cast<std::size_t>(confidence * 10))];
    bin.cases += 1;
    bin.said += confidence;
    bin.was += right;
    result.cases += 1;
    result.brier += (confidence - right) * (confidence - right);
  }
  for (ReliabilityBin& bin : result.bins) {
    result.error += std::abs(bin.said - bin.was);
    bin.said = share(bin.said, bin.cases);
    bin.was = share(bin.was, bin.cases);
  }
  result.error = share(result.error, result.cases);
  result.brier = share(result.brier, result.cases);
  return result;
}

Score score(std::span<const LabelledCase> cases, std::span<const Outcome> outcomes) {
  assert(cases.size() == outcomes.size() && "one outcome a case");
  Score result;
  const auto count = [](double& sum, bool is_so) { sum += is_so ? 1 : 0; };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Outcome& each = outcomes[i];
    if (cases[i].present.empty()) {
      ++result.healthy;
      count(result.false_alarms, each.false_alarm);
      count(result.abstained_of_healthy, each.abstained);
      continue;
    }
    ++result.faulty;
    count(result.first, each.first);
    count(result.first_fair, each.first_fair);
    count(result.three, each.three);
    count(result.three_fair, each.three_fair);
    count(result.missed, each.missed);
    count(result.confident_and_wrong, each.confident_and_wrong);
    count(result.abstained_of_faulty, each.abstained);
  }
  for (double* sum : {&result.first, &result.first_fair, &result.three, &result.three_fair,
                      &result.missed, &result.confident_and_wrong, &result.abstained_of_faulty}) {
    *sum = share(*sum, result.faulty);
  }
  result.false_alarms = share(result.false_alarms, result.healthy);
  result.abstained_of_healthy = share(result.abstained_of_healthy, result.healthy);
  result.reliability = reliability(outcomes);
  return result;
}

std::vector<PatternScore> by_pattern(std::span<const LabelledCase> cases,
                                     std::span<const Verdict> verdicts) {
  assert(cases.size() == verdicts.size() && "one verdict a case");
  std::map<Index, PatternScore> scores;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::optional<Index> said = said_first(verdicts[i]);
    for (const Index pattern : cases[i].present) {
      PatternScore& score = scores[pattern];
      ++score.labelled;
      if (said && *said == pattern) ++score.found;
      if (said && is_fair(cases[i], *said)) ++score.found_fair;
    }
    if (!said) continue;
    ++scores[*said].said;
    if (is_fair(cases[i], *said)) ++scores[*said].right;
  }
  std::vector<PatternScore> result;
  for (auto& [pattern, score] : scores) {
    score.pattern = pattern;
    result.push_back(score);
  }
  return result;
}

std::vector<Confusion> confusion(std::span<const LabelledCase> cases,
                                 std::span<const Verdict> verdicts) {
  assert(cases.size() == verdicts.size() && "one verdict a case");
  std::map<std::pair<std::optional<Index>, std::optional<Index>>, std::size_t> counts;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::vector<Index>& present = cases[i].present;
    const std::optional<Index> said = said_first(verdicts[i]);
    std::optional<Index> truth;
    if (!present.empty()) truth = said && holds(present, *said) ? *said : present.front();
    ++counts[{truth, said}];
  }
  std::vector<Confusion> result;
  for (const auto& [pair, number] : counts) result.push_back({pair.first, pair.second, number});
  return result;
}

}  // namespace fmx::engine
