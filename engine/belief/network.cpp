#include "engine/belief/network.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/belief/likelihood.hpp"
#include "engine/belief/tried.hpp"
#include "engine/match/words.hpp"

namespace fmx::engine {

namespace {

constexpr double degree_of_words = 0.7;
constexpr int longest_chain = 3;       ///< steps of `leads to` that are followed
constexpr double weakest_link = 0.01;  ///< indirect links below say no more than chance does

double probability(double odds) { return odds / (1 + odds); }

/// By pattern: what is left of its odds after the fixes that were tried in vain. A fix counts once,
/// however often it was tried: its failures are not independent.
std::vector<double> left_by_attempts(const Knowledge& knowledge, const Run& run) {
  std::vector<double> left(knowledge.patterns.size(), 1);
  std::set<Index> failed;
  for (const Attempt& attempt : attempts(knowledge, run)) {
    if (!attempt.helped) failed.insert(attempt.fix);
  }
  for (const Index fix : failed) {
    for (const Cure& cure : knowledge.fixes[fix].cures) {
      left[cure.pattern] *= 1 - std::clamp(cure.probability, 0.0, 1 - rarest);
    }
  }
  return left;
}

/// What `start` leads to in up to `longest_chain` steps, with the probability of the likeliest way
/// there.
std::map<Index, double> consequences(const Knowledge& knowledge, Index start) {
  std::map<Index, double> reached = {{start, 1.0}};
  std::map<Index, double> front = reached;
  for (int step = 0; step < longest_chain; ++step) {
    std::map<Index, double> next;
    for (const auto& [from, so_far] : front) {
      for (const Leads& leads : knowledge.patterns[from].leads_to) {
        const double through = so_far * leads.probability;
        double& best = reached[leads.pattern];
        if (through <= best) continue;
        best = through;
        next[leads.pattern] = through;
      }
    }
    front = std::move(next);
  }
  reached.erase(start);
  return reached;
}

/// A finding that a pattern shows by way of a consequence.
struct Indirect {
  double probability = 0;
  std::pair<Index, int> group = {0, -1};  ///< of the consequence
};

/// By finding: the strongest of the ways on which `pattern` shows it indirectly.
std::map<Index, Indirect> indirect_links(const Knowledge& knowledge, Index pattern) {
  std::map<Index, Indirect> result;
  for (const auto& [consequence, reached] : consequences(knowledge, pattern)) {
    for (const Link& link : knowledge.patterns[consequence].shows) {
      const double through = reached * link.probability;
      if (through < weakest_link) continue;
      Indirect& best = result[link.finding];
      if (through > best.probability) best = {through, {consequence, link.group}};
    }
  }
  return result;
}

/// Whether one of the findings that the cause shows was seen, by measurement.
bool is_measured(const Network::Cause& cause, const Observations& observations) {
  return std::any_of(cause.shows.begin(), cause.shows.end(), [&](const auto& show) {
    const Degree degree = observations.strongest[show.finding];
    return degree.known() && degree.value() >= holds_from;
  });
}

/// Whether the user's words speak for one of the findings that the cause shows.
bool is_spoken_for(const Network& network, const Network::Cause& cause,
                   const Observations& observations) {
  return std::any_of(cause.shows.begin(), cause.shows.end(), [&](const auto& show) {
    return network.signs[show.finding].degree.known() &&
           !observations.strongest[show.finding].known();
  });
}

/// The finding's degree; where the run does not tell, the user's own words may speak for it.
Degree degree_of(const Finding& finding, Degree measured,
                 const std::vector<std::vector<std::string>>& symptoms) {
  if (measured.known()) return measured;
  for (const std::string& phrase : finding.said) {
    const std::vector<std::string> wanted = words(phrase);
    for (const auto& symptom : symptoms) {
      if (says(symptom, wanted)) return Degree(degree_of_words);
    }
  }
  return measured;
}

/// Whether a `said(...)` in the condition finds its words in `text`.
bool asks_for(const Expression& e, const std::vector<std::string>& text) {
  if (e.kind == Expression::Kind::call && e.function == Function::said) {
    return says(text, words(e.operands.front().text));
  }
  return std::any_of(e.operands.begin(), e.operands.end(),
                     [&](const Expression& operand) { return asks_for(operand, text); });
}

std::vector<std::vector<std::string>> symptoms_of(const Run& run) {
  std::vector<std::vector<std::string>> symptoms;
  for (const std::string& symptom : run.symptoms) symptoms.push_back(words(symptom));
  for (const std::string* text : {&run.task, &run.changed}) {
    if (!text->empty()) symptoms.push_back(words(*text));
  }
  return symptoms;
}

}  // namespace

double prior_odds(const Pattern& pattern, const Circumstance& circumstance) {
  const double prior = std::clamp(pattern.prior, 0.0, surest_prior);
  const double needs = circumstance.needs.known() ? circumstance.needs.value() : 1;
  return prior / (1 - prior) * needs * circumstance.risk_factor;
}

/// A pattern's own links, and those it has by way of its consequences. A finding that it shows in
/// both ways is shown with 1 - (1 - own) * (1 - indirect). Groups of consequences stay groups.
std::vector<Network::Cause::Show> shows_of(const Knowledge& knowledge, Index index) {
  std::vector<Network::Cause::Show> result;
  std::map<Index, Indirect> indirect = indirect_links(knowledge, index);
  int next_group = 0;
  for (const Link& link : knowledge.patterns[index].shows) {
    double kept = 1 - link.probability;
    if (const auto also = indirect.find(link.finding); also != indirect.end()) {
      kept *= 1 - also->second.probability;
      indirect.erase(also);
    }
    result.push_back({.finding = link.finding, .probability = 1 - kept, .group = link.group});
    next_group = std::max(next_group, link.group + 1);
  }
  std::map<std::pair<Index, int>, int> groups;
  for (const auto& [finding, link] : indirect) {
    int group = -1;
    if (link.group.second >= 0) {
      const auto [at, is_new] = groups.emplace(link.group, next_group);
      if (is_new) ++next_group;
      group = at->second;
    }
    result.push_back({.finding = finding, .probability = link.probability, .group = group});
  }
  return result;
}

bool is_said(const Finding& finding, const std::string& symptom) {
  const std::vector<std::string> text = words(symptom);
  return std::any_of(finding.said.begin(), finding.said.end(),
                     [&](const std::string& phrase) { return says(text, words(phrase)); });
}

bool is_asked_for(const Finding& finding, const std::string& symptom) {
  return asks_for(finding.when, words(symptom));
}

bool is_understood(const Knowledge& knowledge, const std::string& symptom) {
  return std::any_of(knowledge.findings.begin(), knowledge.findings.end(), [&](const Finding& f) {
    return is_said(f, symptom) || is_asked_for(f, symptom);
  });
}

Degree degree_with_words(const Finding& finding, Degree measured, const Run& run) {
  return degree_of(finding, measured, symptoms_of(run));
}

Network network(const Knowledge& knowledge, const Run& run, const Observations& observations) {
  Network result;
  const std::vector<double> left = left_by_attempts(knowledge, run);
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    const Pattern& pattern = knowledge.patterns[i];
    Network::Cause cause{
        .prior = probability(prior_odds(pattern, observations.circumstances[i]) * left[i]),
        .certainty = pattern.certainty,
        .benign = pattern.impact == Impact::none,
        .shows = shows_of(knowledge, i),
        .never = {}};
    for (const Link& never : pattern.never) {
      cause.never.push_back({.finding = never.finding, .probability = never.probability});
    }
    result.causes.push_back(std::move(cause));
  }

  const auto symptoms = symptoms_of(run);
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
    const Finding& finding = knowledge.findings[f];
    result.signs.push_back(
        {.base = finding.base, .degree = degree_of(finding, observations.strongest[f], symptoms)});
  }
  for (Network::Cause& cause : result.causes) {
    if (is_spoken_for(result, cause, observations) && !is_measured(cause, observations))
      cause.certainty = 1;
  }
  return result;
}

}  // namespace fmx::engine
