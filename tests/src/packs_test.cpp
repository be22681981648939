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
    const std::string wanted = GENERATE("\"\"", "\"new\"", "\"1.\"", "\"1.2.3.4\"", "\"-1\"");
    CAPTURE(wanted);
    const auto files = found(folder, "requires = " + wanted + "\n");
    REQUIRE_FALSE(files.has_value());
    CHECK(files.error().what == "`requires` is no version of fmx");
  }
}

TEST_CASE("a manifest that says what none can is refused, with its place and what to write") {
  const RunFolder folder;
  const auto [manifest, place, what,
              remedy] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"version = 1.0\n", ":1:11", "`version` is no text", "put it in quotes: version = \"...\""},
      {"requires = 1\n", ":1:12", "`requires` is no text", "put it in quotes: requires = \"...\""},
      {"name = \"pumps\"\nversoin = \"1.0\"\n", ":2:11", "a pack's manifest has no `versoin`",
       "did you mean `version`?"},
      {"authors = \"me\"\n", ":1:11", "`authors` is no list",
       "docs/authoring.md shows a whole manifest"},
      {"edition = \"2031\"\n", ":1:11", "the pack is of an edition of the language that fmx ",
       "write edition = \"2026\", or update fmx"},
  }));
  CAPTURE(manifest);
  const auto files = found(folder, manifest);
  REQUIRE_FALSE(files.has_value());
  CHECK(files.error().where.ends_with("fmpack.toml" + place));
  CHECK(files.error().what.starts_with(what));
  CHECK(files.error().remedy == remedy);
}
