#include "src/rule_tests/judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "src/rule_tests/meets.hpp"

namespace fmx::rule_tests {
namespace {

/// Says what came out in place of what was expected.
class Account {
 public:
  Account(const Knowledge& knowledge, const engine::Diagnosis& diagnosis)
      : knowledge_(knowledge), diagnosis_(diagnosis) {}

  Failure of(const Expectation& e) {
    const Place place = knowledge_.sources.place(e.span);
    failure_.place = fmt::format("{}:{}", knowledge_.sources.at(e.span.source).path, place.line);
    failure_.expected = std::string(knowledge_.sources.text(e.span));
    switch (e.kind) {
      case Expectation::Kind::pattern:
      case Expectation::Kind::benign: pattern(e); break;
      case Expectation::Kind::finding: finding(e); break;
      case Expectation::Kind::unknown_finding: unknown(e); break;
      case Expectation::Kind::fix: step(e, engine::Step::Kind::fix); break;
      case Expectation::Kind::check: step(e, engine::Step::Kind::check); break;
      case Expectation::Kind::healthy:
      case Expectation::Kind::insufficient: status(); break;
    }
    return std::move(failure_);
  }

 private:
  static std::string wanted(const Expectation& e) {
    std::string text;
    if (e.between) {
      text = fmt::format(" between {:.3g} and {:.3g}", e.above.value_or(0), e.below.value_or(1));
    } else {
      if (e.above) text += fmt::format(" above {:.3g}", *e.above);
      if (e.below) text += fmt::format(" below {:.3g}", *e.below);
    }
    if (text.empty()) text = fmt::format(" at least {:.3g}", even_odds);
    return (e.negated ? "wanted: not" : "wanted:") + text;
  }

  static std::string wanted_rank(const Expectation& e) {
    if (!e.among) return "";
    return *e.among == 1 ? ", first" : fmt::format(", among the first {}", *e.among);
  }

  void pattern(const Expectation& e) {
    const double probability = diagnosis_.beliefs.posteriors[e.index].probability;
    failure_.instead =
        fmt::format("its confidence is {:.3f} ({}{})", probability, wanted(e), wanted_rank(e));
    const std::size_t rank = rank_of(diagnosis_, e.index);
    if (e.among && rank != 1 && !diagnosis_.ranked.empty()) {
      failure_.instead += rank == 0 ? "; it has no rank" : fmt::format("; its rank is {}", rank);
      add_leader();
      add_findings_of(diagnosis_.ranked.front());
    }
    for (const Index finding : e.because) {
      if (!speaks_for(diagnosis_, finding, e.index)) {
        failure_.instead +=
            fmt::format("; {} does not speak for it", knowledge_.findings[finding].name);
      }
    }
    add_findings_of(e.index);
  }

  void finding(const Expectation& e) {
    const engine::Observation* seen = observed(diagnosis_.observations, e);
    if (seen == nullptr) {
      failure_.instead = "there is no such instance of it";
      add_instances(e.index);
      return;
    }
    failure_.instead =
        seen->degree.known()
            ? fmt::format("its degree is {:.3f} ({})", seen->degree.value(), wanted(e))
            : fmt::format("it is unknown: {}", describe(seen->degree.reason()));
    if (e.since_from) {
      failure_.instead += seen->since ? fmt::format("; it began at {:g} (wanted: {:g} .. {:g})",
                                                    *seen->since, *e.since_from, *e.since_to)
                                      : "; it has no begin";
    }
    add_observation(*seen, "");
  }

  void unknown(const Expectation& e) {
    const engine::Observation* seen = observed(diagnosis_.observations, e);
    if (seen == nullptr) {
      failure_.instead = "there is no such instance of it";
      add_instances(e.index);
      return;
    }
    failure_.instead = seen->degree.known() ? std::string("it is known")
                                            : fmt::format("it is unknown for another reason: {}",
                                                          describe(seen->degree.reason()));
    add_observation(*seen, "");
  }

  void step(const Expectation& e, engine::Step::Kind kind) {
    const bool fix = kind == engine::Step::Kind::fix;
    const std::size_t rank = rank_of(diagnosis_.plan, kind, e.index);
    failure_.instead =
        rank == 0   ? "it is not offered"
        : e.negated ? "it is offered"
                    : fmt::format("it is offered in place {}{}", rank,
                                  wanted_rank(e).empty() ? "" : " (wanted" + wanted_rank(e) + ")");
    const auto first = std::ranges::find(diagnosis_.plan.steps, kind, &engine::Step::kind);
    if (first == diagnosis_.plan.steps.end()) return;
    failure_.instead += fmt::format("; first is {}", fix ? knowledge_.fixes[first->index].id
                                                         : knowledge_.checks[first->index].id);
  }

  void status() {
    failure_.instead = diagnosis_.status == engine::Status::diagnosed ? "a failure is diagnosed"
                       : diagnosis_.status == engine::Status::healthy
                           ? "the run is judged healthy"
                           : "there is not enough evidence";
    if (diagnosis_.ranked.empty()) return;
    add_leader();
    add_findings_of(diagnosis_.ranked.front());
  }

  void add_leader() {
    const Index leader = diagnosis_.ranked.front();
    failure_.instead += fmt::format("; first is {} with {:.3f}", knowledge_.patterns[leader].id,
                                    diagnosis_.beliefs.posteriors[leader].probability);
  }

  void add_findings_of(Index pattern) {
    const Pattern& about = knowledge_.patterns[pattern];
    for (const Link& link : about.shows) {
      add_finding(link.finding,
                  fmt::format("{} shows {:.0f}%: ", about.name, link.probability * 100));
    }
    for (const Link& link : about.never) {
      add_finding(link.finding, fmt::format("{} never: ", about.name));
    }
  }

  void add_finding(Index finding, const std::string& lead) {
    const engine::Observations& seen = diagnosis_.observations;
    add_observation(seen.all[seen.strongest_at[finding]], lead);
  }

  void add_instances(Index finding) {
    for (const engine::Observation& seen : diagnosis_.observations.all) {
      if (seen.finding == finding) add_observation(seen, "");
    }
  }

  void add_observation(const engine::Observation& seen, const std::string& lead) {
    std::string name = knowledge_.findings[seen.finding].name;
    if (!seen.arguments.empty()) name += fmt::format("[{}]", fmt::join(seen.arguments, ", "));
    failure_.details.push_back(fmt::format(
        "{}{} {}", lead, name,
        seen.degree.known() ? fmt::format("has degree {:.3f}", seen.degree.value())
                            : fmt::format("is unknown: {}", describe(seen.degree.reason()))));
    for (const engine::Reading& reading : seen.readings) {
      failure_.details.push_back("  " + reading_words(reading));
    }
  }

  static std::string reading_words(const engine::Reading& reading) {
    if (!reading.value.known()) {
      return fmt::format("{}: {}", reading.text,
                         reading.degree.known()
                             ? fmt::format("degree {:.3f}", reading.degree.value())
                             : std::string(describe(reading.value.reason())));
    }
    std::string threshold;
    if (reading.low && reading.high) {
      threshold = fmt::format(" against {:.4g} .. {:.4g}", *reading.low, *reading.high);
    } else if (reading.low) {
      threshold = fmt::format(" against {:.4g}", *reading.low);
    }
    const std::string distance = reading.distance >= 0
                                     ? fmt::format("holds by {:.4g}", reading.distance)
                                     : fmt::format("{:.4g} short of it", -reading.distance);
    return fmt::format("{}: {:.4g}{}, {}", reading.text, reading.value.value(), threshold,
                       distance);
  }

  const Knowledge& knowledge_;
  const engine::Diagnosis& diagnosis_;
  Failure failure_;
};

}  // namespace

bool passes(const Test& test, const engine::Diagnosis& diagnosis) {
  return std::ranges::all_of(
      test.expect, [&](const Expectation& e) { return meets(diagnosis, e) != e.negated; });
}

std::vector<Failure> judge(const Knowledge& knowledge, const Test& test,
                           const engine::Diagnosis& diagnosis) {
  std::vector<Failure> failures;
  for (const Expectation& expected : test.expect) {
    if (meets(diagnosis, expected) != expected.negated) continue;
    failures.push_back(Account(knowledge, diagnosis).of(expected));
  }
  return failures;
}

}  // namespace fmx::rule_tests
