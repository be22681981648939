#include "src/rule_tests/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

namespace fmx::rule_tests {
namespace {

constexpr double even_odds = 0.5;  // what `expect` means where it gives no bound

/// One expectation against one diagnosis.
class Judge {
 public:
  Judge(const Knowledge& knowledge, const engine::Diagnosis& diagnosis)
      : knowledge_(knowledge), diagnosis_(diagnosis) {}

  std::optional<Failure> judge(const Expectation& expected) const {
    Failure failure;
    const bool held = holds(expected, failure);
    if (held != expected.negated) return std::nullopt;
    const Place place = knowledge_.sources.place(expected.span);
    failure.place =
        fmt::format("{}:{}", knowledge_.sources.at(expected.span.source).path, place.line);
    failure.expected = std::string(knowledge_.sources.text(expected.span));
    return failure;
  }

 private:
  bool holds(const Expectation& e, Failure& failure) const {
    switch (e.kind) {
      case Expectation::Kind::pattern: return pattern_holds(e, failure);
      case Expectation::Kind::benign: return pattern_holds(e, failure);
      case Expectation::Kind::finding: return finding_holds(e, failure);
      case Expectation::Kind::unknown_finding: {
        add_finding(e.index, "", failure);
        failure.instead = "it is known";
        return !diagnosis_.observations.strongest[e.index].known();
      }
      case Expectation::Kind::fix: return step_holds(e, engine::Step::Kind::fix, failure);
      case Expectation::Kind::check: return step_holds(e, engine::Step::Kind::check, failure);
      case Expectation::Kind::healthy: return status_holds(engine::Status::healthy, failure);
      case Expectation::Kind::insufficient:
        return status_holds(engine::Status::insufficient_evidence, failure);
    }
    return false;
  }

  static bool within(const Expectation& e, double value) {
    if (e.above || e.below) return (!e.above || value > *e.above) && (!e.below || value < *e.below);
    return value >= even_odds;
  }

  static std::string wanted(const Expectation& e) {
    std::string text;
    if (e.above) text += fmt::format(" above {:.3g}", *e.above);
    if (e.below) text += fmt::format(" below {:.3g}", *e.below);
    if (text.empty()) text = fmt::format(" at least {:.3g}", even_odds);
    return (e.negated ? "wanted: not" : "wanted:") + text;
  }

  bool pattern_holds(const Expectation& e, Failure& failure) const {
    const double probability = diagnosis_.beliefs.posteriors[e.index].probability;
    const bool first = !diagnosis_.ranked.empty() && diagnosis_.ranked.front() == e.index;
    failure.instead = fmt::format("its confidence is {:.3f} ({}{})", probability, wanted(e),
                                  e.first ? ", first" : "");
    if (e.first && !first && !diagnosis_.ranked.empty()) {
      const Index leader = diagnosis_.ranked.front();
      failure.instead += fmt::format("; first is {} with {:.3f}", knowledge_.patterns[leader].id,
                                     diagnosis_.beliefs.posteriors[leader].probability);
      add_findings_of(leader, failure);
    }
    add_findings_of(e.index, failure);
    return within(e, probability) && (!e.first || first);
  }

  bool finding_holds(const Expectation& e, Failure& failure) const {
    const Degree degree = diagnosis_.observations.strongest[e.index];
    failure.instead = degree.known()
                          ? fmt::format("its degree is {:.3f} ({})", degree.value(), wanted(e))
                          : fmt::format("it is unknown: {}", describe(degree.reason()));
    add_finding(e.index, "", failure);
    return degree.known() && within(e, degree.value());
  }

  bool step_holds(const Expectation& e, engine::Step::Kind kind, Failure& failure) const {
    const engine::Step* first = nullptr;
    bool offered = false;
    for (const engine::Step& step : diagnosis_.plan.steps) {
      if (step.kind != kind) continue;
      if (first == nullptr) first = &step;
      offered = offered || step.index == e.index;
    }
    const bool fix = kind == engine::Step::Kind::fix;
    failure.instead = offered ? "it is offered, but not first" : "it is not offered";
    if (e.negated) failure.instead = "it is offered";
    if (first != nullptr) {
      failure.instead += fmt::format("; first is {}", fix ? knowledge_.fixes[first->index].id
                                                          : knowledge_.checks[first->index].id);
    }
    return offered && (!e.first || first->index == e.index);
  }

  bool status_holds(engine::Status wanted_status, Failure& failure) const {
    failure.instead = diagnosis_.status == engine::Status::diagnosed ? "a failure is diagnosed"
                      : diagnosis_.status == engine::Status::healthy
                          ? "the run is judged healthy"
                          : "there is not enough evidence";
    if (!diagnosis_.ranked.empty()) {
      const Index leader = diagnosis_.ranked.front();
      failure.instead += fmt::format("; first is {} with {:.3f}", knowledge_.patterns[leader].id,
                                     diagnosis_.beliefs.posteriors[leader].probability);
      add_findings_of(leader, failure);
    }
    return diagnosis_.status == wanted_status;
  }

  void add_findings_of(Index pattern, Failure& failure) const {
    for (const Link& link : knowledge_.patterns[pattern].shows) {
      add_finding(link.finding,
                  fmt::format("{} shows {:.0f}%: ", knowledge_.patterns[pattern].name,
                              link.probability * 100),
                  failure);
    }
    for (const Link& link : knowledge_.patterns[pattern].never) {
      add_finding(link.finding, fmt::format("{} never: ", knowledge_.patterns[pattern].name),
                  failure);
    }
  }

  void add_finding(Index finding, const std::string& lead, Failure& failure) const {
    const engine::Observations& observed = diagnosis_.observations;
    const Degree degree = observed.strongest[finding];
    failure.details.push_back(
        fmt::format("{}{} {}", lead, knowledge_.findings[finding].name,
                    degree.known() ? fmt::format("has degree {:.3f}", degree.value())
                                   : fmt::format("is unknown: {}", describe(degree.reason()))));
    for (const engine::Reading& reading : observed.all[observed.strongest_at[finding]].readings) {
      failure.details.push_back("  " + reading_words(reading));
    }
  }

  static std::string reading_words(const engine::Reading& reading) {
    if (!reading.value.known()) {
      return fmt::format("{}: {}", reading.text,
                         reading.degree.known()
                             ? fmt::format("degree {:.3f}", reading.degree.value())
                             : std::string(describe(reading.value.reason())));
    }
    const std::string distance = reading.distance >= 0
                                     ? fmt::format("holds by {:.4g}", reading.distance)
                                     : fmt::format("{:.4g} short of it", -reading.distance);
    return fmt::format("{}: {:.4g}, {}", reading.text, reading.value.value(), distance);
  }

  const Knowledge& knowledge_;
  const engine::Diagnosis& diagnosis_;
};

}  // namespace

std::vector<Failure> judge(const Knowledge& knowledge, const Test& test,
                           const engine::Diagnosis& diagnosis) {
  const Judge judge(knowledge, diagnosis);
  std::vector<Failure> failures;
  for (const Expectation& expected : test.expect) {
    if (std::optional<Failure> failure = judge.judge(expected))
      failures.push_back(*std::move(failure));
  }
  return failures;
}

}  // namespace fmx::rule_tests
