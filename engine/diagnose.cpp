#include "engine/diagnose.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace fmx::engine {

namespace {

constexpr double listed_from = 0.01;
constexpr double judged_from = 0.25;
constexpr double surely_ill_below = 0.1;
constexpr std::size_t shortest_course = 8;  ///< samples: what change points and oscillation need

/// How much of a pattern's evidence could be judged: the share of its links, by their probability,
/// whose finding was measured.
double judged_share(const Pattern& pattern, const Observations& observations) {
  double known = 0, all = 0;
  for (const Link& link : pattern.shows) {
    all += link.probability;
    if (observations.strongest[link.finding].known()) known += link.probability;
  }
  return all > 0 ? known / all : 0;
}

/// Whether there is a course of things to judge at all. From a sample or two many a finding can be
/// computed, and none means anything by not being seen.
bool has_a_course(const Run& run) {
  return !run.tables.empty() ||
         std::any_of(run.series.begin(), run.series.end(),
                     [](const Series& series) { return series.values.size() >= shortest_course; });
}

/// Whether the run shows enough to have found what is common in some field: the mean judged share
/// of the field's patterns, weighted by their priors, patterns out of the question left out.
bool could_be_judged(const Knowledge& knowledge, const Observations& observations,
                     const Network& network) {
  struct Field {
    double judged = 0, prior = 0;
  };
  std::map<std::string, Field> fields;
  for (std::size_t i = 0; i < knowledge.patterns.size(); ++i) {
    const Pattern& pattern = knowledge.patterns[i];
    const double prior = network.causes[i].prior;
    if (network.causes[i].benign || prior <= 0) continue;
    Field& field = fields[pattern.area.empty() ? pattern.pack : pattern.area];
    field.judged += prior * judged_share(pattern, observations);
    field.prior += prior;
  }
  return std::any_of(fields.begin(), fields.end(), [](const auto& each) {
    return each.second.judged >= judged_from * each.second.prior;
  });
}

/// Whether `special` is, in one step or several, a kind of `general`.
bool is_kind_of(const Knowledge& knowledge, Index special, Index general) {
  std::set<Index> seen;
  std::vector<Index> open = {special};
  while (!open.empty()) {  // ends: every pattern is opened once
    const Index at = open.back();
    open.pop_back();
    for (const Index parent : knowledge.patterns[at].kind_of) {
      if (parent == general) return true;
      if (seen.insert(parent).second) open.push_back(parent);
    }
  }
  return false;
}

/// Whether all that speaks for `general` is also shown by `special`.
bool evidence_is_shared(const Diagnosis& diagnosis, Index general, Index special) {
  const auto& shows = diagnosis.network.causes[special].shows;
  const auto& contributions = diagnosis.beliefs.posteriors[general].contributions;
  return std::all_of(contributions.begin(), contributions.end(), [&](const Contribution& each) {
    return each.weight <= 0 || std::any_of(shows.begin(), shows.end(), [&](const auto& show) {
             return show.finding == each.finding;
           });
  });
}

/// Whether a likely pattern that is a kind of `pattern` says all that it says, and more precisely.
bool said_more_precisely(const Knowledge& knowledge, const Diagnosis& diagnosis, Index pattern) {
  for (Index other = 0; other < knowledge.patterns.size(); ++other) {
    if (diagnosis.beliefs.posteriors[other].probability < likely_from) continue;
    if (is_kind_of(knowledge, other, pattern) && !is_kind_of(knowledge, pattern, other) &&
        evidence_is_shared(diagnosis, pattern, other)) {
      return true;
    }
  }
  return false;
}

/// Whether anything that was seen speaks for the pattern; without that its probability is its
/// prior's.
bool has_support(const Posterior& posterior) {
  return std::any_of(posterior.contributions.begin(), posterior.contributions.end(),
                     [](const Contribution& each) { return each.weight > 0; });
}

/// Fills `ranked` and `benign`.
void rank(const Knowledge& knowledge, Diagnosis& diagnosis) {
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    const double probability = diagnosis.beliefs.posteriors[i].probability;
    if (diagnosis.network.causes[i].benign) {
      if (probability >= likely_from) diagnosis.benign.push_back(i);
    } else if (diagnosis.beliefs.posteriors[i].exact >= listed_from &&
               has_support(diagnosis.beliefs.posteriors[i])) {
      const bool merged =
          probability >= likely_from && said_more_precisely(knowledge, diagnosis, i);
      if (!merged) diagnosis.ranked.push_back(i);
    }
  }
  const auto likelier = [&](Index a, Index b) {
    const double of_a = diagnosis.beliefs.posteriors[a].probability;
    const double of_b = diagnosis.beliefs.posteriors[b].probability;
    return of_a != of_b ? of_a > of_b : knowledge.patterns[a].id < knowledge.patterns[b].id;
  };
  std::sort(diagnosis.ranked.begin(), diagnosis.ranked.end(), likelier);
  std::sort(diagnosis.benign.begin(), diagnosis.benign.end(), likelier);
}

Status status(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis) {
  const auto& ranked = diagnosis.ranked;
  if (!ranked.empty() && diagnosis.beliefs.posteriors[ranked.front()].probability >= likely_from) {
    return Status::diagnosed;
  }
  const bool surely_ill = diagnosis.beliefs.healthy < surely_ill_below;
  const bool judged =
      has_a_course(run) && could_be_judged(knowledge, diagnosis.observations, diagnosis.network);
  return judged && !surely_ill ? Status::healthy : Status::insufficient_evidence;
}

/// Ranks and status of what is believed.
void settle(const Knowledge& knowledge, const Run& run, Diagnosis& diagnosis) {
  diagnosis.ranked.clear();
  diagnosis.benign.clear();
  rank(knowledge, diagnosis);
  diagnosis.status = status(knowledge, run, diagnosis);
}

}  // namespace

std::string_view word(Status status) {
  switch (status) {
    case Status::diagnosed: return "diagnosed";
    case Status::healthy: return "healthy";
    case Status::insufficient_evidence: return "insufficient-evidence";
  }
  return "";
}

void weigh(const Knowledge& knowledge, const Run& run, Diagnosis& diagnosis) {
  diagnosis.beliefs = believe(diagnosis.network);
  settle(knowledge, run, diagnosis);
}

void assess(const Knowledge& knowledge, const Run& run, Diagnosis& diagnosis) {
  Network now = network(knowledge, run, diagnosis.observations);
  if (diagnosis.beliefs.explanations.empty() || !(now == diagnosis.network)) {
    diagnosis.network = std::move(now);
    diagnosis.beliefs = believe(diagnosis.network);
  }
  settle(knowledge, run, diagnosis);
}

void conclude(const Knowledge& knowledge, const Run& run, Diagnosis& diagnosis) {
  assess(knowledge, run, diagnosis);
  diagnosis.plan = plan(knowledge, run, diagnosis.binding, diagnosis.observations,
                        diagnosis.network, diagnosis.beliefs);
}

Diagnosis conclude(const Knowledge& knowledge, const Run& run, Binding binding,
                   Observations observations) {
  Diagnosis diagnosis;
  diagnosis.binding = std::move(binding);
  diagnosis.observations = std::move(observations);
  conclude(knowledge, run, diagnosis);
  return diagnosis;
}

Diagnosis diagnose(const Knowledge& knowledge, const Run& run) {
  Binding binding = bind(knowledge, run);
  Observations observations = match(knowledge, run, binding);
  return conclude(knowledge, run, std::move(binding), std::move(observations));
}

}  // namespace fmx::engine
