// Every mistake has a page, an example on it that makes it, and golden cases that show how it
// looks.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "dsl/lint.hpp"
#include "tests/catch.hpp"
#include "tests/dsl/lowered.hpp"
#include "tests/dsl/sample.hpp"

using namespace fmx;
using namespace fmx::dsl;
namespace fs = std::filesystem;

namespace {

const fs::path golden = "tests/golden/errors";
const fs::path pages = "docs/diagnostics";

std::vector<fs::path> files_in(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The files of a case: a line `# file: name` begins another one. Beside them lies the demo pack.
std::vector<RuleFile> files_of(const std::string& name, const std::string& text) {
  std::vector<RuleFile> files{{name, ""}};
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string separator = "# file: ";
    if (line.starts_with(separator)) {
      files.push_back({line.substr(separator.size()), ""});
    } else {
      files.back().text += line + '\n';
    }
  }
  files.push_back({"demo.fmrule", read_file("tests/dsl/samples/demo.fmrule")});
  return files;
}

/// The codes that `statement` captures in the sources of dsl/ which hold one of `signs`.
std::set<std::string> codes_in_sources(const std::vector<std::string>& signs,
                                       const std::string& statement) {
  const std::regex statements(statement), code(R"re("([a-z]+(-[a-z]+)+)")re");
  std::set<std::string> codes;
  for (const fs::path& path : files_in("dsl", ".cpp")) {
    const std::string text = read_file(path.string());
    const auto holds = [&](const std::string& sign) { return text.find(sign) != text.npos; };
    if (std::none_of(signs.begin(), signs.end(), holds)) continue;
    for (std::sregex_iterator it(text.begin(), text.end(), statements), end; it != end; ++it) {
      const std::string found = it->str();
      for (std::sregex_iterator c(found.begin(), found.end(), code); c != end; ++c) {
        codes.insert((*c)[1]);
      }
    }
  }
  return codes;
}

/// Those of the parser are tested in mistakes_test.cpp.
std::set<std::string> error_codes() {
  return codes_in_sources({"problems", "dsl/expressions.hpp"}, R"re(\.code\s*=[^,]*,)re");
}

std::set<std::string> warning_codes() {
  std::set<std::string> codes =
      codes_in_sources({"dsl/lints.hpp", "dsl/unused.hpp"},
                       R"re((warning\(|add\(|look_at\([^"]*|\.code\s*=)\s*"[^,]*,)re");
  codes.merge(codes_in_sources({"Severity::warning"},  // what lowering warns of
                               R"re(Severity::warning,\s*\.code\s*=[^,]*,)re"));
  return codes;
}

/// The errors in `files` or, for a warning's code, those and the warnings of that code outside of
/// the demo pack.
std::vector<Diagnostic> mistakes(const Lowered& lowered, const std::string& code) {
  static const std::set<std::string> warnings = warning_codes();
  std::vector<Diagnostic> found = lowered.diagnostics;
  if (!warnings.contains(code)) return found;
  for (const Diagnostic& warning : lint(lowered)) {
    const std::string& path = lowered.knowledge.sources.at(warning.primary.span.source).path;
    if (warning.code == code && path != "demo.fmrule") found.push_back(warning);
  }
  return found;
}

std::string shown(const std::vector<Diagnostic>& diagnostics, const Sources& sources) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += render(diagnostic, sources);
  return text;
}

/// Those of lowering and of lints.
std::set<std::string> codes_of_meaning() {
  std::set<std::string> codes = error_codes();
  codes.merge(warning_codes());
  return codes;
}

/// Those that have a page: the parser's, too.
std::set<std::string> all_codes() {
  std::set<std::string> codes;
  for (const fs::path& page : files_in(pages, ".md")) codes.insert(page.stem().string());
  return codes;
}

/// The code that a case is about: its name, without what tells variants apart.
std::string code_of(const std::string& stem, const std::set<std::string>& codes) {
  std::string best;
  for (const std::string& code : codes) {
    const bool fits = stem == code || stem.starts_with(code + "-");
    if (fits && code.size() > best.size()) best = code;
  }
  return best;
}

/// The blocks of a page that are fenced by ``` and `language`.
std::vector<std::string> blocks(const std::string& page, const std::string& language) {
  std::vector<std::string> all;
  const std::string open = "```" + language + "\n";
  for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    at += open.size();
    all.push_back(page.substr(at, page.find("```", at) - at));
  }
  return all;
}

}  // namespace

TEST_CASE("mistakes look as they were blessed") {
  const bool bless = std::getenv("FMX_BLESS") != nullptr;
  const std::set<std::string> codes = all_codes();
  for (const fs::path& rules : files_in(golden, ".fmrule")) {
    const fs::path expected = fs::path(rules).replace_extension(".expected");
    const std::string name = rules.filename().string();
    const Lowered result = lowered(files_of(name, read_file(rules.string())));
    const auto found = mistakes(result, code_of(rules.stem().string(), codes));
    const std::string text = shown(found, result.knowledge.sources);
    if (bless) std::ofstream(expected, std::ios::binary) << text;
    CAPTURE(rules.string());
    CHECK(text == read_file(expected.string()));
  }
}

TEST_CASE("every code has a page and a case") {
  std::set<std::string> codes = all_codes();
  for (const std::string& code : codes_of_meaning()) {
    CAPTURE(code);
    CHECK(codes.contains(code));
  }
  codes.erase("file-too-large");  // is tested with a text made for it
  codes.erase("pack-replaced");   // and this with packs in two folders
  REQUIRE(codes.size() > 100);
  std::set<std::string> with_case;
  for (const fs::path& rules : files_in(golden, ".fmrule")) {
    const std::string stem = rules.stem().string(), code = code_of(stem, codes);
    CAPTURE(stem);
    CHECK_FALSE(code.empty());
    const std::string expected = read_file(fs::path(rules).replace_extension(".expected").string());
    const bool shows_it = expected.find("[" + code + "]") != std::string::npos;
    if (stem == code) CHECK(shows_it);
    if (shows_it) with_case.insert(code);
  }
  CHECK(with_case == codes);
}

TEST_CASE("a case about what is right says nothing") {
  for (const fs::path& expected : files_in(golden, ".expected")) {
    if (!expected.stem().string().ends_with("-not")) continue;
    CAPTURE(expected.string());
    CHECK(read_file(expected.string()).empty());
  }
}

TEST_CASE("a page shows its mistake as it looks, and how it is mended") {
  const bool bless = std::getenv("FMX_BLESS") != nullptr;
  for (const std::string& code : codes_of_meaning()) {
    const fs::path path = pages / (code + ".md");
    std::string page = read_file(path.string());
    if (bless) {
      const Lowered mistaken = lowered(files_of("my.fmrule", blocks(page, "fmrule").at(0)));
      const std::string looks = shown(mistakes(mistaken, code), mistaken.knowledge.sources);
      const std::size_t begin = page.find("```text\n") + 8, end = page.find("```", begin);
      page.replace(begin, end - begin, looks);
      std::ofstream(path, std::ios::binary) << page;
    }
    INFO(page);
    CHECK(page.starts_with("# " + code + "\n"));
    const auto texts = blocks(page, "fmrule"), looks = blocks(page, "text");
    REQUIRE(texts.size() == 2);
    REQUIRE(looks.size() == 1);
    const Lowered mistaken = lowered(files_of("my.fmrule", texts[0]));
    const auto found = mistakes(mistaken, code);
    CHECK(std::all_of(found.begin(), found.end(),
                      [&](const Diagnostic& diagnostic) { return diagnostic.code == code; }));
    CHECK(shown(found, mistaken.knowledge.sources) == looks[0]);
    const Lowered mended = lowered(files_of("my.fmrule", texts[1]));
    const auto left = mistakes(mended, code);
    INFO(shown(left, mended.knowledge.sources));
    CHECK(left.empty());
  }
}
