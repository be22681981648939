#include "src/reports/steps.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "src/reports/figure.hpp"
#include "src/reports/lines.hpp"
#include "src/reports/phrase.hpp"

namespace fmx::reports {
namespace {

constexpr std::size_t brief = 20;  ///< characters

/// The advice for the run's framework, else the one for any, else the first there is.
std::string advice_for(const engine::Run& run, const std::vector<Advice>& how) {
  const auto framework = run.environment.find("framework");
  const Advice* chosen = nullptr;
  for (const Advice& advice : how) {
    const bool fits = framework != run.environment.end() && advice.framework == framework->second;
    if (fits) return advice.text;
    if (chosen == nullptr || (advice.framework.empty() && !chosen->framework.empty()))
      chosen = &advice;
  }
  if (chosen == nullptr) return "";
  return chosen->framework.empty() ? chosen->text
                                   : fmt::format("({}) {}", chosen->framework, chosen->text);
}

/// "learning_rate from 0.1 to 0.033"
std::string change_words(const Knowledge& knowledge, const Fix& fix, const engine::Change& change) {
  if (change.from && change.to) {
    return fmt::format("{} from {} to {}", change.key, figure(*change.from), figure(*change.to));
  }
  if (change.to) return fmt::format("{} to {}", change.key, figure(*change.to));
  const auto rule = std::ranges::find(fix.changes, change.param,
                                      &ParamChange::param);  // the run has no numbers for it
  return fmt::format("{} to {}", change.key, one_line(knowledge.sources.text(rule->to.span)));
}

std::string what_to_do(const Knowledge& knowledge, const Fix& fix, const engine::Step& step) {
  std::string what = fix.title;
  for (std::size_t i = 0; i < step.changes.size(); ++i) {
    what += (i == 0 ? ": " : ", ") + change_words(knowledge, fix, step.changes[i]);
  }
  return what;
}

std::vector<std::string> ids_of(const std::vector<SourceWork>& works,
                                const std::vector<Index>& cited) {
  std::vector<std::string> ids;
  for (const Index work : cited) ids.push_back(works[work].id);
  return ids;
}

std::string titles_of(const Knowledge& knowledge, const std::vector<Index>& patterns) {
  std::string titles;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (i > 0) titles += i + 1 == patterns.size() ? " from " : ", ";
    titles += "\"" + knowledge.patterns[patterns[i]].title + "\"";
  }
  return titles;
}

StepEntry describe_fix(const Case& facts, const engine::Step& step) {
  const Fix& fix = facts.knowledge.fixes[step.index];
  StepEntry entry;
  entry.kind = "fix";
  entry.id = fix.id;
  entry.what = what_to_do(facts.knowledge, fix, step);
  entry.why = fix.why;
  entry.how = advice_for(facts.run, fix.how);
  entry.verify = how_to_verify(facts, fix);
  entry.leaves = fix.leaves;
  entry.risk = std::string(name_of(fix.risk));
  entry.risky = fix.risk > Impact::low;
  if (!fix.risk_because.empty()) entry.risk += ": " + fix.risk_because;
  entry.cites = ids_of(facts.knowledge.works, fix.cites);
  for (const Index pattern : step.patterns)
    entry.cures.push_back(facts.knowledge.patterns[pattern].id);
  return entry;
}

/// What comes first once a check is made, where its outcome decides that.
std::string outlook_words(const Knowledge& knowledge, const engine::Step::Outlook& outlook) {
  const auto first = [&](const std::optional<Index>& fix) {
    return fix ? fmt::format("\"{}\" comes first", knowledge.fixes[*fix].title)
               : std::string("there is nothing to mend yet");
  };
  return fmt::format("if \"{}\" turns out so, {}; if not, {}",
                     title_of_any(knowledge.findings[outlook.finding]), first(outlook.if_seen),
                     first(outlook.if_not));
}

StepEntry describe_check(const Case& facts, const engine::Step& step) {
  const Check& check = facts.knowledge.checks[step.index];
  StepEntry entry;
  entry.kind = "check";
  entry.id = check.id;
  entry.what = check.title;
  entry.why =
      step.patterns.size() > 1 ? "tells " + titles_of(facts.knowledge, step.patterns) : check.about;
  entry.how = advice_for(facts.run, check.how);
  if (entry.how.starts_with(entry.what)) {  // what is to be done, said once more
    const std::string more = entry.how.substr(entry.what.size());
    if (more.size() <= brief) entry.how.clear();
  }
  entry.verify = check.reads;
  if (step.outlook) {
    if (!entry.verify.empty()) entry.verify += "; ";
    entry.verify += outlook_words(facts.knowledge, *step.outlook);
  }
  entry.cites = ids_of(facts.knowledge.works, check.cites);
  return entry;
}

/// "52 % likely to mend it"; what it mends is named where that is not the first diagnosis.
std::string fix_aim(const Case& facts, const engine::Step& step) {
  const std::vector<Index>& ranked = facts.diagnosis.ranked;
  const bool first =
      step.patterns.empty() || ranked.empty() || step.patterns.front() == ranked.front();
  if (first) return percent(step.likelihood) + " likely to mend it";
  std::vector<std::string> mended;
  for (const Index pattern : step.patterns) {
    mended.push_back("\"" + facts.knowledge.patterns[pattern].title + "\"");
  }
  return fmt::format("{} likely to mend {}", percent(step.likelihood), fmt::join(mended, " or "));
}

std::string check_aim(const Knowledge& knowledge, const engine::Step& step) {
  if (step.patterns.empty()) return "tells more";
  return (step.patterns.size() == 1 ? "tells whether it is " : "tells ") +
         titles_of(knowledge, step.patterns);
}

}  // namespace

std::string_view name_of(Impact impact) {
  switch (impact) {
    case Impact::none: return "none";
    case Impact::low: return "low";
    case Impact::medium: return "medium";
    case Impact::high: return "high";
    case Impact::critical: return "critical";
  }
  return "";
}

std::string how_to_verify(const Case& facts, const Fix& fix) {
  if (!fix.verify) return fix.verify_text;
  const std::string condition = one_line(phrase(facts, *fix.verify));
  std::string when;
  if (fix.verify_within) {
    when = fix.verify_within->unit == Unit::seconds
               ? fmt::format("within {} min: ", figure(fix.verify_within->value / 60))
               : fmt::format("within {} steps: ", position(fix.verify_within->value));
  }
  return fix.verify_text.empty() ? when + condition
                                 : fmt::format("{} ({}{})", fix.verify_text, when, condition);
}

std::vector<StepEntry> describe_steps(const Case& facts) {
  std::vector<StepEntry> entries;
  const engine::Status status = facts.diagnosis.status;
  if (status == engine::Status::healthy) return entries;
  for (const engine::Step& step : facts.diagnosis.plan.steps) {
    const bool fix = step.kind == engine::Step::Kind::fix;
    if (fix && status != engine::Status::diagnosed) continue;
    StepEntry entry = fix ? describe_fix(facts, step) : describe_check(facts, step);
    entry.rank = static_cast<int>(entries.size()) + 1;
    entry.cautions = step.cautions;
    entry.effort_min = step.effort_minutes;
    entry.aim = fix ? fix_aim(facts, step) : check_aim(facts.knowledge, step);
    entry.likelihood = step.likelihood;
    entry.priority = step.priority;
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace fmx::reports
