#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/belief/likelihood.hpp"
#include "engine/belief/tried.hpp"
#include "engine/explain/explain.hpp"
#include "engine/explain/flip.hpp"
#include "engine/explain/readings.hpp"

namespace fmx::engine {

namespace {

/// Weight, in nats, of a sign against the pattern that deserves a line of its own: a tenth.
constexpr double worth_a_line = 0.1;

/// All that the branches look at. A view for the length of one call.
struct Asked {
  const Knowledge& knowledge;
  const Run& run;
  const Diagnosis& diagnosis;
  Index index;

  const Pattern& pattern() const { return knowledge.patterns[index]; }
  const Network::Cause& cause() const { return diagnosis.network.causes[index]; }
  const Posterior& posterior() const { return diagnosis.beliefs.posteriors[index]; }
  const Observation& observation(std::size_t finding) const {
    return diagnosis.observations.all[diagnosis.observations.strongest_at[finding]];
  }
};

/// The rule that ties the pattern to a finding; null where it does so only by way of a consequence.
const Link* link_to(const Pattern& pattern, std::size_t finding) {
  for (const auto* links : {&pattern.shows, &pattern.never}) {
    for (const Link& link : *links) {
      if (link.finding == finding) return &link;
    }
  }
  return nullptr;
}

bool never_shows(const Pattern& pattern, std::size_t finding) {
  return std::any_of(pattern.never.begin(), pattern.never.end(),
                     [&](const Link& never) { return never.finding == finding; });
}

void append(std::vector<Reason>& to, std::vector<Reason> more) {
  for (Reason& each : more) to.push_back(std::move(each));
}

Reason needs(const Asked& asked) {
  const Degree degree = asked.diagnosis.observations.circumstances[asked.index].needs;
  Reason reason;
  if (!degree.known()) {
    reason.statement =
        fmt::format("what it needs could not be judged: {}", describe(degree.reason()));
  } else {
    reason.statement = degree.value() >= 1 ? "what it needs holds"
                       : degree.value() <= 0
                           ? "what it needs does not hold"
                           : fmt::format("what it needs holds to {:.3g} %", 100 * degree.value());
    reason.figures = {{"degree", degree.value()}};
  }
  reason.rule = asked.pattern().needs.front().span;
  return reason;
}

Reason risk(const Asked& asked, const Circumstance::Met& met) {
  const Risk& risk = asked.pattern().risks[met.risk];
  Reason reason{
      .statement = {}, .figures = {}, .rule = risk.span, .because = reasons_of(met.readings)};
  if (met.degree.known()) {
    const double factor = std::pow(risk.factor, met.degree.value());
    reason.statement = factor == 1 ? "a risk that is not there"
                                   : fmt::format("a risk changes its odds {:.3g}-fold", factor);
    reason.figures = {{"factor", factor}, {"degree", met.degree.value()}};
  } else {
    reason.statement = fmt::format("a risk could not be judged: {}", describe(met.degree.reason()));
  }
  return reason;
}

/// Fixes tried in vain that would have cured it.
std::vector<Reason> failed_tries(const Asked& asked) {
  std::vector<Reason> result;
  for (const Attempt& attempt : attempts(asked.knowledge, asked.run)) {
    if (attempt.helped) continue;
    for (const Cure& cure : asked.knowledge.fixes[attempt.fix].cures) {
      if (cure.pattern != asked.index) continue;
      result.push_back(
          {.statement = fmt::format("\"{}\" did not help, and would have cured it with {}",
                                    attempt.words, percent(cure.probability)),
           .figures = {{"factor", 1 - cure.probability}},
           .rule = asked.knowledge.fixes[attempt.fix].span,
           .because = {}});
    }
  }
  return result;
}

Reason prior(const Asked& asked) {
  Reason reason{
      .statement = fmt::format("before the evidence: {} of such runs have it",
                               percent(asked.posterior().prior)),
      .figures = {{"prior", asked.posterior().prior}, {"authored", asked.pattern().prior}},
      .rule = asked.pattern().span,
      .because = {}};
  if (!asked.pattern().needs.empty()) reason.because.push_back(needs(asked));
  for (const auto& met : asked.diagnosis.observations.circumstances[asked.index].risks) {
    reason.because.push_back(risk(asked, met));
  }
  append(reason.because, failed_tries(asked));
  return reason;
}

/// A finding that shifts the belief, with the comparisons that decided it.
Reason contribution(const Asked& asked, const Contribution& shifts) {
  const Finding& finding = asked.knowledge.findings[shifts.finding];
  const Observation& observation = asked.observation(shifts.finding);
  const Link* link = link_to(asked.pattern(), shifts.finding);
  const Degree degree = asked.diagnosis.network.signs[shifts.finding].degree;

  std::string how;
  if (!observation.degree.known()) how = ", in the user's words";
  if (!link) how += ", by way of what it leads to";
  if (!shifts.counted) how += ", not counted: another sign of the same thing says more";
  Reason reason{.statement = fmt::format(
                    "{}: {}, {}{}", observation.title.empty() ? finding.title : observation.title,
                    shift(shifts.weight), seen_to(degree.value()), how),
                .figures = {{"weight", shifts.weight}, {"degree", degree.value()}},
                .rule = link ? link->span : finding.span,
                .because = reasons_of(observation.readings)};
  if (observation.since) reason.figures.push_back({"since", *observation.since});
  append(reason.because, sources(asked.knowledge, finding));
  return reason;
}

/// The works that it rests on, under one head.
std::vector<Reason> cited(const Asked& asked) {
  std::vector<Reason> works = sources(asked.knowledge, asked.pattern());
  if (works.empty()) return {};
  Reason head{.statement = "sources", .figures = {}, .rule = {}, .because = std::move(works)};
  return {std::move(head)};
}

/// What labelled runs have shown the arithmetic to be worth.
Reason certainty(const Asked& asked) {
  const Posterior& posterior = asked.posterior();
  const double times = asked.pattern().certainty;
  return {.statement = fmt::format("by its evidence alone {}; its log-odds count {:.3g} times, as "
                                   "labelled runs showed such conclusions to be {} sure than that",
                                   percent(posterior.exact), times, times > 1 ? "more" : "less"),
          .figures = {{"exact", posterior.exact}, {"certainty", times}},
          .rule = {},
          .because = {}};
}

Reason why(const Asked& asked) {
  Reason reason{.statement = "why", .figures = {}, .rule = {}, .because = {prior(asked)}};
  for (const Contribution& each : asked.posterior().contributions) {
    if (each.weight > 0) reason.because.push_back(contribution(asked, each));
  }
  if (asked.pattern().certainty != 1) reason.because.push_back(certainty(asked));
  append(reason.because, cited(asked));
  return reason;
}

/// A finding that would speak for the pattern, if it could be judged and were seen.
Reason unknown_finding(const Asked& asked, const Network::Cause::Show& show) {
  const Finding& finding = asked.knowledge.findings[show.finding];
  const Observation& observation = asked.observation(show.finding);
  const double unseen = unseen_by_leak(asked.diagnosis.network.signs[show.finding]);
  const double weight = std::log((1 - unseen * kept_unseen(show)) / (1 - unseen));
  Reason reason{.statement = fmt::format("{}: unknown ({}); if seen, {}", finding.title,
                                         describe(observation.degree.reason()), shift(weight)),
                .figures = {{"weight_if_seen", weight}},
                .rule = finding.span,
                .because = {}};
  for (const Reading& reading : observation.readings) {
    if (!reading.degree.known()) append(reason.because, reasons_of({reading}));
  }
  return reason;
}

/// What its own evidence alone would make of it.
double probability_alone(const Asked& asked) {
  const Alone by_itself = alone(asked.diagnosis.network, asked.cause());
  double log_odds = by_itself.log_odds;
  for (const Contribution& each : by_itself.contributions) {
    if (!never_shows(asked.pattern(), each.finding)) log_odds += each.weight;
  }
  return 1 / (1 + std::exp(-log_odds));
}

std::vector<Reason> explained_away(const Asked& asked) {
  std::vector<Reason> result;
  const double by_itself = probability_alone(asked);
  if (by_itself <= asked.posterior().exact) return result;
  for (const std::size_t rival :
       rivals(asked.diagnosis.network, asked.diagnosis.beliefs, asked.index)) {
    const double probability = asked.diagnosis.beliefs.posteriors[rival].probability;
    result.push_back(
        {.statement = fmt::format("{} ({}) accounts for some of the same signs",
                                  asked.knowledge.patterns[rival].title, percent(probability)),
         .figures = {{"probability", probability}},
         .rule = asked.knowledge.patterns[rival].span,
         .because = {}});
  }
  if (!result.empty()) {
    Reason whole{.statement = fmt::format("without rivals it would be {}", percent(by_itself)),
                 .figures = {{"probability_alone", by_itself}},
                 .rule = {},
                 .because = std::move(result)};
    result = {std::move(whole)};
  }
  return result;
}

/// What speaks against it; what weighs little under one head.
std::vector<Reason> against(const Asked& asked) {
  std::vector<Reason> result;
  Reason little{.statement = {}, .figures = {}, .rule = {}, .because = {}, .minor = true};
  for (const Contribution& each : asked.posterior().contributions) {
    if (each.weight >= 0) continue;
    const bool heavy = each.weight <= -worth_a_line && each.counted;
    (heavy ? result : little.because).push_back(contribution(asked, each));
  }
  if (!little.because.empty()) {
    little.statement = fmt::format("{} more {} not seen, which says little", little.because.size(),
                                   little.because.size() == 1 ? "sign is" : "signs are");
    result.push_back(std::move(little));
  }
  return result;
}

/// The findings that nobody could judge, most telling first.
std::vector<Reason> not_judged(const Asked& asked) {
  std::vector<Reason> unknown;
  for (const auto& show : asked.cause().shows) {
    if (!asked.diagnosis.network.signs[show.finding].degree.known())
      unknown.push_back(unknown_finding(asked, show));
  }
  if (unknown.empty()) return {};
  std::stable_sort(unknown.begin(), unknown.end(), [](const Reason& a, const Reason& b) {
    return a.figures.front().value > b.figures.front().value;
  });
  Reason head{.statement = fmt::format("{} of its {} signs could not be judged", unknown.size(),
                                       asked.cause().shows.size()),
              .figures = {},
              .rule = {},
              .because = std::move(unknown)};
  return {std::move(head)};
}

Reason why_not(const Asked& asked) {
  Reason reason{.statement = "why not more", .figures = {}, .rule = {}, .because = against(asked)};
  append(reason.because, explained_away(asked));
  append(reason.because, not_judged(asked));
  if (reason.because.empty()) reason.statement = "nothing speaks against it";
  return reason;
}

/// The comparison that decides a finding and the value at which it would have the degree `to`.
struct Needed {
  const Reading* reading = nullptr;
  double value = 0;
};
std::optional<Needed> needed(const Observation& observation, double to) {
  for (const Reading& reading : observation.readings) {
    if (!reading.value.known() || !reading.low) continue;
    if (!reading.high) return Needed{&reading, *reading.low};
    const bool rising =
        (reading.distance > 0) == (reading.value.value() > (*reading.low + *reading.high) / 2);
    const double share = rising ? to : 1 - to;
    return Needed{&reading, *reading.low + share * (*reading.high - *reading.low)};
  }
  return std::nullopt;
}

Reason flip_reason(const Asked& asked, const Flip& flip) {
  const Finding& finding = asked.knowledge.findings[flip.finding];
  const Observation& observation = asked.observation(flip.finding);
  Reason reason{.statement = {},
                .figures = {{"to", flip.to}, {"probability", flip.probability}},
                .rule = finding.span,
                .because = {}};
  if (!flip.from.known()) {
    reason.statement = fmt::format("if \"{}\" were known and {}: {}", finding.title,
                                   flip.to > 0.5 ? "seen" : "not seen", percent(flip.probability));
    reason.because = reasons_of(observation.readings);
    return reason;
  }
  reason.figures.push_back({"from", flip.from.value()});
  reason.statement = fmt::format("if \"{}\" were {} instead of {}", finding.title, seen_to(flip.to),
                                 seen_to(flip.from.value()));
  if (const auto at = needed(observation, flip.to)) {
    reason.figures.push_back({"value", at->reading->value.value()});
    reason.figures.push_back({"needed", at->value});
    reason.statement += fmt::format(", that is {} at {}{:.4g} and not {:.4g}", at->reading->text,
                                    at->reading->high ? "" : "the other side of ", at->value,
                                    at->reading->value.value());
  }
  reason.statement += fmt::format(": {}", percent(flip.probability));
  return reason;
}

Reason what_would_change_it(const Asked& asked) {
  Reason reason{.statement = "what would change it", .figures = {}, .rule = {}, .because = {}};
  for (const Flip& flip : flips(asked.diagnosis.network, asked.diagnosis.beliefs, asked.index)) {
    reason.because.push_back(flip_reason(asked, flip));
  }
  if (reason.because.empty()) reason.statement = "no single finding would change it";
  return reason;
}

}  // namespace

Reason explain_pattern(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis,
                       Index pattern) {
  const Asked asked{knowledge, run, diagnosis, pattern};
  const double probability = asked.posterior().probability;
  Reason reason{.statement = fmt::format("{}: {}", asked.pattern().title, percent(probability)),
                .figures = {{"probability", probability}, {"prior", asked.posterior().prior}},
                .rule = asked.pattern().span,
                .because = {why(asked), why_not(asked)}};
  if (asked.cause().prior <= 0) {
    reason.because.push_back(
        {.statement = "out of the question: what it needs is known not to hold",
         .figures = {},
         .rule = asked.pattern().needs.empty() ? asked.pattern().span
                                               : asked.pattern().needs.front().span,
         .because = {}});
  } else {
    reason.because.push_back(what_would_change_it(asked));
  }
  return reason;
}

}  // namespace fmx::engine
