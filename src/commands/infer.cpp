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
#include "src/reports/build.hpp"
#include "src/reports/formats.hpp"

namespace fmx::commands {
namespace {

constexpr double reached = 0.5;  // from this confidence on a diagnosis counts for --fail-on

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
