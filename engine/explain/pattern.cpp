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
  const Wording& wording;

  const Pattern& pattern() const { return knowledge.patterns[index]; }
  const Network::Cause& cause() const { return diagnosis.network.causes[index]; }
  const Posterior& posterior() const { return diagnosis.beliefs.posteriors[index]; }
  /// With the values of its variables where it has any.
  const std::string& title(std::size_t finding) const {
    const std::string& said = observation(finding).title;
    return said.empty() ? knowledge.findings[finding].title : said;
  }
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
                           : fmt::format("what it needs holds to {}", percent(degree.value()));
    reason.figures = {{"degree", degree.value()}};
  }
  reason.rule = asked.pattern().needs.front().span;
  for (const Expression& need : asked.pattern().needs) {
    const Observation judged = evaluate(asked.knowledge, asked.run, asked.diagnosis.binding, need);
    append(reason.because, reasons_of(judged.readings, need, asked.wording));
  }
  return reason;
}

Reason risk(const Asked& asked, const Circumstance::Met& met) {
  const Risk& risk = asked.pattern().risks[met.risk];
  Reason reason{.statement = {},
                .figures = {},
                .rule = risk.span,
                .because = reasons_of(met.readings, risk.when, asked.wording)};
  if (met.degree.known()) {
    const double factor = std::pow(risk.factor, met.degree.value());
    reason.statement = factor == 1 ? "a risk that is not there"
                                   : fmt::format("a risk {}", shift(std::log(factor)));
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
  const std::string before = percent(asked.posterior().prior),
                    of_all = percent(asked.pattern().prior);
  Reason reason{
      .statement =
          before == of_all
              ? fmt::format("before the evidence: {} of such runs have it", before)
              : fmt::format("before the evidence: {}; of all such runs {} have it", before, of_all),
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

/// The other choices of its variables for which a finding is seen.
std::vector<Reason> instances_beside(const Asked& asked, std::size_t finding) {
  std::vector<Reason> result;
  const Observations& observed = asked.diagnosis.observations;
  for (std::size_t i = 0; i < observed.all.size(); ++i) {
    const Observation& other = observed.all[i];
    if (other.finding != finding || i == observed.strongest_at[finding]) continue;
    if (!other.degree.known() || other.degree.value() < holds_from) continue;
    result.push_back({.statement = fmt::format("also: {}", other.title),
                      .figures = {{"degree", other.degree.value()}},
                      .rule = asked.knowledge.findings[finding].span,
                      .because = reasons_of(other.readings, asked.knowledge.findings[finding].when,
                                            asked.wording)});
  }
  return result;
}

/// A finding that shifts the belief, with the comparisons that decided it.
Reason contribution(const Asked& asked, const Contribution& shifts) {
  const Finding& finding = asked.knowledge.findings[shifts.finding];
  const Observation& observation = asked.observation(shifts.finding);
  const Link* link = link_to(asked.pattern(), shifts.finding);
  const Degree degree = asked.diagnosis.network.signs[shifts.finding].degree;

  std::string how = seen_to(degree.value());
  if (!observation.degree.known()) how += " in the user's words";
  if (!link) how += ", a sign of what it leads to";
  how += shifts.counted ? ", which " + shift(shifts.weight)
                        : ", not counted: another sign of the same thing says more";
  Reason reason{.statement = fmt::format("{}: {}", asked.title(shifts.finding), how),
                .figures = {{"weight", shifts.weight}, {"degree", degree.value()}},
                .rule = link ? link->span : finding.span,
                .because = reasons_of(observation.readings, finding.when, asked.wording)};
  if (observation.since) reason.figures.push_back({"since", *observation.since});
  append(reason.because, instances_beside(asked, shifts.finding));
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
  const double times = asked.cause().certainty;
  return {
      .statement = fmt::format("{} by the figures of the rules; said as {}, since labelled runs "
                               "showed that such conclusions may be trusted {} (certainty {:.3g}x)",
                               percent(posterior.exact), percent(posterior.probability),
                               times > 1 ? "more" : "less", times),
      .figures = {{"exact", posterior.exact}, {"certainty", times}},
      .rule = {},
      .because = {}};
}

Reason why(const Asked& asked) {
  Reason reason{.statement = "why", .figures = {}, .rule = {}, .because = {prior(asked)}};
  for (const Contribution& each : asked.posterior().contributions) {
    if (each.weight > 0) reason.because.push_back(contribution(asked, each));
  }
  if (percent(asked.posterior().exact) != percent(asked.posterior().probability))
    reason.because.push_back(certainty(asked));
  return reason;
}

/// A finding that would speak for the pattern, if it could be judged and were seen.
Reason unknown_finding(const Asked& asked, const Network::Cause::Show& show) {
  const Finding& finding = asked.knowledge.findings[show.finding];
  const Observation& observation = asked.observation(show.finding);
  const double unseen = unseen_by_leak(asked.diagnosis.network.signs[show.finding]);
  const double weight = std::log((1 - unseen * kept_unseen(show)) / (1 - unseen));
  Reason reason{
      .statement = fmt::format("{}: unknown ({}); if seen, it {}", asked.title(show.finding),
                               describe(observation.degree.reason()), shift(weight)),
      .figures = {{"weight_if_seen", weight}},
      .rule = finding.span,
      .because = {}};
  for (const Reading& reading : observation.readings) {
    if (!reading.degree.known())
      append(reason.because, reasons_of({reading}, finding.when, asked.wording));
  }
  return reason;
}

/// What its own evidence alone would make of it.
double probability_alone(const Asked& asked) {
  const Alone by_itself = alone(asked.diagnosis.network.signs, asked.cause());
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
  const double said = calibrated(by_itself, asked.cause().certainty);
  if (percent(said) == percent(asked.posterior().probability)) return {};
  if (!result.empty()) {
    Reason whole{.statement = fmt::format("without rivals it would be {}", percent(said)),
                 .figures = {{"probability_alone", said}},
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
  Reason head;
  head.statement = fmt::format("{} of its {} signs could not be judged", unknown.size(),
                               asked.cause().shows.size());
  head.because = std::move(unknown);
  return {std::move(head)};
}

Reason why_not(const Asked& asked) {
  Reason reason{.statement = "why not more", .figures = {}, .rule = {}, .because = against(asked)};
  append(reason.because, explained_away(asked));
  append(reason.because, not_judged(asked));
  if (reason.because.empty()) reason.statement = "nothing speaks against it";
  return reason;
}

/// Whether a condition is comparisons tied by `connective` alone, or a single one.
bool only(Operator connective, const Expression& condition) {
  if (condition.kind == Expression::Kind::finding || condition.kind == Expression::Kind::aggregate)
    return false;
  if (condition.kind != Expression::Kind::operation) return true;
  if (condition.op == Operator::logical_not) return false;
  const bool either = condition.op == Operator::logical_and || condition.op == Operator::logical_or;
  if (!either) return true;
  return condition.op == connective &&
         std::all_of(condition.operands.begin(), condition.operands.end(),
                     [&](const Expression& each) { return only(connective, each); });
}

/// A comparison and the value at which it would have the degree `to`.
struct Needed {
  const Reading* reading = nullptr;
  double value = 0;
};
std::optional<Needed> needed(const Reading& reading, double to) {
  if (!reading.value.known() || !reading.low) return std::nullopt;
  if (!reading.high) return Needed{&reading, *reading.low};
  const bool rising =
      (reading.distance > 0) == (reading.value.value() > (*reading.low + *reading.high) / 2);
  const double share = rising ? to : 1 - to;
  return Needed{&reading, *reading.low + share * (*reading.high - *reading.low)};
}

/// What the comparisons of a finding would have to come to for it to have the degree `to`; empty
/// where that cannot be said of each by itself.
std::vector<Needed> needed(const Observation& observation, const Expression& condition, double from,
                           double to) {
  const bool raise = to > from;
  if (!raise && !observation.arguments.empty()) return {};  // another instance may still be seen
  const bool all_take_part = only(raise ? Operator::logical_and : Operator::logical_or, condition);
  const bool one_is_enough = only(raise ? Operator::logical_or : Operator::logical_and, condition);
  std::vector<Needed> result;
  for (const Reading& reading : observation.readings) {
    const bool in_the_way = reading.degree.known() &&
                            (raise ? reading.degree.value() < to : reading.degree.value() > to);
    if (!in_the_way) continue;
    const std::optional<Needed> at = needed(reading, to);
    if (one_is_enough && at) return {*at};
    if (!at || !all_take_part) return {};
    result.push_back(*at);
  }
  return result;
}

Reason flip_reason(const Asked& asked, const Flip& flip) {
  const Finding& finding = asked.knowledge.findings[flip.finding];
  const Observation& observation = asked.observation(flip.finding);
  Reason reason{.statement = {},
                .figures = {{"to", flip.to}, {"probability", flip.probability}},
                .rule = finding.span,
                .because = {}};
  if (!flip.from.known()) {
    reason.statement =
        fmt::format("{} if \"{}\" were {} (it is unknown)", percent(flip.probability),
                    asked.title(flip.finding), flip.to > 0.5 ? "seen" : "known not to be seen");
    reason.because = reasons_of(observation.readings, finding.when, asked.wording);
    return reason;
  }
  const double from = flip.from.value();
  reason.figures.push_back({"from", from});
  reason.statement = fmt::format("{} if \"{}\" were {} (it is {})", percent(flip.probability),
                                 asked.title(flip.finding), seen_to(flip.to), seen_to(from));
  for (const Needed& at : needed(observation, finding.when, from, flip.to)) {
    const std::string words = asked.wording.measured(*at.reading, finding.when, at.value);
    if (words.empty()) continue;
    reason.because.push_back(
        {.statement =
             fmt::format("that is where {}{}", words, at.reading->high ? "" : ", or just past it"),
         .figures = {{"value", at.reading->value.value()}, {"needed", at.value}},
         .rule = at.reading->span,
         .because = {}});
  }
  return reason;
}

Reason what_would_change_it(const Asked& asked) {
  Reason reason{.statement = "what would change it", .figures = {}, .rule = {}, .because = {}};
  const std::vector<Flip> found = flips(asked.diagnosis.network, asked.diagnosis.beliefs,
                                        asked.index, graded_findings(asked.knowledge));
  for (const Flip& flip : found) {
    reason.because.push_back(flip_reason(asked, flip));
  }
  if (reason.because.empty()) reason.statement = "no single finding would change it";
  return reason;
}

}  // namespace

Reason explain_pattern(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis,
                       Index pattern, const Wording& wording) {
  const Asked asked{knowledge, run, diagnosis, pattern, wording};
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
  append(reason.because, cited(asked));
  return reason;
}

}  // namespace fmx::engine
