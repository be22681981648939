#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "src/packs/cache.hpp"
#include "src/packs/load.hpp"
#include "tests/catch.hpp"
#include "tests/src/run_folder.hpp"

using namespace fmx;
namespace fs = std::filesystem;

namespace {

/// Has FMX_CACHE name a folder of the test's own.
class CacheFolder {
 public:
  CacheFolder() { ::setenv("FMX_CACHE", folder_.path().c_str(), 1); }
  ~CacheFolder() { ::unsetenv("FMX_CACHE"); }
  CacheFolder(const CacheFolder&) = delete;
  CacheFolder& operator=(const CacheFolder&) = delete;

  std::vector<fs::path> files() const {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator(folder_.path())) all.push_back(entry.path());
    return all;
  }

 private:
  RunFolder folder_;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

constexpr const char* rules = R"(pack pumps

metric flow "Flow" { unit 1 }

finding low_flow "The flow is low" {
  when last(flow) < 2
}
)";

/// A pack that was written some time ago.
struct Pack {
  RunFolder folder;
  std::vector<packs::RuleFile> files;
  std::time_t later = std::time(nullptr) + 60;

  Pack() {
    folder.write("pumps.fmrule", rules);
    files = packs::find({folder.path()}).value();
  }
  packs::Cache cache() const { return packs::Cache(files, later); }
  Knowledge parsed() const {
    ::setenv("FMX_CACHE", "", 1);
    return packs::load(files).value().knowledge;
  }
};

}  // namespace

SCENARIO("what rule files were understood as is kept until they change") {
  const Pack pack;
  const Knowledge parsed = pack.parsed();
  REQUIRE(parsed.findings.size() == 1);
  const CacheFolder folder;
  CHECK_FALSE(pack.cache().find().has_value());
  pack.cache().keep(parsed);
  REQUIRE(folder.files().size() == 1);

  GIVEN("the same files") {
    const std::optional<Knowledge> kept = pack.cache().find();
    REQUIRE(kept.has_value());
    REQUIRE(kept->findings.size() == 1);
    CHECK(kept->findings[0].name == "low_flow");
    const Span declared = kept->findings[0].declaration;
    CHECK(kept->sources.text(declared) == parsed.sources.text(declared));
    CHECK(kept->sources.place(declared).line == 5);
    CHECK(kept->sources.at(0).path == pack.files[0].path);
  }
  GIVEN("a file of the same size with another number, written in its place") {
    std::string text = rules;
    text.replace(text.find("< 2"), 3, "< 3");
    pack.folder.write("pumps.fmrule", text);
    CHECK_FALSE(pack.cache().find().has_value());
  }
  GIVEN("the same bytes, written again") {
    fs::remove(pack.files[0].path);
    pack.folder.write("pumps.fmrule", rules);
    CHECK_FALSE(pack.cache().find().has_value());
  }
  GIVEN("a manifest that gives the pack another version") {
    std::vector<packs::RuleFile> files = pack.files;
    files[0].version = "2.0.0";
    CHECK_FALSE(packs::Cache(files, pack.later).find().has_value());
  }
  GIVEN("a kept file that was cut") {
    const fs::path kept = folder.files().front();
    const std::string whole = bytes_of(kept);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      write(kept, std::string_view(whole).substr(0, size));
      INFO(size);
      CHECK_FALSE(pack.cache().find().has_value());
    }
  }
  GIVEN("a kept file of which a bit was turned, in front of the texts") {
    const fs::path kept = folder.files().front();
    const std::string whole = bytes_of(kept);
    REQUIRE(whole.ends_with(rules));
    const std::size_t texts = whole.size() - std::string_view(rules).size();
    for (std::size_t at = 0; at < texts; ++at) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ 4);
      write(kept, damaged);
      INFO(at);
      CHECK_FALSE(pack.cache().find().has_value());
    }
  }
}

SCENARIO(
    "files that were changed just now are not kept, for their times would not tell the next "
    "change") {
  const Pack pack;
  const Knowledge parsed = pack.parsed();
  const CacheFolder folder;
  packs::Cache(pack.files, std::time(nullptr)).keep(parsed);
  CHECK(folder.files().empty());
}
