#include "tests/engine/dump.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fmx::engine::test {

namespace {

std::string text(const Degree& degree) {
  return degree.known() ? fmt::format("{}", degree.value())
                        : std::string(describe(degree.reason()));
}

std::string text(const Number& number) {
  return number.known() ? fmt::format("{}", number.value())
                        : std::string(describe(number.reason()));
}

std::string text(const std::optional<double>& number) {
  return number ? fmt::format("{}", *number) : "-";
}

std::string text(const Reading& r) {
  return fmt::format("{}..{} {} {} {} {} {} {} {} {} {} {}", r.span.begin, r.span.end, r.text,
                     text(r.degree), text(r.value), text(r.low), text(r.high), r.distance, r.series,
                     r.config_key, r.first_step, r.last_step);
}

std::string text(const std::vector<Reading>& readings) {
  std::string all;
  for (const Reading& reading : readings) all += "\n    " + text(reading);
  return all;
}

void add(std::string& out, const Binding& binding) {
  for (const auto& members : binding.metrics) {
    out += "metric:";
    for (const Member& m : members)
      out += fmt::format(" {} {} {};", fmt::join(m.labels, "/"), m.series,
                         static_cast<int>(m.agreement));
    out += '\n';
  }
  for (const auto& key : binding.params) out += fmt::format("param: {}\n", key.value_or("-"));
  out += fmt::format("unused: {}\n", binding.unused);
}

void add(std::string& out, const Observations& observations) {
  for (const Observation& o : observations.all) {
    out += fmt::format("finding {} ({}) {}: {} {}{}\n", o.finding, fmt::join(o.arguments, ", "),
                       o.title, text(o.degree), text(o.since), text(o.readings));
  }
  for (std::size_t i = 0; i < observations.strongest.size(); ++i)
    out += fmt::format("strongest {}: {} {}\n", i, text(observations.strongest[i]),
                       observations.strongest_at[i]);
  for (const Circumstance& c : observations.circumstances) {
    out += fmt::format("needs {} risks {}", text(c.needs), c.risk_factor);
    for (const auto& met : c.risks)
      out += fmt::format(" {} {}{}", met.risk, text(met.degree), text(met.readings));
    out += '\n';
  }
  for (const auto* notes : {&observations.given_up, &observations.notes}) {
    for (const std::string& note : *notes) out += "note: " + note + '\n';
  }
}

void add(std::string& out, const Beliefs& beliefs) {
  for (const Posterior& p : beliefs.posteriors) {
    out += fmt::format("posterior {} prior {}:", p.probability, p.prior);
    for (const Contribution& c : p.contributions)
      out += fmt::format(" {} {} {};", c.finding, c.weight, c.counted);
    out += '\n';
  }
  for (const Explanation& e : beliefs.explanations)
    out += fmt::format("explanation {}: {}\n", e.causes, e.probability);
  out += fmt::format("healthy {}, left out {}, unexplained {}\n", beliefs.healthy, beliefs.left_out,
                     beliefs.unexplained);
}

void add(std::string& out, const Plan& plan) {
  for (const Step& step : plan.steps) {
    out +=
        fmt::format("step {} {} {} {} {} {} [{}]", step.kind == Step::Kind::fix ? "fix" : "check",
                    step.index, step.likelihood, step.effort_minutes, step.priority, step.patterns,
                    fmt::join(step.cautions, "; "));
    for (const Change& c : step.changes)
      out += fmt::format(" {} {} {} -> {}", c.param, c.key, text(c.from), text(c.to));
    out += '\n';
  }
  for (const Stopped& line : plan.stopped)
    out += fmt::format("stopped {}: {}\n", line.pattern, fmt::join(line.tried, "; "));
}

}  // namespace

std::string dump(const Diagnosis& diagnosis) {
  std::string out =
      fmt::format("status {}, ranked {}, benign {}\n", static_cast<int>(diagnosis.status),
                  diagnosis.ranked, diagnosis.benign);
  add(out, diagnosis.binding);
  add(out, diagnosis.observations);
  add(out, diagnosis.beliefs);
  add(out, diagnosis.plan);
  return out;
}

}  // namespace fmx::engine::test
