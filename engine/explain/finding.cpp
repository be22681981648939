#include <fmt/format.h>

#include "engine/explain/explain.hpp"
#include "engine/explain/readings.hpp"

namespace fmx::engine {

namespace {

std::string outcome(Degree degree) {
  if (!degree.known()) return fmt::format("unknown: {}", describe(degree.reason()));
  return seen_to(degree.value());
}

Reason instance(const Observation& observation, const Finding& finding, const Wording& wording) {
  Reason reason{.statement = fmt::format(
                    "{}: {}", observation.title.empty() ? finding.title : observation.title,
                    outcome(observation.degree)),
                .figures = {},
                .rule = finding.when.span,
                .because = reasons_of(observation.readings, finding.when, wording)};
  if (observation.degree.known()) reason.figures.push_back({"degree", observation.degree.value()});
  if (observation.since) reason.figures.push_back({"since", *observation.since});
  return reason;
}

/// What the finding did to each pattern that shows it.
Reason bearing(const Knowledge& knowledge, const Diagnosis& diagnosis, Index finding) {
  Reason reason{.statement = "what it speaks for", .figures = {}, .rule = {}, .because = {}};
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    const Posterior& posterior = diagnosis.beliefs.posteriors[i];
    for (const Contribution& each : posterior.contributions) {
      if (each.finding != finding) continue;
      reason.because.push_back(
          {.statement = fmt::format("{}: {}{}", knowledge.patterns[i].title, shift(each.weight),
                                    each.counted ? "" : ", not counted"),
           .figures = {{"weight", each.weight}, {"probability", posterior.probability}},
           .rule = knowledge.patterns[i].span,
           .because = {}});
    }
  }
  if (reason.because.empty()) reason.statement = "it speaks for no pattern here";
  return reason;
}

}  // namespace

Reason explain_finding(const Knowledge& knowledge, const Diagnosis& diagnosis, Index finding,
                       const Wording& wording) {
  const Finding& asked = knowledge.findings[finding];
  const Degree degree = diagnosis.observations.strongest[finding];
  const Degree used = diagnosis.network.signs[finding].degree;
  const Observations& observed = diagnosis.observations;
  const std::string& title = observed.all[observed.strongest_at[finding]].title;
  Reason reason{
      .statement = fmt::format("{}: {}", title.empty() ? asked.title : title, outcome(degree)),
      .figures = {{"base", asked.base}},
      .rule = asked.span,
      .because = {}};
  if (!degree.known() && used.known()) {
    reason.statement += fmt::format("; the user's words speak for it: {}", seen_to(used.value()));
  }
  for (const Observation& observation : diagnosis.observations.all) {
    if (observation.finding == finding)
      reason.because.push_back(instance(observation, asked, wording));
  }
  reason.because.push_back(bearing(knowledge, diagnosis, finding));
  for (Reason& source : sources(knowledge, asked)) reason.because.push_back(std::move(source));
  return reason;
}

}  // namespace fmx::engine
