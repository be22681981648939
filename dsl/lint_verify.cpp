// Verify clauses and changes that say nothing.

#include <fmt/format.h>

#include "dsl/lints.hpp"
#include "dsl/mention.hpp"
#include "dsl/reads.hpp"

namespace fmx::dsl {
namespace {

/// All that the cured patterns, and what they lead to, are told by.
Reads told_by_cured(const Knowledge& knowledge, const Reading& reading, const Fix& fix) {
  Reads reads;
  for (const Cure& cure : fix.cures) {
    reads.add(reading.pattern(cure.pattern));
    for (const Leads& leads : knowledge.patterns[cure.pattern].leads_to) {
      reads.add(reading.pattern(leads.pattern));
    }
  }
  return reads;
}

}  // namespace

void lint_verify(const Knowledge& knowledge, Warnings& warnings) {
  const Reading reading(knowledge);
  for (const Fix& fix : knowledge.fixes) {
    for (const ParamChange& change : fix.changes) {
      const bool same =
          change.to.kind == Expression::Kind::parameter && change.to.index == change.param;
      if (!same) continue;
      warnings.push_back(
          warning("change-without-effect",
                  fmt::format("`{}` changes to what it is", knowledge.params[change.param].name),
                  {change.to.span, "the same value"}, "say what it becomes, such as half of it"));
    }
    if (!fix.verify) continue;
    const Reads asked = reading.of(*fix.verify);
    const bool nothing = asked.metrics.empty() && asked.params.empty() && asked.findings.empty() &&
                         asked.relations.empty() && !asked.words;
    if (nothing || asked.meets(told_by_cured(knowledge, reading, fix))) continue;
    warnings.push_back(warning(
        "verify-looks-elsewhere",
        fmt::format("what `{}` cures is not told by anything that `verify` looks at", fix.name),
        {fix.verify->span, "met before the fix as well as after"},
        "look at a sign of what is cured: that it is gone"));
  }
}

}  // namespace fmx::dsl
