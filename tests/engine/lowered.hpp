#pragma once

#include <string>
#include <string_view>

#include "dsl/lower.hpp"
#include "dsl/parse.hpp"
#include "tests/catch.hpp"

namespace fmx::engine::test {

/// The knowledge of a pack `test` with these declarations. Fails the test where they have mistakes.
inline Knowledge rules(std::string_view text) {
  Sources sources;
  const auto source = sources.add({"test.fmrule", "pack test\n" + std::string(text)});
  const dsl::Parsed parsed = dsl::parse(sources, source);
  for (const Diagnostic& problem : parsed.diagnostics) UNSCOPED_INFO(render(problem, sources));
  REQUIRE(parsed.diagnostics.empty());
  dsl::Lowered lowered = dsl::lower(sources, {parsed.tree});
  for (const Diagnostic& problem : lowered.diagnostics) UNSCOPED_INFO(render(problem, sources));
  REQUIRE_FALSE(has_errors(lowered.diagnostics));
  return std::move(lowered.knowledge);
}

}  // namespace fmx::engine::test
