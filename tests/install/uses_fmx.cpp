// Parses a rule, gives it a run, and asks what is wrong: all with the installed libraries.
#include <cstdio>

#include "dsl/lower.hpp"
#include "dsl/parse.hpp"
#include "engine/diagnose.hpp"

int main() {
  fmx::Sources sources;
  sources.add({"rules.fmrule",
               "pack demo\n"
               "metric loss { }\n"
               "finding rises \"It rises\" { when slope(loss) > 0 base 1% }\n"
               "pattern wrong \"Something is wrong\" { prior 20% shows rises 90% }\n"});
  const fmx::dsl::Parsed parsed = fmx::dsl::parse(sources, 0);
  const fmx::dsl::Lowered lowered = fmx::dsl::lower(std::move(sources), {parsed.tree});
  fmx::engine::Run run;
  run.series.push_back({"loss", {0, 1, 2, 3}, {1, 2, 3, 4}, "a test"});
  const fmx::engine::Diagnosis diagnosis = fmx::engine::diagnose(lowered.knowledge, run);
  const bool found =
      diagnosis.status == fmx::engine::Status::diagnosed && diagnosis.ranked.size() == 1;
  std::puts(found ? "the installed libraries work" : "the installed libraries do not diagnose");
  return found ? 0 : 1;
}
