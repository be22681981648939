#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/belief/tried.hpp"
#include "engine/explain/explain.hpp"
#include "engine/explain/percent.hpp"
#include "engine/explain/readings.hpp"
#include "engine/plan/situation.hpp"

namespace fmx::engine {

namespace {

/// The step's place in the plan, from 1; 0 if it is not in it.
std::size_t place(const Plan& plan, Step::Kind kind, Index index) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].kind == kind && plan.steps[i].index == index) return i + 1;
  }
  return 0;
}

Reason cure(const Knowledge& knowledge, const Diagnosis& diagnosis, const Cure& cure) {
  const double probability = diagnosis.beliefs.posteriors[cure.pattern].probability;
  return {.statement = fmt::format("cures {} ({}) with {}", knowledge.patterns[cure.pattern].title,
                                   percent(probability), percent(cure.probability)),
          .figures = {{"probability", probability}, {"cures", cure.probability}},
          .rule = knowledge.patterns[cure.pattern].span,
          .because = {}};
}

Reason plain(std::string statement) {
  return {.statement = std::move(statement), .figures = {}, .rule = {}, .because = {}};
}

Reason proposed(const Step& step, std::size_t place, const Entity& entity,
                std::string_view measure) {
  Reason reason{.statement = fmt::format("{}: step {}", entity.title, place),
                .figures = {{std::string(measure), step.likelihood},
                            {"effort_minutes", step.effort_minutes},
                            {"priority", step.priority}},
                .rule = entity.span,
                .because = {}};
  for (const std::string& caution : step.cautions) reason.because.push_back(plain(caution));
  return reason;
}

/// The settings that a fix would give the run and that the run has: "lr is 0.001"; empty where it
/// would change any.
std::string has_already(const Knowledge& knowledge, const Run& run, const Binding& binding,
                        const Fix& fix) {
  std::string had;
  for (const ParamChange& change : fix.changes) {
    const auto& key = binding.params[change.param];
    const auto setting = key ? run.config.find(*key) : run.config.end();
    const Number to = evaluate_number(knowledge, run, binding, change.to);
    const double* now =
        setting == run.config.end() ? nullptr : std::get_if<double>(&setting->second);
    if (now == nullptr || !to.known() || to.value() != *now) return "";
    had += fmt::format("{}{} is {:.6g}", had.empty() ? "" : ", ", *key, *now);
  }
  return had;
}

/// What keeps a fix out of the plan, as far as it can be told from outside.
std::vector<Reason> why_not_proposed(const Knowledge& knowledge, const Run& run,
                                     const Diagnosis& diagnosis, Index fix,
                                     const Wording& wording) {
  std::vector<Reason> result;
  for (const Attempt& attempt : attempts(knowledge, run)) {
    if (attempt.fix == fix) {
      result.push_back(plain(fmt::format("tried before (\"{}\"){}", attempt.words,
                                         attempt.helped ? ", it helped" : ", without success")));
    }
  }
  for (const Expression& when : knowledge.fixes[fix].when) {
    const Observation observed = evaluate(knowledge, run, diagnosis.binding, when);
    if (!observed.degree.known() || observed.degree.value() >= 0.5) continue;
    result.push_back({.statement = "its condition does not hold",
                      .figures = {{"degree", observed.degree.value()}},
                      .rule = when.span,
                      .because = reasons_of(observed.readings, when, wording)});
  }
  for (const Stopped& line : diagnosis.plan.stopped) {
    const auto& cures = knowledge.fixes[fix].cures;
    if (std::any_of(cures.begin(), cures.end(),
                    [&](const Cure& each) { return each.pattern == line.pattern; })) {
      result.push_back(plain(
          fmt::format("three tries at {} were in vain", knowledge.patterns[line.pattern].title)));
    }
  }
  const std::string had = has_already(knowledge, run, diagnosis.binding, knowledge.fixes[fix]);
  if (!had.empty())
    result.push_back(plain(fmt::format("it would change nothing: {} already", had)));
  if (result.empty()) result.push_back(plain("what it cures is not likely enough"));
  return result;
}

std::string in_bits(double nats) { return fmt::format("{:.2g}", nats / std::log(2.0)); }

std::string minutes(double count) { return fmt::format("{:.3g} min", count); }

/// What a check is expected to tell, about what, and what it takes.
Reason gain(const Knowledge& knowledge, const Step& step) {
  if (step.likelihood <= 0) return plain("a last resort: it helps any run where nothing else does");
  std::string about;
  for (const Index pattern : step.patterns) {
    const bool last = pattern == step.patterns.back();
    about += fmt::format("{}\"{}\"",
                         about.empty() ? " about "
                         : last        ? " and "
                                       : ", ",
                         knowledge.patterns[pattern].title);
  }
  return {.statement = fmt::format("expected to tell {} bits{}, for {} and {} to set it up",
                                   in_bits(step.likelihood), about, minutes(step.effort_minutes),
                                   minutes(minutes_to_set_up)),
          .figures = {{"expected_information", step.likelihood},
                      {"effort_minutes", step.effort_minutes},
                      {"set_up_minutes", minutes_to_set_up}},
          .rule = {},
          .because = {}};
}

/// Why a check stands before or behind the fixes.
Reason why_there(const Knowledge& knowledge, const Plan& plan, const Step& step) {
  if (step.likelihood <= 0) return plain("it is what is left where nothing else tells more");
  if (plan.looking_first)
    return plain(
        fmt::format("no cause reaches {}: looking comes before changing", percent(sure_enough)));
  if (!step.outlook) return plain("it stands by what it tells for its minutes");
  const Step::Outlook& outlook = *step.outlook;
  const auto first = [&](const std::optional<Index>& fix) {
    return fix ? fmt::format("\"{}\"", knowledge.fixes[*fix].title) : std::string("no fix");
  };
  const double takes = step.effort_minutes + minutes_to_set_up;
  return {.statement = fmt::format(
              "which fix comes first hangs on it: {} if \"{}\" turns out so, {} if not; that "
              "saves {} of runs repeated in vain, {} the {} that it takes: it {}",
              first(outlook.if_seen), knowledge.findings[outlook.finding].title,
              first(outlook.if_not), minutes(outlook.saves_minutes),
              outlook.pays ? "more than" : "no more than", minutes(takes),
              outlook.pays ? "comes before them" : "stands by what it tells for its minutes"),
          .figures = {{"saves_minutes", outlook.saves_minutes}, {"takes_minutes", takes}},
          .rule = {},
          .because = {}};
}

}  // namespace

Reason explain_fix(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis,
                   Index fix, const Wording& wording) {
  const Fix& asked = knowledge.fixes[fix];
  const std::size_t at = place(diagnosis.plan, Step::Kind::fix, fix);
  Reason reason;
  if (at > 0) {
    reason = proposed(diagnosis.plan.steps[at - 1], at, asked, "likelihood");
  } else {
    reason = {.statement = fmt::format("{}: not proposed", asked.title),
              .figures = {},
              .rule = asked.span,
              .because = why_not_proposed(knowledge, run, diagnosis, fix, wording)};
  }
  for (const Cure& each : asked.cures) reason.because.push_back(cure(knowledge, diagnosis, each));
  for (Reason& source : sources(knowledge, asked)) reason.because.push_back(std::move(source));
  return reason;
}

Reason explain_check(const Knowledge& knowledge, const Diagnosis& diagnosis, Index check) {
  const Check& asked = knowledge.checks[check];
  const std::size_t at = place(diagnosis.plan, Step::Kind::check, check);
  Reason reason;
  if (at > 0) {
    const Step& step = diagnosis.plan.steps[at - 1];
    reason = proposed(step, at, asked, "expected_information");
    reason.because.push_back(gain(knowledge, step));
    reason.because.push_back(why_there(knowledge, diagnosis.plan, step));
  } else {
    reason = {.statement = fmt::format("{}: not proposed, it would tell too little here (less than "
                                       "{} bits about any likely cause)",
                                       asked.title, in_bits(worth_knowing)),
              .figures = {},
              .rule = asked.span,
              .because = {}};
  }
  for (const Index finding : asked.reveals) {
    const bool known = diagnosis.network.signs[finding].degree.known();
    reason.because.push_back(
        {.statement = fmt::format("reveals \"{}\", {}", knowledge.findings[finding].title,
                                  known ? "which is known" : "which is unknown"),
         .figures = {},
         .rule = knowledge.findings[finding].span,
         .because = {}});
  }
  return reason;
}

}  // namespace fmx::engine
