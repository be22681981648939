#include <filesystem>

#include "src/cases/read.hpp"
#include "tests/src/diagnosed.hpp"
#include "tests/src/run_folder.hpp"

using namespace fmx;

TEST_CASE("a labelled run is read as fmx infer reads it, with the lines that packs declare") {
  const RunFolder folder;
  folder.write("rules/demo.fmrule", R"(pack demo
metric skipped_steps { kind count }
finding skips "Steps are skipped" { when last(skipped_steps) > 1 }
log scaler { line "overflow, setting loss scale to {loss_scale: number}" counts skipped_steps }
)");
  const Knowledge knowledge = test::knowledge_of({folder.path() + "/rules"});
  folder.write("cases/one/label.json", R"({"label": "healthy"})");
  folder.write("cases/one/train.log",
               "step 1 loss: 2.0\noverflow, setting loss scale to 4\nstep 2 loss: 1.0\n");
  const auto cases = cases::read(knowledge, folder.path() + "/cases");
  REQUIRE(cases);
  REQUIRE(cases->runs.size() == 1);
  CHECK(series(cases->runs[0].run, "skipped_steps").values.back() == 1);
}

TEST_CASE("cases behind links are read, each folder once") {
  namespace fs = std::filesystem;
  const RunFolder folder;
  const std::string one = R"({"step": 0, "loss": 2.0})"
                          "\n";
  for (const char* place : {"elsewhere/a", "cases/b"}) {
    folder.write(std::string(place) + "/label.json", R"({"label": "healthy"})");
    folder.write(std::string(place) + "/train.jsonl", one);
  }
  const fs::path root = fs::path(folder.path()) / "cases";
  fs::create_directory_symlink(fs::path(folder.path()) / "elsewhere", root / "linked");
  fs::create_directory_symlink(root, root / "back");         // leads back to where it stands
  fs::create_directory_symlink(root / "b", root / "again");  // a case that is there already
  fs::create_directory_symlink(root / "nowhere", root / "dangling");

  const auto cases = cases::read({}, root.string());
  REQUIRE(cases);
  REQUIRE(cases->runs.size() == 2);
  CHECK(cases->runs[0].name == "b");
  CHECK(cases->runs[1].name == "linked/a");
}
