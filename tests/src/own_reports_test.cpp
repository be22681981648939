#include "engine/diagnose.hpp"
#include "src/reports/build.hpp"
#include "src/reports/formats.hpp"
#include "tests/catch.hpp"
#include "tests/src/diagnosed.hpp"
#include "tests/src/run_folder.hpp"

using namespace fmx;

TEST_CASE("a report that was written into the run's folder is not read with the run") {
  const Knowledge packs = test::knowledge_of({"tests/golden/packs"});
  const RunFolder folder;
  folder.write("metrics.jsonl", bytes_of_file("tests/golden/infer/diverges/metrics.jsonl"));
  const engine::Run before = read_run(folder.path());
  const engine::Diagnosis diagnosis = engine::diagnose(packs, before);
  const reports::Report report = reports::build({packs, before, diagnosis}, {});

  const std::string format = GENERATE("report.json", "reports.jsonl", "report.md", "report.txt");
  CAPTURE(format);
  folder.write(format, format == "report.json"     ? reports::json(report)
                       : format == "reports.jsonl" ? reports::json_line(report)
                       : format == "report.md"     ? reports::markdown(report)
                                                   : reports::text(report, {}));
  const engine::Run after = read_run(folder.path());
  CHECK(after.series.size() == before.series.size());
  CHECK(after.notes == before.notes);
}
