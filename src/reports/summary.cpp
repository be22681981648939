#include "src/reports/summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "src/reports/figure.hpp"
#include "src/reports/verdict.hpp"

namespace fmx::reports {
namespace {

Ink ink_of(Verdict::Tone tone) {
  switch (tone) {
    case Verdict::Tone::sick: return Ink::red;
    case Verdict::Tone::doubtful: return Ink::yellow;
    case Verdict::Tone::sound: return Ink::green;
  }
  return Ink::plain;
}

std::size_t number_of(const std::vector<Report>& reports, std::string_view status) {
  return static_cast<std::size_t>(std::ranges::count(reports, status, &Report::status));
}

}  // namespace

std::string summary(const std::vector<Report>& reports, const Layout& layout) {
  Page page(layout);
  page.blank();
  page.paragraph(
      fmt::format("{}: {} diagnosed, {} healthy, {} without enough evidence",
                  count(reports.size(), "run", "runs"), number_of(reports, "diagnosed"),
                  number_of(reports, "healthy"), number_of(reports, "insufficient-evidence")),
      2, "  ", Ink::bold);
  std::vector<const Report*> ordered;
  for (const Report& report : reports) ordered.push_back(&report);
  const auto badness = [](const Report* report) {
    const bool diagnosed = report->status == "diagnosed" && !report->diagnoses.empty();
    return diagnosed ? report->diagnoses.front().confidence : -1;
  };
  std::ranges::stable_sort(ordered, std::ranges::greater{}, badness);
  for (const Report* report : ordered) {
    page.blank();
    page.paragraph(report->input, 4, "  ", Ink::bold);
    const Verdict judged = verdict(*report);
    const std::string severity =
        judged.tone == Verdict::Tone::sick ? " · " + report->diagnoses.front().severity : "";
    page.paragraph(said(judged, " · ") + severity, 6, "    ", ink_of(judged.tone));
    if (report->status == "diagnosed" && !report->steps.empty())
      page.paragraph(report->steps.front().what, 6, "    first: ");
  }
  page.blank();
  return page.take();
}

}  // namespace fmx::reports
