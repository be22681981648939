// Fixes that do not say why they help, or how one sees that they did.

#include <fmt/format.h>

#include "dsl/lints.hpp"

namespace fmx::dsl {

void lint_fixes(const Knowledge& knowledge, Warnings& warnings) {
  for (const Fix& fix : knowledge.fixes) {
    if (!fix.verify && fix.verify_text.empty()) {
      warnings.push_back(warning(
          "fix-without-verify", fmt::format("nothing says how to see that `{}` helped", fix.name),
          {fix.span, ""}, "write `verify within 500 steps { ... }`, or in words"));
    }
    if (fix.why.empty()) {
      warnings.push_back(warning("fix-without-why",
                                 fmt::format("nothing says why `{}` helps", fix.name),
                                 {fix.span, ""}, "write `why \"...\"`"));
    }
  }
}

}  // namespace fmx::dsl
