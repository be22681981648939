#include "src/commands/run_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "src/readers/read.hpp"

namespace fmx::commands {
namespace {

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

}  // namespace

Result<engine::Run, Problem> read_run(const RunOptions& options, const Knowledge& knowledge) {
  Result<engine::Run, readers::Problem> read =
      readers::read({options.inputs, options.config, options.context, &knowledge});
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

}  // namespace fmx::commands
