#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>

#include "engine/belief/belief.hpp"
#include "src/reports/figure.hpp"
#include "src/reports/formats.hpp"
#include "src/reports/lines.hpp"
#include "src/reports/verdict.hpp"

namespace fmx::reports {
namespace {

constexpr double worth_naming = 0.05;  // a diagnosis below this is counted, not described
constexpr std::size_t most_unexplained = 10;

/// Text of a run or a pack as Markdown shows it unchanged, on one line.
std::string plain(std::string_view text) {
  std::string escaped;
  for (const char c : one_line(text)) {
    if (c == '*' || c == '_' || c == '`' || c == '[' || c == ']' || c == '<' || c == '|' ||
        c == '\\')
      escaped += '\\';
    escaped += c;
  }
  return escaped;
}

void field(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out += fmt::format("- **{}:** {}\n", name, plain(value));
}

void subfield(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out += fmt::format("   - **{}:** {}\n", name, plain(value));
}

std::string title(const Report& report) {
  return report.symptoms.empty() ? verdict(report).text : report.symptoms.front();
}

std::string joined(const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::string out;
  for (const auto& [key, value] : pairs)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", key, value);
  return out;
}

std::string setting_text(const engine::Setting& setting) {
  if (const auto* number = std::get_if<double>(&setting)) return figure(*number);
  if (const auto* flag = std::get_if<bool>(&setting)) return *flag ? "true" : "false";
  return std::get<std::string>(setting);
}

/// The environment, then the settings.
std::string context(const Report& report) {
  std::string out = joined(report.environment);
  for (const auto& [key, value] : report.settings) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", key, setting_text(value));
  }
  return out.empty() ? "not stated" : out;
}

/// What the user said, or else what the numbers show.
std::string symptom(const Report& report) {
  if (!report.symptoms.empty()) return fmt::format("{}", fmt::join(report.symptoms, "; "));
  if (report.status != "healthy" && !report.diagnoses.empty() &&
      !report.diagnoses.front().evidence.empty()) {
    return report.diagnoses.front().evidence.front().text;
  }
  return "none was described";
}

void write_characterization(std::string& out, const Report& report) {
  out += "\n## Failure Characterization\n\n";
  field(out, "Symptom", symptom(report));
  field(out, "Expected", report.expected.empty() ? "not stated" : report.expected);
  field(out, "Changed before", report.changed);
  if (report.started)
    field(out, "Started", fmt::format("{} {}", report.step_name, position(*report.started)));
  field(out, "Context", context(report));
  field(out, "Already tried",
        report.tried.empty() ? "nothing stated" : fmt::format("{}", fmt::join(report.tried, "; ")));
}

void write_evidence(std::string& out, std::string_view name,
                    const std::vector<Evidence>& evidence) {
  if (evidence.empty()) return;
  out += fmt::format("   - **{}:**\n", name);
  for (const Evidence& e : evidence) {
    const bool absent = e.weight < 0 && e.degree < engine::holds_from;
    out +=
        fmt::format("     - {}{} (rule {})\n", absent ? "not seen: " : "", plain(e.text), e.rule);
  }
}

/// The title of a diagnosis, or the id of what is none here.
std::string title_of(const Report& report, const std::string& id) {
  const auto known = std::ranges::find(report.diagnoses, id, &DiagnosisEntry::id);
  return known == report.diagnoses.end() ? id : known->title;
}

void write_diagnosis(std::string& out, const Report& report, const DiagnosisEntry& d, int rank) {
  out += fmt::format("{}. **{}** (`{}`): {} likely, {} confidence, severity {}\n", rank,
                     plain(d.title), d.id, percent(d.confidence), d.level, d.severity);
  for (const std::string& general : d.kind_of)
    subfield(out, "A kind of", title_of(report, general));
  subfield(out, "Why this happens", d.mechanism);
  write_evidence(out, "Evidence", d.evidence);
  write_evidence(out, "Against it", d.against);
  for (const Missing& m : d.missing)
    subfield(out, "Would tell more", fmt::format("{} ({})", m.log, m.title));
  for (const CauseEntry& c : d.causes) {
    subfield(out, "Comes about", fmt::format("{} ({})", c.text, percent(c.likelihood)));
  }
  for (const std::string& refuted : d.refuted_by) subfield(out, "Would rule it out", refuted);
  for (const DisputeEntry& x : d.disputed) {
    subfield(out, "Disputed", fmt::format("{} against {}: {}", x.claim, x.against, x.because));
  }
  for (const Lookalike& like : d.resembles) {
    subfield(out, "Looks like", like.title + (like.how.empty() ? "" : ": " + like.how));
  }
}

void write_diagnoses(std::string& out, const Report& report) {
  out += "\n## Root Causes (Ranked)\n\n";
  if (report.diagnoses.empty()) out += "None of the known failures is likely.\n";
  int rank = 0;
  for (const DiagnosisEntry& d : report.diagnoses) {
    if (rank == 0 || d.confidence >= worth_naming) write_diagnosis(out, report, d, ++rank);
  }
  const std::size_t unlikely = report.diagnoses.size() - static_cast<std::size_t>(rank);
  if (unlikely > 0) {
    out += fmt::format("\n{} more, each less than {} likely: `--format json` lists them.\n",
                       unlikely, percent(worth_naming));
  }
  std::vector<std::string> together;
  for (const DiagnosisEntry& d : report.diagnoses) {
    if (std::ranges::find(report.explanation, d.id) != report.explanation.end())
      together.push_back(d.title);
  }
  if (together.size() > 1) {
    field(out, "At the same time",
          fmt::format("{}: together they account best for what was seen ({})",
                      fmt::join(together, ", "), percent(report.explanation_probability)));
  }
  for (std::size_t i = 0; i < std::min(most_unexplained, report.unexplained.size()); ++i)
    field(out, "Still unexplained", report.unexplained[i]);
  if (report.unexplained.size() > most_unexplained) {
    field(out, "Still unexplained",
          fmt::format("and {} more", report.unexplained.size() - most_unexplained));
  }
  if (report.benign.empty()) return;
  out += "\n### Harmless, though it may look alarming\n\n";
  for (const DiagnosisEntry& benign : report.benign) write_diagnosis(out, report, benign, 1);
}

void write_literature(std::string& out, const Report& report) {
  out += "\n## Literature Findings\n\n";
  if (report.literature.empty()) out += "No source is tied to this diagnosis.\n";
  int number = 0;
  for (const Cited& c : report.literature) {
    const std::string name =
        c.url.empty() ? plain(c.title) : fmt::format("[{}]({})", plain(c.title), c.url);
    out +=
        fmt::format("{}. {}{}\n", ++number, name, c.year == 0 ? "" : fmt::format(" ({})", c.year));
    subfield(out, "Their problem", c.problem);
    subfield(out, "Root cause", c.cause);
    subfield(out, "Their fix", c.fix);
    subfield(out, "Establishes", c.establishes);
    subfield(out, "Applicability", c.applicability + ": " + c.applicability_because);
  }
}

void write_insights(std::string& out, const Report& report) {
  out += "\n## Cross-Domain Insights\n\n";
  if (report.insights.empty()) out += "None that adds a fix to those below.\n";
  for (const Insight& insight : report.insights) out += fmt::format("- {}\n", plain(insight.text));
}

void write_delegations(std::string& out, const Report& report) {
  out += "\n## Subagent Investigations\n\n";
  if (report.delegations.empty()) out += "None proposed.\n";
  for (const Delegation& d : report.delegations) {
    out += fmt::format("- **{}** on \"{}\": {}{}\n", plain(d.to), plain(d.hypothesis),
                       plain(d.asks), d.looks_at.empty() ? "" : " Look at: " + plain(d.looks_at));
  }
}

/// The titles of sources, and their numbers in the literature where they stand there.
std::string sources(const Report& report, const std::vector<std::string>& ids) {
  std::string out;
  for (std::size_t i = 0; i < report.literature.size(); ++i) {
    if (std::ranges::find(ids, report.literature[i].id) == ids.end()) continue;
    out +=
        fmt::format("{}{} ({} above)", out.empty() ? "" : "; ", report.literature[i].title, i + 1);
  }
  return out;
}

void write_steps(std::string& out, const Report& report) {
  out += "\n## Recommended Next Steps (Prioritized)\n\n";
  if (report.steps.empty()) {
    out += report.status == "healthy" ? "Nothing needs to be done.\n"
                                      : "None: log first what would tell more.\n";
  }
  for (const Missing& m : report.missing) {
    if (report.status == "insufficient-evidence")
      field(out, "Log", fmt::format("{}, to see whether: {}", m.log, m.title));
  }
  for (const StepEntry& s : report.steps) {
    out += fmt::format("{}. **{}** ({}, {}, {})\n", s.rank, plain(s.what), s.kind,
                       effort(s.effort_min), plain(s.aim));
    subfield(out, "What", s.what);
    subfield(out, "Why", s.why);
    subfield(out, "How", s.how);
    subfield(out, s.kind == "fix" ? "Verify" : "How to read it", s.verify);
    subfield(out, "What this will not fix", s.leaves);
    if (s.kind == "fix") subfield(out, "Risk", s.risk);
    for (const std::string& caution : s.cautions) subfield(out, "Careful", caution);
    subfield(out, "Sources", sources(report, s.cites));
  }
}

void write_list(std::string& out, std::string_view heading, const std::vector<std::string>& items) {
  if (items.empty()) return;
  out += fmt::format("\n## {}\n\n", heading);
  for (const std::string& item : items) out += fmt::format("- {}\n", plain(item));
}

void write_provenance(std::string& out, const Report& report) {
  out += "\n---\n\n";
  out += fmt::format("fmx {} on `{}` ({} series, {} samples, {}). Packs: {}.\n", FMX_VERSION,
                     report.input, report.series_read, report.samples_read, report.input_hash,
                     joined(report.packs));
}

}  // namespace

std::string markdown(const Report& report) {
  std::string out = fmt::format("# Failure Mode Research: {}\n\n", plain(title(report)));
  const Verdict judged = verdict(report);
  out += fmt::format("Verdict: **{}**", plain(judged.text));
  if (judged.probability) out += fmt::format(", {} likely", percent(*judged.probability));
  if (judged.tone == Verdict::Tone::sick)
    out += fmt::format(" ({} confidence)", report.diagnoses.front().level);
  out += "\n";
  if (const std::string bound = said_of_left_out(report); !bound.empty())
    out += "\n" + bound + "\n";
  write_characterization(out, report);
  write_diagnoses(out, report);
  write_literature(out, report);
  write_insights(out, report);
  write_delegations(out, report);
  write_list(out, "Stop and Think Again", report.stopped);
  write_list(out, "It Came Back", report.returned);
  write_steps(out, report);
  write_list(out, "If None of the Above Work", report.fallback);
  write_list(out, "About the Input", report.notes);
  write_provenance(out, report);
  return out;
}

}  // namespace fmx::reports
