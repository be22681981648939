#include "src/commands/diff.hpp"

#include <algorithm>

#include "src/cases/answers.hpp"
#include "src/cases/comparison.hpp"
#include "src/cases/read.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"

namespace fmx::commands {
namespace {

std::string written(const cases::Comparison& comparison, const std::string& format) {
  if (format == "json") return cases::json(comparison);
  if (format == "md") return cases::markdown(comparison);
  return cases::text(comparison);
}

bool is_worse(const cases::ChangedCase& one) {
  return one.changed.kind == cases::Changed::Kind::now_wrong;
}

}  // namespace

int diff(const DiffOptions& options) {
  const Result<packs::Loaded, Problem> before = packs::load_for_authors({options.before});
  if (!before) return fail(before.error());
  if (has_errors(before->diagnostics)) return fail(*before);
  const Result<packs::Loaded, Problem> after = packs::load_for_authors({options.after});
  if (!after) return fail(after.error());
  if (has_errors(after->diagnostics)) return fail(*after);

  const auto old_cases = cases::read(before->knowledge, options.cases);
  if (!old_cases) return fail(old_cases.error());
  const auto new_cases = cases::read(after->knowledge, options.cases);
  if (!new_cases) return fail(new_cases.error());
  const auto old_answers = cases::answers(before->knowledge, old_cases->runs);
  const auto new_answers = cases::answers(after->knowledge, new_cases->runs);
  const cases::Comparison comparison = cases::compare({before->knowledge, *old_cases, old_answers},
                                                      {after->knowledge, *new_cases, new_answers});
  const bool worse = std::ranges::any_of(comparison.cases, is_worse);
  return finish(written(comparison, options.format), worse ? failed : done);
}

}  // namespace fmx::commands
