#include "src/cases/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "engine/learn/certainty.hpp"
#include "engine/learn/degrade.hpp"
#include "knowledge/parallel.hpp"

namespace fmx::cases {
namespace {

using engine::LabelledCase;
using engine::Outcome;
using engine::Verdict;
using Cases = std::vector<LabelledCase>;
using Verdicts = std::vector<Verdict>;

constexpr double worth_more_figures = 0.99;  // of the Brier score of what fits less
constexpr std::size_t versions = 5;          // a run and its copies

/// Looks at each run. Of what was seen only the degrees are kept: thousands of runs are.
void observe(const Knowledge& knowledge, Cases& cases) {
  for_each_in_parallel(cases.size(), [&](std::size_t i) {
    const engine::Run& run = cases[i].run;
    engine::Observations seen = engine::match(knowledge, run, engine::bind(knowledge, run));
    cases[i].observations.strongest = std::move(seen.strongest);
    for (engine::Circumstance& circumstance : seen.circumstances) {
      for (auto& met : circumstance.risks) met.readings.clear();
    }
    cases[i].observations.circumstances = std::move(seen.circumstances);
  });
}

/// A pattern's risks count with the factors of the knowledge that is asked.
void use_factors(const Knowledge& knowledge, engine::Observations& seen) {
  for (std::size_t i = 0; i < knowledge.patterns.size(); ++i) {
    engine::Circumstance& circumstance = seen.circumstances[i];
    circumstance.risk_factor = 1;
    for (const auto& met : circumstance.risks) {
      if (!met.degree.known()) continue;
      circumstance.risk_factor *=
          std::pow(knowledge.patterns[i].risks[met.risk].factor, met.degree.value());
    }
  }
}

Verdict verdict_on(const Knowledge& knowledge, const LabelledCase& labelled) {
  engine::Diagnosis diagnosis;
  diagnosis.observations = labelled.observations;
  use_factors(knowledge, diagnosis.observations);
  engine::assess(knowledge, labelled.run, diagnosis);
  return engine::verdict(diagnosis);
}

/// By run: the part it is dealt to.
std::vector<std::size_t> dealt(const Cases& runs, std::size_t parts) {
  std::map<std::string, std::vector<Index>> label_of_group;
  for (const LabelledCase& run : runs) {
    auto& label = label_of_group[run.group];
    label = std::max(label, run.present);
  }
  std::vector<std::pair<std::vector<Index>, std::string>> groups;
  for (const auto& [group, label] : label_of_group) groups.emplace_back(label, group);
  std::ranges::sort(groups);
  std::map<std::string, std::size_t> part_of_group;
  for (std::size_t i = 0; i < groups.size(); ++i) part_of_group[groups[i].second] = i % parts;
  std::vector<std::size_t> result;
  for (const LabelledCase& run : runs) result.push_back(part_of_group.at(run.group));
  return result;
}

std::vector<Outcome> outcomes(const Cases& cases, const Verdicts& verdicts) {
  std::vector<Outcome> all;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    all.push_back(engine::outcome(cases[i], verdicts[i]));
  }
  return all;
}

/// Every `versions`th, from the first on: runs without their copies.
template <class T>
std::vector<T> originals(const std::vector<T>& all) {
  std::vector<T> result;
  for (std::size_t i = 0; i < all.size(); i += versions) result.push_back(all[i]);
  return result;
}

class Calibrator {
 public:
  Calibrator(const Knowledge& knowledge, const Cases& runs, std::size_t parts)
      : knowledge_(knowledge), runs_(runs), parts_(parts), part_(dealt(runs, parts)) {
    cases_ = engine::with_degraded(runs);
    observe(knowledge, cases_);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      runs_[i].observations = cases_[i * versions].observations;
    }
    covers_.assign(knowledge.patterns.size(), false);
    for (const LabelledCase& run : runs) {
      for (const Index pattern : run.present) covers_[pattern] = true;
      for (const Index pattern : run.accepted) covers_[pattern] = true;
    }
  }

  Calibration run() {
    const Verdicts written = by_authors(), refitted = by_fitted_figures();
    Calibration result;
    result.runs = runs_.size();
    for (const bool figures : {false, true}) {
      const Verdicts& verdicts = figures ? refitted : written;
      result.ways.push_back(way(figures, false, verdicts));
      result.ways.push_back(way(figures, true, surer(verdicts, nullptr)));
    }
    result.faulty = result.ways.front().score.faulty;
    result.healthy = result.ways.front().score.healthy;
    result.parts = parts_;
    result.best = best(result.ways);

    const Way& chosen = result.ways[result.best];
    const Verdicts& verdicts = chosen.figures ? refitted : written;
    surer(verdicts, &result.certainty_by_part);
    if (chosen.certainty) result.certainty = engine::fitted_certainty(said(verdicts, parts_));
    for (Index i = 0; i < covers_.size(); ++i) {
      if (covers_[i]) result.of.push_back(i);
    }
    result.fitted = knowledge_;
    if (chosen.figures) {
      result.fitted = engine::fitted(knowledge_, runs_);
      result.figures = engine::changed_figures(knowledge_, result.fitted);
    }
    return result;
  }

 private:
  std::size_t part(std::size_t i) const { return part_[i / versions]; }

  Verdicts by_authors() const {
    Verdicts all(cases_.size());
    for_each_in_parallel(all.size(),
                         [&](std::size_t i) { all[i] = verdict_on(knowledge_, cases_[i]); });
    return all;
  }

  /// Each case by figures that were fitted to the other parts.
  Verdicts by_fitted_figures() const {
    Verdicts all(cases_.size());
    for (std::size_t p = 0; p < parts_; ++p) {
      Cases others;
      for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (part_[i] != p) others.push_back(runs_[i]);
      }
      const Knowledge learned = engine::fitted(knowledge_, others);
      for_each_in_parallel(all.size(), [&](std::size_t i) {
        if (part(i) == p) all[i] = verdict_on(learned, cases_[i]);
      });
    }
    return all;
  }

  /// The first diagnoses of all parts but `left_out` that a certainty would bear on.
  std::vector<Outcome::First> said(const Verdicts& verdicts, std::size_t left_out) const {
    std::vector<Outcome::First> all;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      if (part(i) == left_out || verdicts[i].named.empty()) continue;
      if (!covers_[verdicts[i].named.front().pattern]) continue;
      all.push_back(*engine::outcome(cases_[i], verdicts[i]).named);
    }
    return all;
  }

  /// The verdicts, each with the certainty that was fitted to the other parts.
  Verdicts surer(const Verdicts& verdicts, std::vector<double>* certainties) const {
    Verdicts all = verdicts;
    for (std::size_t p = 0; p < parts_; ++p) {
      const double certainty = engine::fitted_certainty(said(verdicts, p));
      if (certainties != nullptr) certainties->push_back(certainty);
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (part(i) == p) all[i] = engine::with_certainty(std::move(all[i]), certainty, covers_);
      }
    }
    return all;
  }

  Way way(bool figures, bool certainty, const Verdicts& verdicts) const {
    const std::vector<Outcome> all = outcomes(cases_, verdicts);
    return {.figures = figures,
            .certainty = certainty,
            .score = engine::score(runs_, originals(all)),
            .all = engine::reliability(all)};
  }

  static std::size_t best(const std::vector<Way>& ways) {
    const engine::Score& written = ways.front().score;
    std::size_t best = 0;
    for (std::size_t i = 1; i < ways.size(); ++i) {
      const engine::Score& score = ways[i].score;
      const bool worse = score.first_fair < written.first_fair ||
                         score.false_alarms > written.false_alarms ||
                         score.confident_and_wrong > written.confident_and_wrong;
      if (!worse && ways[i].all.brier < worth_more_figures * ways[best].all.brier) best = i;
    }
    return best;
  }

  const Knowledge& knowledge_;
  Cases runs_;   ///< observed
  Cases cases_;  ///< each run followed by its copies, observed
  std::size_t parts_;
  std::vector<std::size_t> part_;  ///< by run
  std::vector<bool> covers_;       ///< by pattern: cases speak of it
};

}  // namespace

std::string_view name(const Way& way) {
  if (way.figures) return way.certainty ? "figures and certainty fitted" : "figures fitted";
  return way.certainty ? "certainty fitted" : "as written";
}

Calibration calibrate(const Knowledge& knowledge, const Cases& runs, std::size_t parts) {
  return Calibrator(knowledge, runs, parts).run();
}

}  // namespace fmx::cases
