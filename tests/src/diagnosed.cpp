#include "tests/src/diagnosed.hpp"

#include "engine/diagnose.hpp"
#include "src/packs/load.hpp"
#include "src/readers/read.hpp"
#include "src/reports/build.hpp"
#include "src/reports/formats.hpp"
#include "tests/catch.hpp"

namespace fmx::test {

Knowledge knowledge_of(const std::vector<std::string>& paths) {
  const Result<std::vector<packs::RuleFile>, Problem> files = packs::find(paths);
  REQUIRE(files);
  Result<packs::Loaded, Problem> loaded = packs::load(*files);
  REQUIRE(loaded);
  INFO(packs::render(loaded->diagnostics, loaded->knowledge.sources));
  REQUIRE_FALSE(has_errors(loaded->diagnostics));
  return std::move(loaded->knowledge);
}

std::string report_on(const Knowledge& knowledge, const std::vector<std::string>& inputs,
                      const std::string& config) {
  readers::Request request;
  request.inputs = inputs;
  if (!config.empty()) request.config = config;
  Result<engine::Run, readers::Problem> run = readers::read(request);
  if (!run) FAIL(run.error().where << ": " << run.error().what);
  run->input = "run";
  const engine::Diagnosis diagnosis = engine::diagnose(knowledge, *run);
  return reports::json(reports::build({knowledge, *run, diagnosis}, {}));
}

}  // namespace fmx::test
