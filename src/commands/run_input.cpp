#include "src/commands/run_input.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "dsl/suggest.hpp"
#include "src/commands/tried.hpp"
#include "src/readers/read.hpp"

namespace fmx::commands {
namespace {

namespace fs = std::filesystem;

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
  if (!run.series.empty() || !run.tables.empty()) return;
  if (run.files.empty()) {
    run.notes.push_back(
        "no run was given, only words: what follows rests on them alone; give the run's folder or "
        "its log, and the numbers decide");
    return;
  }
  run.notes.push_back(
      fmt::format("{}: no metric could be read; give JSON lines, CSV, a trainer_state.json, a run "
                  "document or a text log",
                  run.input));
}

/// What the words of the command line add to a run.
std::optional<Problem> add_words(const RunOptions& options, engine::Run& run) {
  run.symptoms.insert(run.symptoms.end(), options.symptoms.begin(), options.symptoms.end());
  if (!options.expected.empty()) run.expected = options.expected;
  if (!options.changed.empty()) run.changed = options.changed;
  for (const std::string& given : options.tried) {
    Result<engine::Tried, Problem> tried = tried_fix(given);
    if (!tried) return tried.error();
    run.tried.push_back(*std::move(tried));
  }
  return std::nullopt;
}

bool only_words(const RunOptions& options) {
  return options.inputs.empty() && !options.config && !options.context &&
         !(options.symptoms.empty() && options.changed.empty());
}

Problem as_it_stands(const readers::Problem& problem) {
  return {problem.where, problem.what, problem.remedy};
}

/// "did you mean `diverge.jsonl`?", of what lies beside a file that is not there; else empty.
std::string meant_beside(const fs::path& path) {
  std::error_code error;
  if (path == "-" || fs::exists(path, error)) return {};
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    names.push_back(at->path().filename().string());
  return dsl::did_you_mean(path.filename().string(),
                           std::vector<std::string_view>(names.begin(), names.end()));
}

/// The run as it lies on disk.
Result<engine::Run, readers::Problem> read_from_disk(const RunOptions& options,
                                                     const Knowledge& knowledge) {
  readers::Request request;
  request.knowledge = &knowledge;
  request.inputs = options.inputs;
  request.config = options.config;
  request.context = options.context;
  request.files = options.files;
  auto run = readers::read(request);
  if (run) return run;
  for (const std::string& path : options.inputs) {
    if (std::string meant = meant_beside(path); !meant.empty())
      return Unexpected{
          readers::Problem{path, "there is no such file or folder", std::move(meant)}};
  }
  return run;
}

Result<engine::Run, Problem> with_words(engine::Run run, const RunOptions& options,
                                        const Knowledge& knowledge) {
  if (run.input == "-") run.input = "standard input";
  note_what_is_missing(run);
  if (std::optional<Problem> problem = add_words(options, run)) return Unexpected{*problem};
  if (auto problem = settle_tried(knowledge, options, run)) return Unexpected{*problem};
  return run;
}

/// A folder that holds several runs gives one after another; ends, since each lies deeper.
void add_runs(const RunOptions& options, const Knowledge& knowledge,
              std::vector<Result<engine::Run, Problem>>& runs) {
  auto read = read_from_disk(options, knowledge);
  if (read) {
    runs.push_back(with_words(*std::move(read), options, knowledge));
  } else if (read.error().runs.empty()) {
    runs.push_back(Unexpected{as_it_stands(read.error())});
  } else {
    for (const std::string& path : read.error().runs) {
      RunOptions one = options;
      one.inputs = {path};
      if (one.inputs != options.inputs) add_runs(one, knowledge, runs);
    }
  }
}

}  // namespace

Result<engine::Run, Problem> read_run(const RunOptions& options, const Knowledge& knowledge) {
  if (only_words(options)) {
    engine::Run run;
    run.input = "your description";
    return with_words(std::move(run), options, knowledge);
  }
  if (options.inputs.empty() && !options.context) {
    return Unexpected{
        Problem{"fmx", "which run?",
                "name its folder or its log, or say what you see: --symptom \"the loss is NaN\""}};
  }
  auto read = read_from_disk(options, knowledge);
  if (read) return with_words(*std::move(read), options, knowledge);
  Problem problem = as_it_stands(read.error());
  if (!read.error().runs.empty()) {
    problem.remedy +=
        fmt::format(", or have all judged: fmx infer {} --all", fmt::join(options.inputs, " "));
    problem.asks_which = true;
  }
  return Unexpected{problem};
}

std::vector<Result<engine::Run, Problem>> read_runs(const RunOptions& options,
                                                    const Knowledge& knowledge) {
  std::vector<Result<engine::Run, Problem>> runs;
  for (const std::string& input : options.inputs) {
    RunOptions one = options;
    one.inputs = {input};
    add_runs(one, knowledge, runs);
  }
  if (options.inputs.empty()) runs.push_back(read_run(options, knowledge));
  return runs;
}

}  // namespace fmx::commands
