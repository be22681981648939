#include "src/commands/infer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "engine/diagnose.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"
#include "src/readers/read.hpp"
#include "src/reports/build.hpp"
#include "src/reports/formats.hpp"

namespace fmx::commands {
namespace {

constexpr double reached = 0.5;  // from this confidence on a diagnosis counts for --fail-on
constexpr std::array<std::string_view, 3> outcomes = {"no_change", "better", "worse"};

/// FIX=OUTCOME, or FIX alone for one that changed nothing.
Result<engine::Tried, Problem> tried_fix(const std::string& given) {
  const std::size_t equals = given.rfind('=');
  if (equals == std::string::npos) return engine::Tried{given, "no_change"};
  const std::string outcome = given.substr(equals + 1);
  if (std::ranges::find(outcomes, outcome) == outcomes.end()) {
    return Unexpected{Problem{"--tried " + given, fmt::format("`{}` is no outcome", outcome),
                              "write FIX=no_change, FIX=better or FIX=worse"}};
  }
  return engine::Tried{given.substr(0, equals), outcome};
}

/// A report on a run without a series says so.
void note_what_is_missing(engine::Run& run) {
  if (!run.series.empty()) return;
  run.notes.push_back(
      fmt::format("{}: no metric could be read; give JSON lines, CSV, a trainer_state.json, a run "
                  "document or a text log",
                  run.input));
}

/// The run with what the command line adds to it.
Result<engine::Run, Problem> read_run(const InferOptions& options) {
  Result<engine::Run, readers::Problem> read =
      readers::read({options.inputs, options.config, options.context});
  if (!read) return Unexpected{Problem{read.error().where, read.error().what, read.error().remedy}};
  engine::Run run = *std::move(read);
  if (run.input == "-") run.input = "standard input";
  note_what_is_missing(run);
  run.symptoms.insert(run.symptoms.end(), options.symptoms.begin(), options.symptoms.end());
  for (const std::string& given : options.tried) {
    Result<engine::Tried, Problem> tried = tried_fix(given);
    if (!tried) return Unexpected{tried.error()};
    run.tried.push_back(*std::move(tried));
  }
  return run;
}

/// What a file's ending says; `fallback` where it says nothing.
std::string format_for(const std::string& path, const std::string& fallback) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".json") return "json";
  if (ending == ".md") return "md";
  if (ending == ".txt") return "text";
  return fallback.empty() ? "text" : fallback;
}

std::string written(const reports::Report& report, const std::string& format,
                    const reports::Layout& layout) {
  if (format == "json") return reports::json(report);
  if (format == "md") return reports::markdown(report);
  return reports::text(report, layout);
}

std::optional<Problem> deliver(const reports::Report& report, const InferOptions& options) {
  if (options.outputs.empty()) {
    const Screen seen = screen();
    return print(written(report, options.format, {seen.width, seen.colour}));
  }
  for (const std::string& path : options.outputs) {
    const std::string text = written(report, format_for(path, options.format), {});
    if (std::optional<Problem> problem = path == "-" ? print(text) : write_file(path, text))
      return problem;
  }
  return std::nullopt;
}

int rank_of(std::string_view severity) {
  constexpr std::array<std::string_view, 5> order = {"none", "low", "medium", "high", "critical"};
  return static_cast<int>(std::ranges::find(order, severity) - order.begin());
}

bool is_met(const std::string& fail_on, const reports::Report& report) {
  if (fail_on.empty()) return false;
  return std::ranges::any_of(report.diagnoses, [&](const reports::DiagnosisEntry& d) {
    return d.confidence >= reached && rank_of(d.severity) >= rank_of(fail_on);
  });
}

}  // namespace

int infer(const InferOptions& options) {
  Result<packs::Loaded, Problem> loaded = packs::load_with_defaults(options.packs);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);

  const Result<engine::Run, Problem> run = read_run(options);
  if (!run) return fail(run.error());

  const engine::Diagnosis diagnosis = engine::diagnose(loaded->knowledge, *run);
  const reports::Report report = reports::build({loaded->knowledge, *run, diagnosis}, options.top);
  if (const std::optional<Problem> problem = deliver(report, options)) return fail(*problem);
  return is_met(options.fail_on, report) ? failed : done;
}

}  // namespace fmx::commands
