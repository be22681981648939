#include "src/packs/find.hpp"
#include "tests/catch.hpp"
#include "tests/src/run_folder.hpp"

using namespace fmx;

namespace {

/// The only pack of a folder, with that manifest.
Result<std::vector<packs::RuleFile>, Problem> found(const RunFolder& folder,
                                                    const std::string& manifest) {
  folder.write("pumps/signals.fmrule", "pack pumps\n");
  folder.write("pumps/fmpack.toml", manifest);
  return packs::find({folder.path()});
}

}  // namespace

SCENARIO("a pack's manifest says which fmx it needs") {
  const RunFolder folder;
  GIVEN("one that this fmx is") {
    const std::string wanted = GENERATE("0", "0.1", "0.1.0", "0.0.9");
    CAPTURE(wanted);
    const auto files = found(folder, "version = \"1.2.0\"\nrequires = \"" + wanted + "\"\n");
    REQUIRE(files.has_value());
    CHECK(files->front().version == "1.2.0");
  }
  GIVEN("none") { CHECK(found(folder, "version = \"1.2.0\"\n").has_value()); }
  GIVEN("a later one") {
    const auto files = found(folder, "version = \"1.2.0\"\nrequires = \"999.1\"\n");
    REQUIRE_FALSE(files.has_value());
    CHECK(files.error().where.ends_with("pumps/fmpack.toml:2:12"));
    CHECK(files.error().what.starts_with("the pack requires fmx 999.1, and this is "));
  }
  GIVEN("what is no version") {
    const std::string wanted =
        GENERATE("\"\"", "\"new\"", "\"1.\"", "\"1.2.3.4\"", "\"-1\"", "1", "[]");
    CAPTURE(wanted);
    const auto files = found(folder, "requires = " + wanted + "\n");
    REQUIRE_FALSE(files.has_value());
    CHECK(files.error().what == "`requires` is no version of fmx");
  }
}
