#include <cstdlib>

#include "src/packs/load.hpp"
#include "tests/catch.hpp"
#include "tests/src/run_folder.hpp"

using namespace fmx;

namespace {

/// The packs of a folder are those that come with fmx, for as long as this lives.
class Default {
 public:
  explicit Default(const std::string& path) { ::setenv("FMX_PACKS", path.c_str(), 1); }
  ~Default() { ::unsetenv("FMX_PACKS"); }
  Default(const Default&) = delete;
  Default& operator=(const Default&) = delete;
};

}  // namespace

TEST_CASE("a pack that takes the place of one that others build upon is blamed itself") {
  const RunFolder theirs, mine;
  theirs.write("base.fmrule",
               "pack base\nmetric g {}\nfinding high \"High\" { when last(g) > 3 }\n");
  theirs.write("built.fmrule",
               "pack built\nimport base\nfinding very \"Very\" { when high and last(g) > 9 }\n");
  const std::string own = mine.write("own.fmrule", "pack base\nmetric other {}\n");
  const Default packs(theirs.path());

  const auto loaded = packs::load_for_authors({own});
  REQUIRE(loaded.has_value());
  REQUIRE(loaded->diagnostics.size() == 1);
  const Diagnostic& only = loaded->diagnostics.front();
  CHECK(only.code == "pack-replaced");
  CHECK(loaded->knowledge.sources.at(only.primary.span.source).path == own);
  CHECK(loaded->knowledge.sources.text(only.primary.span) == "base");
}

TEST_CASE("a pack may take the place of one that nothing builds upon") {
  const RunFolder theirs, mine;
  theirs.write("base.fmrule", "pack base\nmetric g {}\n");
  const std::string own = mine.write("own.fmrule", "pack base\nmetric other {}\n");
  const Default packs(theirs.path());

  const auto loaded = packs::load_for_authors({own});
  REQUIRE(loaded.has_value());
  CHECK_FALSE(has_errors(loaded->diagnostics));
  REQUIRE(loaded->knowledge.metrics.size() == 1);
  CHECK(loaded->knowledge.metrics.front().name == "other");
}
