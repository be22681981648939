#include "src/commands/infer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/diagnose.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"
#include "src/reports/build.hpp"
#include "src/reports/formats.hpp"
#include "src/reports/severity.hpp"
#include "src/reports/summary.hpp"

namespace fmx::commands {
namespace {

/// What a file's ending says, else `asked`; nothing where neither tells.
std::optional<std::string> format_for(const std::string& path, const std::string& asked) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".json") return "json";
  if (ending == ".jsonl") return "jsonl";
  if (ending == ".md") return "md";
  if (ending == ".txt") return "text";
  if (!asked.empty()) return asked;
  const bool silent = ending.empty() || std::filesystem::path(path).parent_path() == "/dev";
  return silent ? std::optional<std::string>("text") : std::nullopt;
}

/// Where a file's ending names a format that is not written; said before any work is done.
std::optional<Problem> unknown_ending(const InferOptions& options) {
  for (const std::string& path : options.outputs) {
    if (format_for(path, options.format)) continue;
    return Problem{path, "its ending names no format that a report is written in",
                   "end it in .json, .jsonl, .md or .txt, or say --format"};
  }
  return std::nullopt;
}

std::string written(const reports::Report& report, const std::string& format,
                    const reports::Layout& layout) {
  if (format == "json") return reports::json(report);
  if (format == "jsonl") return reports::json_line(report);
  if (format == "md") return reports::markdown(report);
  return reports::text(report, layout);
}

/// Several runs: a table for people, an array or a line each for programs.
std::string written(const std::vector<reports::Report>& all, const std::string& format,
                    const reports::Layout& layout) {
  if (format.empty() || format == "text") return reports::summary(all, layout);
  std::string text;
  for (const reports::Report& report : all) {
    const bool json = format == "json";
    text += (json ? (text.empty() ? "[" : ",") : "") + written(report, format, layout);
  }
  if (format == "json") text += text.empty() ? "[]\n" : "]\n";
  return text;
}

/// `report`: one, or all of several. Returns `status`, or that of what went wrong.
template <class Reported>
int deliver(const Reported& report, const InferOptions& options, int status) {
  if (options.outputs.empty()) {
    const Screen seen = screen();
    return finish(written(report, options.format, {seen.width, seen.colour}), status);
  }
  for (const std::string& path : options.outputs) {
    const std::string text = written(report, *format_for(path, options.format), {});
    if (std::optional<Problem> problem = path == "-" ? print(text, status) : write_file(path, text))
      return fail(*problem);
  }
  return status;
}

bool is_met(const std::string& fail_on, const reports::Report& report) {
  if (fail_on.empty()) return false;
  return std::ranges::any_of(report.diagnoses, [&](const reports::DiagnosisEntry& d) {
    return d.confidence >= engine::likely_from &&
           reports::severity_rank(d.severity) >= reports::severity_rank(fail_on);
  });
}

reports::Report report_on(const Knowledge& knowledge, const engine::Run& run,
                          const InferOptions& options) {
  const engine::Diagnosis diagnosis = engine::diagnose(knowledge, run);
  return reports::build({knowledge, run, diagnosis}, options.top);
}

/// Runs that cannot be read are named on standard error and in the exit status; the others are
/// judged.
int infer_all(const Knowledge& knowledge, const InferOptions& options) {
  std::vector<reports::Report> all;
  int status = done;
  for (const Result<engine::Run, Problem>& run : read_runs(options, knowledge)) {
    if (run) {
      all.push_back(report_on(knowledge, *run, options));
    } else {
      status = fail(run.error());
    }
  }
  if (all.empty()) return status;
  const bool met = std::ranges::any_of(
      all, [&](const reports::Report& report) { return is_met(options.fail_on, report); });
  return deliver(all, options, met ? failed : status);
}

}  // namespace

int infer(const InferOptions& options) {
  if (const std::optional<Problem> problem = unknown_ending(options)) return fail(*problem);
  Result<packs::Loaded, Problem> from_packs = packs::load_with_defaults(options.packs);
  if (!from_packs) return fail(from_packs.error());
  const packs::Loaded& loaded = packs::kept(*std::move(from_packs));
  if (has_errors(loaded.diagnostics)) return fail(loaded);
  const Knowledge& knowledge = loaded.knowledge;

  if (options.all) return infer_all(knowledge, options);
  const Result<engine::Run, Problem> run = read_run(options, knowledge);
  if (!run) return fail(run.error());

  const reports::Report report = report_on(knowledge, *run, options);
  return deliver(report, options, is_met(options.fail_on, report) ? failed : done);
}

}  // namespace fmx::commands
