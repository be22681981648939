#include "engine/learn/score.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/belief/network.hpp"
#include "engine/learn/fit.hpp"

namespace fmx::engine {

namespace {

constexpr double named_from = 0.01;
constexpr double believed_from = 0.5;
constexpr double least =
    1e-6;  ///< a truth given less than this does not count as infinitely surprising

bool holds(const std::vector<Index>& patterns, Index pattern) {
  return std::find(patterns.begin(), patterns.end(), pattern) != patterns.end();
}

std::vector<Index> by_probability(const Knowledge& knowledge, const Beliefs& beliefs) {
  const auto probability = [&](Index i) { return beliefs.posteriors[i].probability; };
  std::vector<Index> result;
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    if (knowledge.patterns[i].impact != Impact::none && probability(i) >= named_from)
      result.push_back(i);
  }
  std::stable_sort(result.begin(), result.end(),
                   [&](Index a, Index b) { return probability(a) > probability(b); });
  return result;
}

/// -log of the least probability given to a pattern that holds; of a healthy run: of no pattern
/// being believed.
double surprise(const Beliefs& beliefs, const LabelledCase& labelled, double highest) {
  double given = labelled.present.empty() ? 1 - highest : 1;
  for (const Index pattern : labelled.present) {
    given = std::min(given, beliefs.posteriors[pattern].probability);
  }
  return -std::log(std::max(given, least));
}

/// Mean distance, over ten bins of confidence, between confidence and share right, weighted by
/// number.
double calibration_error(const std::vector<Verdict>& verdicts) {
  struct Bin {
    double confidence = 0, right = 0;
  };
  std::array<Bin, 10> bins{};
  double count = 0;
  for (const Verdict& each : verdicts) {
    if (each.named.empty()) continue;
    Bin& bin = bins[std::min<std::size_t>(9, static_cast<std::size_t>(each.confidence * 10))];
    bin.confidence += each.confidence;
    bin.right += each.right ? 1 : 0;
    count += 1;
  }
  double error = 0;
  for (const Bin& bin : bins) error += std::abs(bin.confidence - bin.right);
  return count > 0 ? error / count : 0;
}

}  // namespace

Verdict verdict(const Knowledge& knowledge, const LabelledCase& labelled) {
  const Beliefs beliefs = believe(network(knowledge, labelled.run, labelled.observations));
  Verdict result;
  result.named = by_probability(knowledge, beliefs);
  if (!result.named.empty()) {
    const Index first = result.named.front();
    result.confidence = beliefs.posteriors[first].probability;
    result.right = holds(labelled.present, first) || holds(labelled.accepted, first);
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(3, result.named.size()); ++i) {
    if (holds(labelled.present, result.named[i])) result.among_three = true;
  }
  result.surprise = surprise(beliefs, labelled, result.confidence);
  return result;
}

Score score(const std::vector<LabelledCase>& cases, const std::vector<Verdict>& verdicts) {
  Score result;
  double named = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Verdict& each = verdicts[i];
    const bool believed = each.confidence >= believed_from;
    if (cases[i].present.empty()) {
      ++result.healthy;
      result.false_alarms += believed ? 1 : 0;
    } else {
      ++result.faulty;
      result.first += believed && each.right ? 1 : 0;
      result.among_three += each.among_three ? 1 : 0;
      result.missed += believed ? 0 : 1;
    }
    result.surprise += each.surprise;
    if (each.named.empty()) continue;
    named += 1;
    result.brier += std::pow(each.confidence - (each.right ? 1 : 0), 2);
  }
  const auto mean = [](double& sum, double count) { sum = count > 0 ? sum / count : 0; };
  mean(result.first, static_cast<double>(result.faulty));
  mean(result.among_three, static_cast<double>(result.faulty));
  mean(result.missed, static_cast<double>(result.faulty));
  mean(result.false_alarms, static_cast<double>(result.healthy));
  mean(result.surprise, static_cast<double>(cases.size()));
  mean(result.brier, named);
  result.calibration = calibration_error(verdicts);
  return result;
}

std::vector<Verdict> judged(const Knowledge& knowledge, std::span<const LabelledCase> cases) {
  std::vector<Verdict> result;
  for (const LabelledCase& each : cases) result.push_back(verdict(knowledge, each));
  return result;
}

std::vector<Verdict> cross_validated(const Knowledge& knowledge,
                                     const std::vector<LabelledCase>& cases, std::size_t parts) {
  std::vector<Verdict> result(cases.size());
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<LabelledCase> others;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (i % parts != part) others.push_back(cases[i]);
    }
    const Knowledge learned = fitted(knowledge, others);
    for (std::size_t i = part; i < cases.size(); i += parts) result[i] = verdict(learned, cases[i]);
  }
  return result;
}

}  // namespace fmx::engine
