#include "src/commands/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "src/cases/calibration.hpp"
#include "src/cases/evaluation_formats.hpp"
#include "src/cases/overlay.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"

namespace fmx::commands {
namespace {

/// Why nothing can be learned from `runs`, if so.
std::optional<Problem> problem_with(const std::vector<engine::LabelledCase>& runs,
                                    const CalibrateOptions& options) {
  const auto healthy = static_cast<std::size_t>(
      std::ranges::count_if(runs, [](const auto& run) { return run.present.empty(); }));
  if (healthy == 0) {
    return Problem{options.cases, fmt::format("none of its {} runs is healthy", runs.size()),
                   "add runs with {\"label\": \"healthy\"}: without them every alarm looks right"};
  }
  if (healthy == runs.size()) {
    return Problem{options.cases, fmt::format("all of its {} runs are healthy", runs.size()),
                   "add runs labelled with what was wrong: from one class nothing can be learned"};
  }
  std::set<std::string_view> groups;
  for (const engine::LabelledCase& run : runs) groups.insert(run.group);
  if (groups.size() < options.parts) {
    return Problem{options.cases,
                   fmt::format("its {} runs in {} groups cannot be dealt to {} parts", runs.size(),
                               groups.size(), options.parts),
                   "add runs, or ask for fewer --parts (at least 2)"};
  }
  return std::nullopt;
}

std::string summary(const cases::Calibration& c) {
  std::string out = fmt::format(
      "{} labelled runs ({} faulty, {} healthy), each also as four copies that were logged less "
      "well;\nevery run is judged by what was fitted to the other {} of {} parts\n\n"
      "{:<30} {:>11} {:>12} {:>12}   {:>17}\n{:<30} {:>11} {:>12} {:>5} {:>6}   {:>8} {:>8}\n",
      c.runs, c.faulty, c.healthy, c.parts - 1, c.parts, "", "first right", "false alarms", "runs",
      "runs and copies", "", "", "", "ECE", "Brier", "ECE", "Brier");
  for (std::size_t i = 0; i < c.ways.size(); ++i) {
    const cases::Way& way = c.ways[i];
    out += fmt::format("{:<30} {:>11} {:>12} {:>5.3f} {:>6.3f}   {:>8.3f} {:>8.3f}{}\n",
                       cases::name(way), cases::share(way.score.first_fair),
                       cases::share(way.score.false_alarms), way.score.reliability.error,
                       way.score.reliability.brier, way.all.error, way.all.brier,
                       i == c.best ? "  <- best" : "");
  }
  return out;
}

std::string certainties(const cases::Calibration& c) {
  if (c.certainty == 1) return "";
  const auto [low, high] = std::ranges::minmax(c.certainty_by_part);
  return fmt::format("\ncertainty {:.3g}x of {} patterns (by part {:.3g}x to {:.3g}x)\n",
                     c.certainty, c.of.size(), low, high);
}

std::string diagrams(const cases::Calibration& c) {
  const cases::Way &before = c.ways.front(), &after = c.ways[c.best];
  std::string out = "\nconfidence of the first diagnosis, runs and copies, as written\n" +
                    cases::diagram(before.all);
  if (c.best == 0) return out;
  return out + fmt::format("\nthe same, {}\n", cases::name(after)) + cases::diagram(after.all) +
         fmt::format("\nthe runs alone, {}\n", cases::name(after)) +
         cases::diagram(after.score.reliability);
}

std::string outcome(const cases::Calibration& c, const CalibrateOptions& options) {
  if (c.best == 0) {
    const std::string kept =
        options.output ? fmt::format(", and {} is not written", *options.output) : "";
    return fmt::format(
        "\nwhat is written does best on runs that nothing was fitted to: there is nothing to "
        "change{}\n",
        kept);
  }
  if (options.output) return fmt::format("\nwritten to {}\n", *options.output);
  return "\n-o FILE.fmrule writes it as an overlay\n";
}

}  // namespace

int calibrate(const CalibrateOptions& options) {
  const Result<packs::Loaded, Problem> loaded = packs::load_with_defaults(options.packs);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);
  const Result<cases::Cases, Problem> labelled = cases::read(loaded->knowledge, options.cases);
  if (!labelled) return fail(labelled.error());
  if (const auto problem = problem_with(labelled->runs, options)) return fail(*problem);

  const cases::Calibration calibration =
      cases::calibrate(loaded->knowledge, labelled->runs, options.parts);
  if (options.output && calibration.best != 0) {
    const std::string text = cases::overlay(loaded->knowledge, calibration, options.pack);
    if (const auto problem = write_file(*options.output, text)) return fail(*problem);
  }
  const std::string report = summary(calibration) + certainties(calibration) +
                             diagrams(calibration) + outcome(calibration, options) +
                             cases::not_used(labelled->not_used);
  if (const auto problem = print(report)) return fail(*problem);
  return done;
}

}  // namespace fmx::commands
