#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "knowledge/utf8.hpp"
#include "src/reports/checkup.hpp"
#include "src/reports/figure.hpp"

namespace fmx::reports {
namespace {

constexpr std::size_t most_series = 60, most_names = 12, most_logged = 5, most_files = 30,
                      most_fields = 12;
constexpr int widest_name = 36;

/// Names in a row, the surplus counted.
std::string some(const std::vector<std::string>& names, std::size_t most) {
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(most, names.size()));
  std::string all = fmt::format("{}", fmt::join(names.begin(), end, ", "));
  if (names.size() > most) all += fmt::format(" and {} more", names.size() - most);
  return all;
}

std::string padded(const std::string& text, int width) {
  const int missing = width - columns(text);
  return missing > 0 ? text + std::string(static_cast<std::size_t>(missing), ' ') : text;
}

void write_read(Page& page, const Checkup& checkup) {
  page.blank();
  std::string origin =
      fmt::format("{} · {}, {}, {}", checkup.input, count(checkup.files.size(), "file", "files"),
                  count(checkup.series.size(), "series", "series"),
                  count(checkup.samples, "sample", "samples"));
  if (checkup.first_step) {
    origin += fmt::format(" · {} {} .. {}", checkup.step_name, position(*checkup.first_step),
                          position(*checkup.last_step));
  }
  page.paragraph(origin, 2, "  ", Ink::bold);
  page.heading("What was read");
  for (std::size_t i = 0; i < std::min(most_files, checkup.files.size()); ++i) {
    const engine::File& file = checkup.files[i];
    std::string held = file.format;
    if (file.series > 0) {
      held += fmt::format(": {}, {}, {}", count(file.rows, "row", "rows"),
                          count(file.series, "series", "series"),
                          count(file.samples, "sample", "samples"));
    }
    page.paragraph(fmt::format("{}: {}", file.name, held), 6, "    ");
  }
  if (checkup.files.size() > most_files)
    page.line(fmt::format("    and {} more", checkup.files.size() - most_files));
  for (const auto& [name, rows] : checkup.tables)
    page.line(fmt::format("    table {}: {}", name, count(rows, "row", "rows")));
  if (checkup.log_lines > 0)
    page.line(fmt::format("    {} of text, for rules that look for words",
                          count(checkup.log_lines, "line", "lines")));
  if (checkup.files.empty()) page.line("    nothing");
}

/// How sure it is that a series is the metric.
std::string how_sure(const CheckedSeries& each) {
  if (each.match == "guess") return fmt::format(" · a guess, close to {}", each.alias);
  if (each.match == "affix") return fmt::format(" · {} with a usual prefix or suffix", each.alias);
  if (each.match == "pattern") return fmt::format(" · by the pattern {}", each.alias);
  return "";
}

std::string metric_name(const CheckedSeries& each) {
  std::string name = each.metric.substr(each.metric.rfind('.') + 1);
  if (each.labels.empty()) return name;
  name += "[";
  for (std::size_t i = 0; i < each.labels.size(); ++i)
    name += fmt::format("{}{} {}", i > 0 ? ", " : "", each.labels[i].first, each.labels[i].second);
  return name + "]";
}

void write_series(Page& page, const Checkup& checkup) {
  int width = 0;
  std::size_t known = 0;
  for (const CheckedSeries& each : checkup.series) {
    if (each.metric.empty()) continue;
    width = std::max(width, std::min(columns(each.name), widest_name));
    ++known;
  }
  if (known == 0) return;
  page.heading("Which metric each series is");
  std::size_t shown = 0;
  for (const CheckedSeries& each : checkup.series) {
    if (each.metric.empty()) continue;
    if (++shown > most_series) {
      page.line(fmt::format("    and {} more", known - most_series));
      break;
    }
    page.paragraph(metric_name(each) + how_sure(each), 8,
                   fmt::format("    {}  ", padded(each.name, width)),
                   each.match == "guess" ? Ink::yellow : Ink::plain);
  }
}

void write_settings(Page& page, const Checkup& checkup) {
  if (checkup.settings.empty()) return;
  page.heading("Which settings are known");
  std::vector<std::string> said;
  for (const CheckedSetting& each : checkup.settings)
    said.push_back(each.key == each.param ? each.key
                                          : fmt::format("{} ({})", each.key, each.param));
  page.paragraph(some(said, said.size()), 4, "    ");
}

void write_not_understood(Page& page, const Checkup& checkup) {
  std::vector<std::string> names;
  for (const CheckedSeries& each : checkup.series) {
    const bool places_others = each.name == "time" || each.name == "epoch";
    if (each.metric.empty() && !places_others) names.push_back(each.name);
  }
  if (names.empty() && checkup.unknown_settings.empty() && checkup.notes.empty()) return;
  page.heading("What was not understood");
  for (const std::string& note : checkup.notes) page.paragraph(note, 6, "    ", Ink::yellow);
  if (!names.empty()) {
    page.paragraph(fmt::format("{} that no pack knows: {}", count(names.size(), "series", "series"),
                               some(names, most_names)),
                   6, "    ");
    page.paragraph(
        "name them as a common trainer does, or add the names to a metric: amend metric NAME { "
        "aliases \"...\" }",
        6, "    ", Ink::dim);
  }
  if (!checkup.unknown_settings.empty()) {
    page.paragraph(fmt::format("{} that no pack knows: {}",
                               count(checkup.unknown_settings.size(), "setting", "settings"),
                               some(checkup.unknown_settings, most_names)),
                   6, "    ");
  }
}

struct Extents {
  std::size_t fully = 0, partly = 0, not_at_all = 0, ruled_out = 0;
};

Extents extents_of(const std::vector<const CheckedPattern*>& patterns) {
  Extents counted;
  for (const CheckedPattern* each : patterns) {
    if (each->extent == "fully") ++counted.fully;
    if (each->extent == "partly") ++counted.partly;
    if (each->extent == "not") ++counted.not_at_all;
    if (each->extent == "ruled-out") ++counted.ruled_out;
  }
  return counted;
}

void write_judged(Page& page, const Checkup& checkup) {
  std::map<std::string, std::vector<const CheckedPattern*>> fields;
  std::vector<const CheckedPattern*> all;
  for (const CheckedPattern& each : checkup.patterns) {
    all.push_back(&each);
    fields[each.area].push_back(&each);
  }
  const Extents sum = extents_of(all);
  page.heading("What can be judged");
  page.paragraph(
      fmt::format("What was logged holds {} of the evidence by which common failures are told. Of "
                  "{}, {} can be judged fully, {} in part, {} not at all; {} do not apply to such "
                  "a run.",
                  percent(checkup.judged), count(all.size(), "pattern", "patterns"), sum.fully,
                  sum.partly, sum.not_at_all, sum.ruled_out),
      4, "    ");
  std::vector<std::pair<std::size_t, std::string>> seen;
  std::vector<std::string> unseen;
  for (const auto& [area, patterns] : fields) {
    const Extents part = extents_of(patterns);
    if (part.fully + part.partly == 0) {
      unseen.push_back(area);
      continue;
    }
    seen.emplace_back(part.fully + part.partly,
                      fmt::format("{}: {} fully, {} in part, {} not", area, part.fully, part.partly,
                                  part.not_at_all));
  }
  std::ranges::stable_sort(seen, std::ranges::greater{},
                           [](const auto& each) { return each.first; });
  for (std::size_t i = 0; i < std::min(most_fields, seen.size()); ++i)
    page.paragraph(seen[i].second, 6, "    ");
  if (!unseen.empty())
    page.paragraph("nothing of: " + some(unseen, unseen.size()), 6, "    ", Ink::dim);
}

void write_log_next(Page& page, const Checkup& checkup) {
  if (checkup.log_next.empty()) return;
  page.heading("What to log next, most valuable first");
  for (std::size_t i = 0; i < std::min(most_logged, checkup.log_next.size()); ++i) {
    const LogNext& next = checkup.log_next[i];
    const std::string more =
        next.patterns.size() > 3 ? fmt::format(" and {} more", next.patterns.size() - 3) : "";
    const auto end = next.patterns.begin() +
                     static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, next.patterns.size()));
    page.paragraph(
        fmt::format("{}{}: {} more of the evidence; tells of {}{}", next.name,
                    next.title.empty() ? "" : fmt::format(" ({})", next.title), percent(next.gain),
                    fmt::join(next.patterns.begin(), end, "; "), more),
        5, fmt::format("  {}  ", i + 1));
    for (const Advice& advice : next.how) {
      page.paragraph(
          advice.text, 18,
          fmt::format("     {:<12} ", advice.framework.empty() ? "anywhere" : advice.framework),
          Ink::cyan);
    }
  }
}

}  // namespace

std::string text(const Checkup& checkup, const Layout& layout) {
  Page page(layout);
  write_read(page, checkup);
  write_series(page, checkup);
  write_settings(page, checkup);
  write_not_understood(page, checkup);
  write_judged(page, checkup);
  write_log_next(page, checkup);
  page.blank();
  return page.take();
}

}  // namespace fmx::reports
