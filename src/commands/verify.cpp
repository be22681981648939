#include "src/commands/verify.hpp"

#include <fmt/format.h>

#include <string_view>

#include "dsl/suggest.hpp"
#include "engine/plan/verify.hpp"
#include "src/commands/output.hpp"
#include "src/commands/run_input.hpp"
#include "src/packs/load.hpp"
#include "src/reports/verification.hpp"

namespace fmx::commands {
namespace {

Result<engine::Run, Problem> read_one(const std::string& path, const Knowledge& knowledge) {
  RunOptions asked;
  asked.inputs = {path};
  return read_run(asked, knowledge);
}

Problem no_fix_called(const Knowledge& knowledge, const std::string& name) {
  std::vector<std::string_view> names;
  for (const Fix& fix : knowledge.fixes) {
    names.push_back(fix.name);
    names.push_back(fix.id);
  }
  const std::string meant = dsl::did_you_mean(name, names);
  return {"--fix " + name, fmt::format("no fix is called `{}`, or several are", name),
          meant.empty() ? "give a full id, as `fmx infer OLD --format json` shows them" : meant};
}

Result<Index, Problem> fix_asked_for(const Knowledge& knowledge, const VerifyOptions& options,
                                     const engine::Run& old_run, const engine::Diagnosis& old,
                                     const engine::Run& new_run) {
  if (options.fix) {
    const Fix* fix = find(knowledge.fixes, *options.fix);
    if (fix == nullptr) return Unexpected{no_fix_called(knowledge, *options.fix)};
    return static_cast<Index>(fix - knowledge.fixes.data());
  }
  const auto likely = engine::likely_fix(knowledge, old_run, old, new_run);
  if (likely) return *likely;
  return Unexpected{Problem{options.old_run, "nothing is wrong with it that a fix is known for",
                            "say which fix was made: --fix ID"}};
}

ExitStatus status_of(engine::Answer answer) {
  switch (answer) {
    case engine::Answer::helped: return done;
    case engine::Answer::not_helped: return failed;
    case engine::Answer::undecided: return undecided;
  }
  return unusable;
}

}  // namespace

int verify(const VerifyOptions& options) {
  const Result<packs::Loaded, Problem> loaded = packs::load_with_defaults(options.packs);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);
  const Result<engine::Run, Problem> old_run = read_one(options.old_run, loaded->knowledge);
  if (!old_run) return fail(old_run.error());
  const Result<engine::Run, Problem> new_run = read_one(options.new_run, loaded->knowledge);
  if (!new_run) return fail(new_run.error());

  const Knowledge& knowledge = loaded->knowledge;
  const engine::Diagnosis old = engine::diagnose(knowledge, *old_run);
  const Result<Index, Problem> fix = fix_asked_for(knowledge, options, *old_run, old, *new_run);
  if (!fix) return fail(fix.error());
  const engine::Verification result = engine::verify(knowledge, *old_run, old, *new_run, *fix);
  const engine::Diagnosis seen = engine::diagnose(knowledge, *new_run);
  const reports::VerifiedFix verified{knowledge, *old_run, *new_run, seen, *fix, result};
  const std::string report = options.format == "json" ? reports::json(verified)
                             : options.format == "md" ? reports::markdown(verified)
                                                      : reports::text(verified);
  return finish(report, status_of(result.answer));
}

}  // namespace fmx::commands
