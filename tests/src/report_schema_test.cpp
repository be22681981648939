#include <fstream>

#include "tests/catch.hpp"
#include "tests/src/diagnosed.hpp"
#include "tests/src/json_schema.hpp"

using namespace fmx::test;
using nlohmann::json;

namespace {

json schema() {
  std::ifstream file("docs/report.schema.json");
  return json::parse(file);
}

}  // namespace

TEST_CASE("reports are what docs/report.schema.json promises, whatever the verdict") {
  const fmx::Knowledge packs = knowledge_of({"tests/golden/packs"});
  struct Row {
    const char *input, *config, *status;
  };
  const auto row = GENERATE(values<Row>({
      {"tests/golden/infer/diverges/metrics.jsonl", "tests/golden/infer/diverges/config.json",
       "diagnosed"},
      {"tests/golden/infer/healthy/metrics.jsonl", "", "healthy"},
      {"tests/golden/infer/one_point/metrics.jsonl", "", "insufficient-evidence"},
      {"tests/golden/infer/all_nan/metrics.jsonl", "", "diagnosed"},
  }));
  CAPTURE(row.input);
  const json report = json::parse(report_on(packs, {row.input}, row.config));
  CHECK(report["status"] == row.status);
  CHECK(violations(schema(), report) == std::vector<std::string>{});
}

TEST_CASE("reports made with the curated packs keep the same promise") {
  const fmx::Knowledge packs = knowledge_of({"knowledge/packs"});
  const json report = json::parse(report_on(packs, {"tests/golden/infer/diverges/metrics.jsonl"},
                                            "tests/golden/infer/diverges/config.json"));
  CHECK(violations(schema(), report) == std::vector<std::string>{});
}

TEST_CASE(
    "the validator sees a missing key, a wrong type, a strange word and a value out of range") {
  json report = json::parse(report_on(knowledge_of({"tests/golden/packs"}),
                                      {"tests/golden/infer/diverges/metrics.jsonl"}));
  report.erase("steps");
  report["notes"] = "none";
  report["status"] = "fine";
  report["diagnoses"][0]["confidence"] = 1.5;
  const std::vector<std::string> found = violations(schema(), report);
  CHECK(found.size() == 4);
}
