#include "engine/explain/described.hpp"

#include <optional>

#include "engine/belief/network.hpp"

namespace fmx::engine {
namespace {

/// What `symptom` describes, where the run shows none of it.
std::optional<NotShown> not_shown(const Knowledge& knowledge, const Run& run,
                                  const Diagnosis& diagnosis, const std::string& symptom) {
  std::optional<NotShown> unseen, unmeasured;
  const std::vector<Degree>& degrees = diagnosis.observations.strongest;
  for (Index f = 0; f < knowledge.findings.size(); ++f) {
    const Finding& finding = knowledge.findings[f];
    const bool said = is_said(finding, symptom);
    if (!said && !is_asked_for(finding, symptom)) continue;
    const Degree degree = degrees[f];
    if (degree.known() && degree.value() >= holds_from) return std::nullopt;
    if (!said) continue;
    if (degree.known()) {
      const bool nearer = !unseen || degree.value() > degrees[unseen->finding].value();
      if (nearer) unseen = {symptom, f, NotShown::Reason::not_seen, {}};
    } else {
      Needed needed = needed_for(knowledge, run, diagnosis.binding, f);
      const bool nearer = !unmeasured || needed.size() < unmeasured->needed.size();
      if (nearer) unmeasured = {symptom, f, NotShown::Reason::not_measured, std::move(needed)};
    }
  }
  return unseen ? unseen : unmeasured;
}

}  // namespace

std::vector<NotShown> not_shown(const Knowledge& knowledge, const Run& run,
                                const Diagnosis& diagnosis) {
  std::vector<NotShown> result;
  for (const std::string& symptom : run.symptoms) {
    if (auto found = not_shown(knowledge, run, diagnosis, symptom))
      result.push_back(*std::move(found));
  }
  return result;
}

}  // namespace fmx::engine
