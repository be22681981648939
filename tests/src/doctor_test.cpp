#include <algorithm>
#include <fstream>

#include "engine/diagnose.hpp"
#include "src/reports/checkup.hpp"
#include "tests/catch.hpp"
#include "tests/src/diagnosed.hpp"
#include "tests/src/json_schema.hpp"
#include "tests/src/run_folder.hpp"

using namespace fmx;
using nlohmann::json;

TEST_CASE("what doctor writes is what docs/doctor.schema.json promises, with any packs") {
  std::ifstream file("docs/doctor.schema.json");
  const json schema = json::parse(file);
  const auto packs = GENERATE(values<std::string>({"tests/golden/packs", "knowledge/packs"}));
  const Knowledge knowledge = test::knowledge_of({packs});
  const RunFolder folder;
  folder.write(
      "metrics.csv",
      "step,loss,grad_nrom,foo,attention_entropy/encoder\n1,2,3,4,5\n2,1,3,4,5\n3,x,3,4,5\n");
  folder.write("config.yaml", "lr: 0.1\nbatch_size: 4\nmy_flag: true\n");
  const engine::Run run = read_run(folder.path());
  const engine::Diagnosis diagnosis = engine::diagnose(knowledge, run);
  const json said = json::parse(reports::json(reports::checkup({knowledge, run, diagnosis})));
  CHECK(test::violations(schema, said) == std::vector<std::string>{});
  CHECK(said["read"]["files"].size() == 2);
  const auto metrics = std::ranges::find(said["read"]["files"], json("metrics.csv"),
                                         [](const json& each) { return each["name"]; });
  CHECK((*metrics)["rows"] == 3);
  const auto series = std::find_if(said["series"].begin(), said["series"].end(),
                                   [](const json& each) { return each["name"] == "grad_nrom"; });
  CHECK((*series)["match"] == "guess");
  CHECK(said["not_understood"]["series"].dump().find("foo") != std::string::npos);
  CHECK(said["not_understood"]["notes"].size() == 1);
}
