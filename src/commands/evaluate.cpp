#include "src/commands/evaluate.hpp"

#include <algorithm>

#include "src/cases/evaluation_formats.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"

namespace fmx::commands {
namespace {

std::string written(const cases::Evaluation& evaluation, const std::string& format) {
  if (format == "json") return cases::json(evaluation);
  if (format == "md") return cases::markdown(evaluation);
  return cases::text(evaluation);
}

bool is_worse(const cases::Changed& changed) {
  return changed.kind == cases::Changed::Kind::now_wrong;
}

}  // namespace

int evaluate(const EvaluateOptions& options) {
  const Result<packs::Loaded, Problem> loaded = packs::load_with_defaults(options.packs);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);
  std::optional<std::vector<cases::Said>> before;
  if (options.against) {
    Result<std::vector<cases::Said>, Problem> saved = cases::saved(*options.against);
    if (!saved) return fail(saved.error());
    before = *std::move(saved);
  }
  const Result<cases::Cases, Problem> labelled = cases::read(loaded->knowledge, options.cases);
  if (!labelled) return fail(labelled.error());

  cases::Evaluation evaluation = cases::evaluate(loaded->knowledge, *labelled,
                                                 cases::answers(loaded->knowledge, labelled->runs));
  if (before) cases::compare(*before, evaluation);
  if (options.save) {
    if (const auto problem = write_file(*options.save, cases::json(evaluation)))
      return fail(*problem);
  }
  const bool worse = std::ranges::any_of(evaluation.changed, is_worse);
  return finish(written(evaluation, options.format), worse ? failed : done);
}

}  // namespace fmx::commands
