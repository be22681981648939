#include <fstream>

#include "tests/catch.hpp"
#include "tests/src/diagnosed.hpp"
#include "tests/src/json_schema.hpp"

using namespace fmx::test;
using nlohmann::json;

namespace {

json read(const char* path) {
  std::ifstream file(path);
  return json::parse(file);
}

json schema() { return read("docs/report.schema.json"); }

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

TEST_CASE("explanations are what docs/explanation.schema.json promises") {
  const json told = read("tests/golden/explain/why_json/stdout");
  CHECK(violations(read("docs/explanation.schema.json"), told) == std::vector<std::string>{});
}

TEST_CASE("a report on tries in vain, or on a cause that came back, keeps the promise") {
  for (const char* path : {"tests/golden/infer/tried_three_times_json/stdout",
                           "tests/golden/infer/came_back_json/stdout"}) {
    CAPTURE(path);
    const json report = read(path);
    CHECK(report.contains("stopped") != report.contains("returned"));
    CHECK(violations(schema(), report) == std::vector<std::string>{});
  }
}
