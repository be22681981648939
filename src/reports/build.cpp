#include "src/reports/build.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <string_view>

#include "engine/belief/network.hpp"
#include "engine/belief/tried.hpp"
#include "engine/explain/described.hpp"
#include "src/reports/checkup.hpp"
#include "src/reports/evidence.hpp"
#include "src/reports/figure.hpp"
#include "src/reports/hash.hpp"
#include "src/reports/literature.hpp"
#include "src/reports/phrase.hpp"
#include "src/reports/steps.hpp"

namespace fmx::reports {
namespace {

constexpr std::size_t few_samples = 10;  // fewer are no course
constexpr double high_confidence = 0.9, medium_confidence = 0.7;
constexpr double remarkable = 0.2;  // a finding that is seen more often anyway needs no explanation
constexpr double leading = 0.2;     // a diagnosis that literature and delegations are looked up for
constexpr std::size_t most_missing = 5, most_asked_about = 10;

/// How surely a pattern may be said to hold: by the least that its probability can be, whatever the
/// larger sets of causes are that were not weighed. High takes direct evidence as well: what is
/// only circumstantial stays medium.
std::string level(const engine::Diagnosis& diagnosis, Index pattern,
                  const std::vector<Evidence>& evidence) {
  const double least =
      engine::calibrated(diagnosis.beliefs.posteriors[pattern].exact - diagnosis.beliefs.left_out,
                         diagnosis.network.causes[pattern].certainty);
  const bool direct = std::ranges::any_of(evidence, &Evidence::direct);
  if (least > high_confidence && direct) return "high";
  return least >= medium_confidence ? "medium" : "low";
}

/// Ids of all patterns that `pattern` is, in one step or several, a kind of.
std::vector<std::string> generals(const Knowledge& knowledge, Index pattern) {
  std::vector<Index> found;
  std::vector<Index> open = {pattern};
  while (!open.empty()) {  // ends: every pattern is opened once
    const Index at = open.back();
    open.pop_back();
    for (const Index general : knowledge.patterns[at].kind_of) {
      if (general == pattern || std::ranges::find(found, general) != found.end()) continue;
      found.push_back(general);
      open.push_back(general);
    }
  }
  std::ranges::sort(found);
  std::vector<std::string> ids;
  for (const Index general : found) ids.push_back(knowledge.patterns[general].id);
  return ids;
}

std::string version_of(const Knowledge& knowledge, const std::string& pack) {
  const auto at = std::ranges::find(knowledge.packs, pack, &PackInfo::name);
  return at == knowledge.packs.end() ? "" : at->version;
}

std::vector<Index> findings_shown_by(const Pattern& pattern) {
  std::vector<Index> findings;
  for (const Link& link : pattern.shows) findings.push_back(link.finding);
  return findings;
}

std::vector<Lookalike> lookalikes(const Knowledge& knowledge, const Pattern& pattern) {
  std::vector<Lookalike> found;
  for (const Resembles& like : pattern.resembles) {
    const Pattern& other = knowledge.patterns[like.pattern];
    found.push_back(
        {other.id, other.title, like.how, like.check ? knowledge.checks[*like.check].title : ""});
  }
  return found;
}

DiagnosisEntry describe_pattern(const Case& facts, Index index) {
  const Knowledge& knowledge = facts.knowledge;
  const Pattern& pattern = knowledge.patterns[index];
  const engine::Posterior& posterior = facts.diagnosis.beliefs.posteriors[index];
  Weighed weighed = weigh(facts, index);

  DiagnosisEntry entry;
  entry.id = pattern.id;
  entry.title = pattern.title;
  entry.confidence = posterior.probability;
  entry.prior = posterior.prior;
  entry.level = level(facts.diagnosis, index, weighed.evidence);
  entry.severity = name_of(pattern.impact);
  entry.severity_because = pattern.impact_because;
  entry.mechanism = pattern.mechanism;
  entry.pack_version = version_of(knowledge, pattern.pack);
  entry.hash = content_hash(knowledge.sources.text(pattern.declaration));
  for (const Span& at : pattern.amended) {
    const Place place = knowledge.sources.place(at);
    entry.amends.push_back(fmt::format("{}:{}", knowledge.sources.at(at.source).path, place.line));
  }
  entry.evidence = std::move(weighed.evidence);
  entry.against = std::move(weighed.against);
  for (const Evidence& evidence : entry.evidence) {
    if (evidence.began && (!entry.began || *evidence.began < *entry.began))
      entry.began = evidence.began;
  }
  for (const Leads& leads : pattern.leads_to)
    entry.leads_to.push_back(knowledge.patterns[leads.pattern].id);
  for (const Index work : pattern.cites) entry.cites.push_back(knowledge.works[work].id);
  for (const RootCause& cause : pattern.causes)
    entry.causes.push_back({cause.text, cause.likelihood});
  for (const Dispute& dispute : pattern.disputed) {
    entry.disputed.push_back({dispute.claim, dispute.against, dispute.because});
  }
  entry.refuted_by = pattern.refuted;
  entry.resembles = lookalikes(knowledge, pattern);
  entry.kind_of = generals(knowledge, index);
  return entry;
}

std::vector<std::string> tried_words(const engine::Run& run) {
  std::vector<std::string> words;
  for (const engine::Tried& tried : run.tried) {
    words.push_back(tried.outcome.empty() ? tried.fix
                                          : fmt::format("{} ({})", tried.fix, tried.outcome));
  }
  return words;
}

/// The settings that packs know by name, as the run's config spells them.
std::vector<std::pair<std::string, engine::Setting>> known_settings(const Case& facts) {
  std::set<std::string> keys;
  for (const std::optional<std::string>& key : facts.diagnosis.binding.params) {
    if (key) keys.insert(*key);
  }
  std::vector<std::pair<std::string, engine::Setting>> settings;
  for (const std::string& key : keys) {
    const auto at = facts.run.config.find(key);
    if (at != facts.run.config.end()) settings.emplace_back(*at);
  }
  return settings;
}

/// A fix as people know it: by its title where it was given by its id.
std::string titled(const Knowledge& knowledge, const std::string& words) {
  const Fix* fix = find(knowledge.fixes, words);
  return fix == nullptr || fix->title.empty() ? words : fix->title;
}

/// What counts of the tries: those of fixes that the packs know.
std::vector<std::string> counted_tries(const Case& facts) {
  std::vector<std::string> lines;
  for (const engine::Attempt& attempt : engine::attempts(facts.knowledge, facts.run)) {
    std::string line =
        fmt::format("\"{}\" was tried and {}", facts.knowledge.fixes[attempt.fix].title,
                    attempt.helped ? "helped" : "did not help");
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
  }
  return lines;
}

/// What was tried, each once: "\"Lower the learning rate\" twice, \"clipping\"".
std::string tries(const Knowledge& knowledge, const std::vector<std::string>& words) {
  std::vector<std::pair<std::string, std::size_t>> times;
  for (const std::string& each : words) {
    const std::string title = titled(knowledge, each);
    const auto known = std::ranges::find(times, title, &std::pair<std::string, std::size_t>::first);
    if (known == times.end()) {
      times.emplace_back(title, 1);
    } else {
      ++known->second;
    }
  }
  std::string said;
  for (const auto& [title, count] : times) {
    said += fmt::format("{}\"{}\"{}", said.empty() ? "" : ", ", title,
                        count == 1   ? ""
                        : count == 2 ? " twice"
                                     : fmt::format(" {} times", count));
  }
  return said;
}

/// Lines of attempts that have come to their end, what that taught, and what to take up instead.
std::vector<std::string> stopped_lines(const Case& facts) {
  std::vector<std::string> lines;
  for (const engine::Stopped& stopped : facts.diagnosis.plan.stopped) {
    const std::string& title = facts.knowledge.patterns[stopped.pattern].title;
    std::string line =
        fmt::format("{} tries at \"{}\" did not help ({}): stop varying them. ",
                    stopped.tried.size(), title, tries(facts.knowledge, stopped.tried));
    line +=
        fmt::format("If it were the cause, that would happen in {} of cases; it now stands at {}.",
                    percent(stopped.all_in_vain),
                    percent(facts.diagnosis.beliefs.posteriors[stopped.pattern].probability));
    if (stopped.instead) {
      line +=
          fmt::format(" Take up another explanation of what is seen: \"{}\" ({}).",
                      facts.knowledge.patterns[*stopped.instead].title,
                      percent(facts.diagnosis.beliefs.posteriors[*stopped.instead].probability));
    } else {
      line +=
          " No other cause that the packs know explains what is seen: look for one outside them.";
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

/// Causes that are there again although a fix helped against them.
std::vector<std::string> returned_lines(const Case& facts) {
  std::vector<std::string> lines;
  for (const engine::Returned& again : facts.diagnosis.plan.returned) {
    std::string signs;
    for (const auto& each : facts.diagnosis.beliefs.posteriors[again.pattern].contributions) {
      if (each.weight <= 0) continue;
      signs = facts.knowledge.findings[each.finding].title;  // the strongest stands first
      break;
    }
    lines.push_back(fmt::format(
        "\"{}\" helped, and now \"{}\" is back ({}){}: the fix did not go far enough or was "
        "undone, or it treats a sign of something deeper.",
        titled(facts.knowledge, again.words), facts.knowledge.patterns[again.pattern].title,
        percent(facts.diagnosis.beliefs.posteriors[again.pattern].probability),
        signs.empty() ? "" : fmt::format(", seen by: {}", signs)));
  }
  return lines;
}

/// What an id is about: its first word, `ml` of `ml.optimization.lr_too_high`.
std::string_view field_of(std::string_view id) { return id.substr(0, id.find('.')); }

/// The field that a report is about: that of its first step, else of its first diagnosis.
std::string_view field_of(const Report& report) {
  if (!report.steps.empty()) return field_of(report.steps.front().id);
  return report.diagnoses.empty() ? std::string_view() : field_of(report.diagnoses.front().id);
}

/// What to do when the steps do not help, in the field of the first. There is always something.
std::vector<std::string> fallback(const Report& report, const Knowledge& knowledge) {
  std::vector<std::string> ways;
  if (!report.unexplained.empty())
    ways.push_back("Start from what is still unexplained: no failure above accounts for it.");
  if (!report.missing.empty()) {
    ways.push_back(
        fmt::format("Log {} and look again: it would tell most.", report.missing.front().log));
  }
  for (const Check& check : knowledge.checks) {
    if (!check.last_resort || field_of(check.id) != field_of(report)) continue;
    if (std::ranges::find(report.steps, check.id, &StepEntry::id) != report.steps.end()) continue;
    ways.push_back(check.about.empty() ? check.title + "."
                                       : fmt::format("{}: {}.", check.title, check.about));
  }
  ways.push_back(
      "Tell fmx what you see and what you tried (--symptom, --tried, --context): both count as "
      "evidence.");
  return ways;
}

template <class T>
void keep_first(std::vector<T>& items, std::optional<std::size_t> most) {
  if (most && items.size() > *most)
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(*most), items.end());
}

std::string unknown_names_note(const Report& report) {
  constexpr std::size_t most = 8;
  const std::size_t shown = std::min(most, report.unused.size());
  const auto end = report.unused.begin() + static_cast<std::ptrdiff_t>(shown);
  return fmt::format(
      "no pack knows these names: {}{}; name metrics as trainers do, or add a pack with `aliases` "
      "for them (fmx doctor shows what was understood)",
      fmt::join(report.unused.begin(), end, ", "), shown < report.unused.size() ? ", ..." : "");
}

/// A wrong guess must not go unseen.
void note_guesses(const Case& facts, Report& report) {
  const auto& metrics = facts.diagnosis.binding.metrics;
  for (std::size_t m = 0; m < metrics.size(); ++m) {
    for (const engine::Member& member : metrics[m]) {
      if (member.agreement != engine::Agreement::guessed) continue;
      report.notes.push_back(guess_note(facts.run.series[member.series].name,
                                        facts.knowledge.metrics[m].name, member.alias));
    }
  }
}

std::size_t longest(const engine::Run& run) {
  std::size_t most = 0;
  for (const engine::Series& series : run.series) most = std::max(most, series.steps.size());
  return most;
}

/// What would show something, at most three names of it.
std::string names_of(const Knowledge& knowledge, const engine::Needed& needed) {
  constexpr std::size_t most = 3;
  std::vector<std::string> names;
  for (const Index metric : needed.metrics) names.push_back(knowledge.metrics[metric].name);
  for (const Index param : needed.params) names.push_back(knowledge.params[param].name);
  for (const Index table : needed.tables) names.push_back(knowledge.relations[table].name);
  names.resize(std::min(names.size(), most));
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string not_shown_note(const Knowledge& knowledge, const engine::NotShown& each) {
  const std::string title = title_of_any(knowledge.findings[each.finding]);
  if (each.reason == engine::NotShown::Reason::not_seen) {
    return fmt::format(
        "you describe \"{}\": the numbers show none (\"{}\" was looked for and is not so), and "
        "they count; if another log shows it, give that one",
        each.symptom, title);
  }
  const std::string names = names_of(knowledge, each.needed);
  return fmt::format("you describe \"{}\": nothing that was read could show it (\"{}\"); {}",
                     each.symptom, title,
                     names.empty() ? "log it for longer to see" : "log " + names + " to see");
}

void describe_run(const Case& facts, Report& report) {
  const engine::Run& run = facts.run;
  report.input = run.input;
  report.input_hash = content_hash(run);
  report.symptoms = run.symptoms;
  report.expected = run.expected;
  report.changed = run.changed;
  report.tried = tried_words(run);
  report.step_name = run.step_name;
  report.environment.assign(run.environment.begin(), run.environment.end());
  report.settings = known_settings(facts);
  report.series_read = run.series.size();
  report.series_used = run.series.size() - facts.diagnosis.binding.unused.size();
  for (const engine::Series& series : run.series) report.samples_read += series.steps.size();
  for (const auto& [table, rows] : run.tables) report.rows_read += rows.size();
  for (const std::size_t series : facts.diagnosis.binding.unused)
    report.unused.push_back(run.series[series].name);
  report.notes = run.notes;
  const engine::Observations& observed = facts.diagnosis.observations;
  report.cut_short = !observed.given_up.empty();
  for (const auto* notes : {&observed.given_up, &observed.notes})
    std::ranges::copy(*notes, std::back_inserter(report.notes));
  const bool too_little = facts.diagnosis.status == engine::Status::insufficient_evidence;
  if (!report.unused.empty() && (too_little || report.series_used == 0))
    report.notes.push_back(unknown_names_note(report));
  if (too_little && !run.series.empty() && longest(run) < few_samples) {
    report.notes.push_back(fmt::format(
        "the longest series has {} sample{}: a course cannot be judged by so few; log more steps",
        longest(run), longest(run) == 1 ? "" : "s"));
  }
  note_guesses(facts, report);
  for (const std::string& symptom : run.symptoms) {
    if (engine::is_understood(facts.knowledge, symptom)) continue;
    report.notes.push_back(fmt::format(
        "no pack knows what \"{}\" says: it counts for nothing; say it in other words", symptom));
  }
  report.counted = counted_tries(facts);
  for (const engine::NotShown& each : engine::not_shown(facts.knowledge, run, facts.diagnosis))
    report.notes.push_back(not_shown_note(facts.knowledge, each));
  report.stopped = stopped_lines(facts);
  report.returned = returned_lines(facts);
}

/// The signs that stand as evidence of what is diagnosed: they are accounted for.
std::set<std::size_t> accounted_for(const engine::Diagnosis& diagnosis) {
  std::set<std::size_t> signs;
  for (const Index pattern : diagnosis.ranked) {
    const engine::Posterior& belief = diagnosis.beliefs.posteriors[pattern];
    if (belief.probability < engine::likely_from) continue;
    for (const engine::Contribution& each : belief.contributions) {
      if (each.counted && each.weight > 0) signs.insert(each.finding);
    }
  }
  return signs;
}

void describe_explanation(const Case& facts, Report& report) {
  const engine::Beliefs& beliefs = facts.diagnosis.beliefs;
  report.healthy_probability = beliefs.healthy;
  report.left_out = beliefs.left_out;
  if (!beliefs.explanations.empty()) {
    for (const std::size_t cause : beliefs.explanations.front().causes) {
      report.explanation.push_back(facts.knowledge.patterns[cause].id);
    }
    report.explanation_probability = beliefs.explanations.front().probability;
  }
  std::vector<std::size_t> unexplained = beliefs.unexplained;  // the rarest first
  std::ranges::stable_sort(unexplained, {},
                           [&](std::size_t f) { return facts.knowledge.findings[f].base; });
  const std::set<std::size_t> known = accounted_for(facts.diagnosis);
  for (const std::size_t finding : unexplained) {
    if (facts.knowledge.findings[finding].base >= remarkable || known.contains(finding)) continue;
    report.unexplained.push_back(describe(facts, static_cast<Index>(finding)).text);
  }
}

/// The patterns that the report speaks of at length: those that may well be so, at least the first.
std::vector<Index> leading_patterns(const engine::Diagnosis& diagnosis) {
  std::vector<Index> patterns;
  for (const Index pattern : diagnosis.ranked) {
    const bool may_be = diagnosis.beliefs.posteriors[pattern].probability >= leading;
    if (may_be || patterns.empty()) patterns.push_back(pattern);
  }
  return patterns;
}

/// The findings worth asking for: what the leading patterns show; where nothing could be judged,
/// what the most common ones do.
std::vector<Index> findings_to_ask_for(const Case& facts, std::vector<Index> patterns) {
  const engine::Diagnosis& diagnosis = facts.diagnosis;
  if (diagnosis.status == engine::Status::insufficient_evidence) {
    patterns.resize(facts.knowledge.patterns.size());
    std::iota(patterns.begin(), patterns.end(), Index{0});
    std::ranges::stable_sort(patterns, std::ranges::greater{},
                             [&](Index p) { return diagnosis.beliefs.posteriors[p].probability; });
    patterns.resize(std::min(patterns.size(), most_asked_about));
  }
  std::vector<Index> findings;
  for (const Index pattern : patterns) {
    std::ranges::copy(findings_shown_by(facts.knowledge.patterns[pattern]),
                      std::back_inserter(findings));
  }
  return findings;
}

}  // namespace

Report build(const Case& facts, std::optional<std::size_t> most) {
  const engine::Diagnosis& diagnosis = facts.diagnosis;
  Report report;
  report.status = engine::word(diagnosis.status);
  for (const PackInfo& pack : facts.knowledge.packs)
    report.packs.emplace_back(pack.name, pack.version);
  describe_run(facts, report);
  describe_explanation(facts, report);

  std::vector<Index> ranked = diagnosis.ranked;
  keep_first(ranked, most);
  const std::vector<Index> leaders = leading_patterns(diagnosis);
  report.missing = most_telling(facts, findings_to_ask_for(facts, leaders), most_missing);

  for (const Index pattern : ranked) {
    DiagnosisEntry entry = describe_pattern(facts, pattern);
    const std::vector<Index> shown = findings_shown_by(facts.knowledge.patterns[pattern]);
    for (const Missing& missing : report.missing) {
      const Finding* finding = find(facts.knowledge.findings, missing.finding);
      const auto index = static_cast<Index>(finding - facts.knowledge.findings.data());
      if (std::ranges::find(shown, index) != shown.end()) entry.missing.push_back(missing);
    }
    report.diagnoses.push_back(std::move(entry));
  }
  for (const Index pattern : diagnosis.benign)
    report.benign.push_back(describe_pattern(facts, pattern));
  const bool diagnosed = diagnosis.status == engine::Status::diagnosed && !report.diagnoses.empty();
  if (diagnosed) report.started = report.diagnoses.front().began;

  report.steps = describe_steps(facts);
  keep_first(report.steps, most);
  report.literature = literature(facts, leaders);
  report.insights = insights(facts, leaders);
  report.delegations = delegations(facts, leaders);
  report.fallback = fallback(report, facts.knowledge);
  return report;
}

}  // namespace fmx::reports
