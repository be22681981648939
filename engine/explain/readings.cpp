#include "engine/explain/readings.hpp"

#include <fmt/format.h>

#include <cmath>

namespace fmx::engine {

namespace {

/// "train/loss, steps 80 to 100", "setting lr", or nothing.
std::string where(const Reading& reading) {
  if (!reading.series.empty()) {
    return fmt::format(" ({}, steps {:.6g} to {:.6g})", reading.series, reading.first_step,
                       reading.last_step);
  }
  return reading.config_key.empty() ? "" : fmt::format(" (setting {})", reading.config_key);
}

std::string outcome(const Reading& reading) {
  if (!reading.degree.known()) return fmt::format("unknown: {}", describe(reading.degree.reason()));
  if (!reading.value.known()) return reading.degree.value() >= 0.5 ? "holds" : "does not hold";
  const double degree = reading.degree.value();
  std::string result = fmt::format("{:.6g}{}", reading.value.value(), where(reading));
  if (degree > 0 && degree < 1) {
    result += fmt::format(", holds to {}", percent(degree));
  } else {
    result += degree >= 1 ? ", holds" : ", fails";
    if (reading.distance != 0) result += fmt::format(" by {:.3g}", std::abs(reading.distance));
  }
  return result;
}

/// What stands before the bracket: "waits_for" of "waits_for(t0, t2)".
std::string_view relation_of(const Derived& derived) {
  return std::string_view(derived.fact).substr(0, derived.fact.find('('));
}

/// The rows that a row rests on, each with the rule that took it. Instead of rows of its own
/// relation those that they rest on in turn, so that a chain is told from end to end.
void tell(const Derived& derived, std::vector<Reason>& to) {
  for (const Derived& premise : derived.because) {
    if (!premise.because.empty() && relation_of(premise) == relation_of(derived)) {
      tell(premise, to);
      continue;
    }
    Reason row{.statement = premise.fact, .figures = {}, .rule = derived.rule, .because = {}};
    tell(premise, row.because);
    to.push_back(std::move(row));
  }
}

constexpr std::size_t few = 3;

/// Adds conditions that hold or do not, such as what is logged; many of them under one head.
void fold(std::vector<Reason> conditions, std::vector<Reason>& to) {
  if (conditions.size() <= few) {
    to.insert(to.end(), conditions.begin(), conditions.end());
    return;
  }
  Reason head;
  head.statement = fmt::format("{}; {}; and {} more such conditions", conditions[0].statement,
                               conditions[1].statement, conditions.size() - 2);
  head.rule = conditions.front().rule;
  head.because = std::move(conditions);
  head.minor = true;
  to.push_back(std::move(head));
}

}  // namespace

std::string seen_to(double degree) {
  if (degree >= 1) return "seen";
  return degree <= 0 ? "not seen" : fmt::format("seen to {}", percent(degree));
}

std::string shift(double weight) {
  const double factor = std::exp(std::abs(weight));
  if (factor < 1.05) return "leaves its odds as they are";
  const char* way = weight > 0 ? "raises" : "lowers";
  return factor < 9.95 ? fmt::format("{} its odds {:.2g} times", way, factor)
                       : fmt::format("{} its odds {:.0f} times", way, factor);
}

Wording as_written() {
  return {.outcome = [](const Reading& reading,
                        const Expression&) { return reading.text + ": " + outcome(reading); },
          .measured = [](const Reading& reading, const Expression&,
                         double value) { return fmt::format("{}: {:.4g}", reading.text, value); }};
}

std::vector<Reason> reasons_of(const std::vector<Reading>& readings, const Expression& condition,
                               const Wording& wording) {
  std::vector<Reason> result, yes_or_no;
  for (const Reading& reading : readings) {
    Reason reason{.statement = wording.outcome(reading, condition),
                  .figures = {},
                  .rule = reading.span,
                  .because = {}};
    if (reading.degree.known()) reason.figures.push_back({"degree", reading.degree.value()});
    if (reading.value.known()) {
      reason.figures.push_back({"value", reading.value.value()});
      reason.figures.push_back({"distance", reading.distance});
    }
    if (reading.low) reason.figures.push_back({"low", *reading.low});
    if (reading.high) reason.figures.push_back({"high", *reading.high});
    if (!reading.series.empty()) {
      reason.figures.push_back({"first_step", reading.first_step});
      reason.figures.push_back({"last_step", reading.last_step});
    }
    if (reading.derived) tell(*reading.derived, reason.because);
    const bool has_value = reading.derived || reading.value.known() || !reading.degree.known();
    (has_value ? result : yes_or_no).push_back(std::move(reason));
  }
  fold(std::move(yes_or_no), result);
  return result;
}

std::vector<Reason> sources(const Knowledge& knowledge, const Entity& entity) {
  std::vector<Reason> result;
  for (const Index work : entity.cites) {
    const SourceWork& source = knowledge.works[work];
    const std::string year = source.year > 0 ? fmt::format(" ({})", source.year) : "";
    result.push_back({.statement = fmt::format("source: {}{}", source.title, year),
                      .figures = {},
                      .rule = source.span,
                      .because = {}});
  }
  return result;
}

}  // namespace fmx::engine
