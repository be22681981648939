#include "src/commands/mend.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "src/commands/check.hpp"
#include "tests/catch.hpp"

using namespace fmx;
namespace fs = std::filesystem;

namespace {

/// A folder of rule files that goes away again; no default packs stand beside it.
class Folder {
 public:
  explicit Folder(const std::string& text)
      : path_(fs::temp_directory_path() / ("fmx_mend_" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
    ::setenv("FMX_PACKS", path_.c_str(), 1);
    std::ofstream(file(), std::ios::binary) << text;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    ::unsetenv("FMX_PACKS");
    fs::remove_all(path_);
  }
  std::string file() const { return (path_ / "mine.fmrule").string(); }
  std::string text() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  fs::path path_;
};

/// The file's text as it would be.
std::string mended(const std::string& text) {
  const Folder folder(text);
  const auto mending = commands::mend({folder.file()});
  REQUIRE(mending);
  CHECK(folder.text() == text);  // nothing is written
  const auto after = mending->after.find(folder.file());
  return after == mending->after.end() ? text : after->second;
}

}  // namespace

TEST_CASE("a misspelt keyword, name or function with one name near is mended") {
  CHECK(mended("pack p\n"
               "metric train_loss {}\n"
               "finding f \"F\" { wen slop(trian_loss) > 0 }\n") ==
        "pack p\n"
        "metric train_loss {}\n"
        "finding f \"F\" { when slope(train_loss) > 0 }\n");
}

TEST_CASE("where two names are near, a person must choose") {
  const std::string text =
      "pack p\n"
      "metric loss_a {}\n"
      "metric loss_b {}\n"
      "finding f \"F\" { when last(loss_c) > last(loss_a) + last(loss_b) }\n";
  CHECK(mended(text) == text);
}

TEST_CASE("thresholds that stand in the wrong order are swapped") {
  CHECK(mended("pack p\n"
               "metric a {}\n"
               "finding f \"F\" { when last(a) above 4 .. 1.5 or last(a) below 1 .. 2 }\n") ==
        "pack p\n"
        "metric a {}\n"
        "finding f \"F\" { when last(a) above 1.5 .. 4 or last(a) below 2 .. 1 }\n");
}

TEST_CASE("a line that says nothing goes with its line end, a part of one without") {
  CHECK(mended("pack p\n"
               "let a = 3\n"
               "param b {}  let c = 4\n") ==
        "pack p\n"
        "param b {}\n");
}

TEST_CASE("mending twice is mending once") {
  const Folder folder(
      "pack p\n"
      "metric loss {}\n"
      "finding f \"F\" {\n"
      "  wen last(lsos) above 4 .. 1.5 && mean(loss) = 3\n"
      "  base 5\n"
      "}\n");
  commands::CheckOptions options;
  options.paths = {folder.file()};
  options.fix = true;
  (void)commands::check(options);
  const std::string once = folder.text();
  CHECK(once ==
        "pack p\n"
        "metric loss {}\n"
        "finding f \"F\" {\n"
        "  when last(loss) above 1.5 .. 4 and mean(loss) == 3\n"
        "  base 5%\n"
        "}\n");
  (void)commands::check(options);
  CHECK(folder.text() == once);
  const auto again = commands::mend({folder.file()});
  REQUIRE(again);
  CHECK(again->mended.empty());
}

TEST_CASE("what nobody can mend is left, byte for byte") {
  const std::string text = "pack p\r\nfinding f \"F\" {\r\n  when\r\n}\r\n# \xc3\xa9\r\n";
  CHECK(mended(text) == text);
}
