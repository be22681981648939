#include <filesystem>
#include <fstream>
#include <map>

#include "tests/catch.hpp"
#include "tests/src/diagnosed.hpp"
#include "tests/src/json_schema.hpp"

using namespace fmx::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

json read(const std::string& path) {
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

/// The JSON documents among the golden outputs, those of one schema together.
std::map<std::string, std::vector<json>> golden_documents() {
  std::map<std::string, std::vector<json>> found;
  for (const auto& entry : fs::recursive_directory_iterator("tests/golden")) {
    if (entry.path().filename() != "stdout") continue;
    std::ifstream file(entry.path());
    const json document = json::parse(file, nullptr, false);
    if (document.is_object() && document.contains("schema")) {
      found[document["schema"]].push_back(document);
    }
  }
  return found;
}

TEST_CASE("every document that fmx writes is what its published schema promises") {
  const auto documents = golden_documents();
  std::size_t schemas = 0;
  for (const auto& entry : fs::directory_iterator("docs")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".schema.json") || name == "watch.schema.json")
      continue;  // a line an event
    const json promised = read(entry.path().string());
    CAPTURE(name);
    REQUIRE(documents.contains(promised["title"].get<std::string>()));
    for (const json& document : documents.at(promised["title"])) {
      CHECK(violations(promised, document) == std::vector<std::string>{});
    }
    ++schemas;
  }
  CHECK(schemas == documents.size());  // none is without a schema
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
