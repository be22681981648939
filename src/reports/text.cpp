#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/belief/belief.hpp"
#include "knowledge/utf8.hpp"
#include "src/reports/figure.hpp"
#include "src/reports/formats.hpp"
#include "src/reports/lines.hpp"
#include "src/reports/page.hpp"
#include "src/reports/verdict.hpp"

namespace fmx::reports {
namespace {

constexpr std::size_t most_evidence = 4, most_against = 2, most_alternatives = 3,
                      most_later_steps = 3;
constexpr std::size_t most_curves = 2, most_unexplained = 3;
constexpr double close_likeness = 0.8;  // of an analogy: the equations agree after renaming
constexpr double worth_saying = 0.5;    // nats that a counter-argument must weigh
constexpr double worth_naming = 0.05;   // an alternative below this is not worth a line
constexpr double worth_hearing = 0.01;  // nor below this where the user's words ask for an answer

Ink ink_of(const std::string& severity) {
  if (severity == "critical" || severity == "high") return Ink::red;
  return severity == "medium" ? Ink::yellow : Ink::bold;
}

void write_origin(Page& page, const Report& report) {
  std::string origin = report.input;
  if (report.series_read > 0 || report.rows_read == 0) {
    origin += fmt::format(" · {}, {}", count(report.series_read, "series", "series"),
                          count(report.samples_read, "sample", "samples"));
  }
  if (report.rows_read > 0)
    origin += fmt::format(" · {}", count(report.rows_read, "row of tables", "rows of tables"));
  if (report.started)
    origin += fmt::format(" · began at {} {}", report.step_name, position(*report.started));
  page.paragraph(origin, 2, "  ", Ink::dim);
}

void write_verdict(Page& page, const Report& report) {
  page.blank();
  const Verdict judged = verdict(report);
  if (judged.tone == Verdict::Tone::sick) {
    const DiagnosisEntry& first = report.diagnoses.front();
    page.paragraph(
        fmt::format("{}, {} confidence · {}", said(judged, " · "), first.level, first.severity), 2,
        "  ", ink_of(first.severity));
  } else {
    page.paragraph(said(judged, " · "), 2, "  ",
                   judged.tone == Verdict::Tone::sound ? Ink::green : Ink::yellow);
  }
  write_origin(page, report);
  if (const std::string bound = said_of_left_out(report); !bound.empty())
    page.paragraph(bound, 2, "  ", Ink::yellow);
}

/// The curve of a piece of evidence, its range, and a mark where it went wrong.
void write_curve(Page& page, const Evidence& evidence, const std::string& step_name) {
  constexpr int indent = 4;
  const std::string drawn = blocks(evidence.curve);
  const std::string range =
      fmt::format("  {} .. {}", figure(evidence.curve.lowest), figure(evidence.curve.highest));
  if (indent + columns(drawn) > page.width()) return;
  const std::string pad(indent, ' ');
  const bool beside = indent + columns(drawn) + columns(range) <= page.width();
  page.line(pad + drawn + (beside ? range : ""), Ink::cyan);
  if (!evidence.curve.mark || !evidence.began) return;
  const std::string mark = fmt::format("▲ {} {}", step_name, position(*evidence.began));
  std::string under = pad + std::string(*evidence.curve.mark, ' ') + mark;
  if (columns(under) > page.width()) {  // then the words stand left of the mark
    const std::string words = fmt::format("{} {} ", step_name, position(*evidence.began));
    const int at = indent + static_cast<int>(*evidence.curve.mark);
    under =
        std::string(static_cast<std::size_t>(std::max(0, at - columns(words))), ' ') + words + "▲";
  }
  page.line(under, Ink::red);
}

void write_evidence(Page& page, const DiagnosisEntry& diagnosis, const Report& report) {
  if (diagnosis.evidence.empty() && diagnosis.against.empty()) return;
  page.heading("What the numbers say");
  std::size_t curves = 0;
  std::vector<std::string> drawn;
  for (std::size_t i = 0; i < std::min(most_evidence, diagnosis.evidence.size()); ++i) {
    const Evidence& evidence = diagnosis.evidence[i];
    page.paragraph(evidence.text, 4, "  + ");
    const bool again = std::ranges::find(drawn, evidence.series) != drawn.end();
    if (evidence.curve.empty() || again || curves == most_curves) continue;
    const bool named = evidence.text.find(evidence.series) != std::string::npos;
    if (!named) page.paragraph(evidence.series, 4, "    ", Ink::dim);
    write_curve(page, evidence, report.step_name);
    drawn.push_back(evidence.series);
    ++curves;
  }
  std::size_t shown = 0;
  for (const Evidence& against : diagnosis.against) {
    if (against.weight > -worth_saying || shown++ == most_against) break;
    page.paragraph(
        against.degree < engine::holds_from ? "not seen: " + against.title : against.text, 4,
        "  - ", Ink::dim);
  }
}

void write_mechanism(Page& page, const DiagnosisEntry& diagnosis) {
  if (diagnosis.mechanism.empty()) return;
  page.heading("Why this happens");
  page.paragraph(diagnosis.mechanism, 4, "    ");
  if (!diagnosis.causes.empty()) {
    page.paragraph("Most often: " + diagnosis.causes.front().text, 4, "    ");
  }
}

void write_field(Page& page, std::string_view name, const std::string& text) {
  if (text.empty()) return;
  page.paragraph(text, 15, fmt::format("     {:<10}", name));
}

/// The first source of `ids`, to read on.
std::string reading_of(const Report& report, const std::vector<std::string>& ids) {
  for (const Cited& cited : report.literature) {
    if (ids.empty() || cited.id != ids.front()) continue;
    const std::string year = cited.year == 0 ? "" : fmt::format(" ({})", cited.year);
    return fmt::format("{}{} {}", cited.title, year, cited.url);
  }
  return "";
}

std::string in_brackets(const std::string& id) { return "[" + id + "]"; }

void write_first_step(Page& page, const Report& report) {
  const StepEntry& step = report.steps.front();
  page.heading(step.kind == "fix" ? "Do this first" : "Find this out first");
  page.paragraph(step.what, 5, fmt::format("  {}  ", step.rank), Ink::green, in_brackets(step.id));
  const std::string chance =
      step.kind == "fix"
          ? fmt::format("{}, {}, risk {}", effort(step.effort_min), step.aim, step.risk)
          : effort(step.effort_min);
  write_field(page, "takes", chance);
  write_field(page, "why", step.why);
  write_field(page, "how", step.how);
  write_field(page, step.kind == "fix" ? "worked if" : "read it", step.verify);
  write_field(page, "leaves", step.leaves);
  for (const std::string& caution : step.cautions) write_field(page, "careful", caution);
  write_field(page, "read", reading_of(report, step.cites));
}

void write_later_steps(Page& page, const Report& report) {
  if (report.steps.size() < 2) return;
  page.heading("Then, if that was not it");
  for (std::size_t i = 1; i < std::min(report.steps.size(), 1 + most_later_steps); ++i) {
    const StepEntry& step = report.steps[i];
    page.paragraph(fmt::format("{} ({}, {})", step.what, effort(step.effort_min), step.aim), 5,
                   fmt::format("  {}  ", step.rank), Ink::plain, in_brackets(step.id));
    if (step.risky) write_field(page, "risk", step.risk);
    for (const std::string& caution : step.cautions) write_field(page, "careful", caution);
  }
}

std::string strongest_sign(const DiagnosisEntry& diagnosis) {
  return diagnosis.evidence.empty() ? "" : diagnosis.evidence.front().title;
}

/// How to tell `other` from what ranks first, where the packs say. What a pattern says of one that
/// resembles it describes that one.
std::string how_to_tell(const DiagnosisEntry& first, const DiagnosisEntry& other) {
  const auto words = [](const std::string& how, const std::string& check) {
    if (check.empty()) return how;
    return how.empty() ? "to tell: " + check : fmt::format("{} (to tell: {})", how, check);
  };
  for (const Lookalike& like : first.resembles) {
    if (like.id == other.id) return words(like.how, like.check);
  }
  for (const Lookalike& like : other.resembles) {
    if (like.id != first.id) continue;
    return words(like.how.empty() ? "" : fmt::format("unlike \"{}\": {}", first.title, like.how),
                 like.check);
  }
  return strongest_sign(other);
}

/// Whether `other` holds beside what ranks first in the likeliest account of all that was seen.
bool holds_too(const Report& report, const DiagnosisEntry& other) {
  const auto in_it = [&](const std::string& id) {
    return std::ranges::find(report.explanation, id) != report.explanation.end();
  };
  return other.confidence >= engine::likely_from && in_it(other.id) &&
         in_it(report.diagnoses.front().id);
}

/// Likely patterns, each with `words` of it.
template <class Words>
void write_others(Page& page, std::string_view heading,
                  const std::vector<const DiagnosisEntry*>& others, const Words& words) {
  if (others.empty()) return;
  page.heading(heading);
  for (const DiagnosisEntry* other : others) {
    const std::string more = one_line(words(*other));
    page.paragraph(more.empty() ? other->title : fmt::format("{}: {}", other->title, more), 10,
                   fmt::format("  {:>6}  ", percent(other->confidence)));
  }
}

bool is_kind_of(const DiagnosisEntry& special, const DiagnosisEntry& general) {
  return std::ranges::find(special.kind_of, general.id) != special.kind_of.end();
}

void write_alternatives(Page& page, const Report& report) {
  if (report.diagnoses.empty()) return;
  const bool diagnosed = report.status == "diagnosed";
  const DiagnosisEntry& first = report.diagnoses.front();
  const double least = !diagnosed && !report.symptoms.empty() ? worth_hearing : worth_naming;
  std::vector<const DiagnosisEntry*> kinds, generals, besides, instead;
  const auto place_of = [&](const DiagnosisEntry& other) -> auto& {
    if (!diagnosed) return instead;
    if (is_kind_of(other, first)) return kinds;
    if (is_kind_of(first, other)) return generals;
    return holds_too(report, other) ? besides : instead;
  };
  for (std::size_t i = diagnosed ? 1 : 0; i < report.diagnoses.size(); ++i) {
    const DiagnosisEntry& other = report.diagnoses[i];
    if (other.confidence < least || other.evidence.empty()) continue;
    auto& where = place_of(other);
    if (where.size() < most_alternatives) where.push_back(&other);
  }
  const auto tell = [&](const DiagnosisEntry& other) { return how_to_tell(first, other); };
  write_others(page, "More precisely, it may be", kinds, strongest_sign);
  write_others(page, "Also wrong, at the same time", besides, strongest_sign);
  write_others(page, diagnosed ? "What else it could be" : "What it might be", instead, tell);
  if (!generals.empty()) {
    page.heading("More generally, it is");
    for (const DiagnosisEntry* general : generals) page.paragraph(general->title, 10, "    ");
  }
}

void write_benign(Page& page, const Report& report) {
  if (report.benign.empty()) return;
  page.heading("Harmless, though it may look alarming");
  for (const DiagnosisEntry& benign : report.benign) {
    const std::string why = benign.evidence.empty() ? "" : ": " + benign.evidence.front().text;
    page.paragraph(benign.title + why, 4, "    ");
  }
}

void write_missing(Page& page, const Report& report) {
  if (report.missing.empty()) return;
  const bool sure = report.status == "diagnosed" && !report.diagnoses.empty() &&
                    report.diagnoses.front().level == "high";
  if (sure) return;
  page.heading(report.status == "diagnosed" ? "To be surer, log" : "To be able to tell, log");
  std::vector<std::pair<std::string, std::string>> asked;  // each metric once, in their order
  for (const Missing& missing : report.missing) {
    const auto known =
        std::ranges::find(asked, missing.log, &std::pair<std::string, std::string>::first);
    if (known == asked.end()) {
      asked.emplace_back(missing.log, missing.title);
    } else {
      known->second += "; " + missing.title;
    }
  }
  for (const auto& [metric, titles] : asked)
    page.paragraph(fmt::format("{}, to see whether: {}", metric, titles), 6, "    ");
}

void write_insight(Page& page, const Report& report) {
  if (report.status != "diagnosed" || report.insights.empty() ||
      report.insights.front().strength < close_likeness)
    return;
  page.heading("From another field");
  page.paragraph(report.insights.front().text, 4, "    ");
}

/// The first of `items`, and how many more there are.
std::vector<std::string> first(const std::vector<std::string>& items, std::size_t most) {
  if (items.size() <= most) return items;
  std::vector<std::string> shown(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(most));
  shown.push_back(fmt::format("and {} more", items.size() - most));
  return shown;
}

void write_list(Page& page, std::string_view title, const std::vector<std::string>& items) {
  if (items.empty()) return;
  page.heading(title);
  for (const std::string& item : items) page.paragraph(item, 4, "    ");
}

}  // namespace

std::string text(const Report& report, const Layout& layout) {
  Page page(layout);
  write_verdict(page, report);
  write_list(page, "Counted as evidence", report.counted);
  write_list(page, "Stop and think again", report.stopped);
  write_list(page, "It came back", report.returned);
  if (report.status == "diagnosed" && !report.diagnoses.empty()) {
    write_evidence(page, report.diagnoses.front(), report);
    write_mechanism(page, report.diagnoses.front());
  }
  if (report.status == "insufficient-evidence") {
    write_alternatives(page, report);
    write_missing(page, report);
  }
  if (!report.steps.empty()) {
    write_first_step(page, report);
    write_later_steps(page, report);
  }
  if (report.status != "insufficient-evidence") write_alternatives(page, report);
  write_insight(page, report);
  write_list(page, "Still unexplained", first(report.unexplained, most_unexplained));
  write_benign(page, report);
  if (report.status != "insufficient-evidence") write_missing(page, report);
  const bool at_a_loss = report.status == "insufficient-evidence" || !report.stopped.empty() ||
                         (report.status == "diagnosed" && report.steps.empty());
  if (at_a_loss) write_list(page, "If none of that helps", report.fallback);
  write_list(page, "About the input", report.notes);
  page.blank();
  return page.take();
}

}  // namespace fmx::reports
