// docs/language.md does what it says: its examples are read together, as one pack, and their tests
// run; an example that is marked by a code gives that error.

#include <string>
#include <vector>

#include "engine/diagnose.hpp"
#include "src/rule_tests/judge.hpp"
#include "src/rule_tests/made_up_run.hpp"
#include "tests/catch.hpp"
#include "tests/dsl/lowered.hpp"
#include "tests/dsl/sample.hpp"

using namespace fmx;
using namespace fmx::dsl;

namespace {

struct Example {
  std::string code;  ///< of the error it gives; empty where it is right
  RuleFile file;
};

/// The blocks fenced by ```fmrule, each a file called by the line it begins at.
std::vector<Example> examples() {
  const std::string page = read_file("docs/language.md"), fence = "\n```fmrule";
  std::vector<Example> all;
  for (std::size_t at = page.find(fence); at != page.npos; at = page.find(fence, at)) {
    const std::size_t word = at + fence.size(), begin = page.find('\n', word) + 1;
    const std::size_t end = page.find("```", begin);
    std::string code = page.substr(word, begin - 1 - word);
    if (code.starts_with(' ')) code.erase(0, 1);
    const auto line =
        std::count(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    all.push_back({code,
                   {"language.md:" + std::to_string(line + 2),
                    "pack language\n" + page.substr(begin, end - begin)}});
    at = end;
  }
  return all;
}

std::vector<RuleFile> right_ones() {
  std::vector<RuleFile> files;
  for (const Example& example : examples()) {
    if (example.code.empty()) files.push_back(example.file);
  }
  return files;
}

}  // namespace

TEST_CASE("the examples of the language's description are understood") {
  const Lowered pack = lowered(right_ones());
  INFO(shown(pack));
  CHECK(pack.diagnostics.empty());
  CHECK(pack.knowledge.tests.size() > 10);
}

TEST_CASE("the tests among the examples of the language's description pass") {
  const Lowered pack = lowered(right_ones());
  REQUIRE(pack.diagnostics.empty());
  const Knowledge& knowledge = pack.knowledge;
  for (const Test& test : knowledge.tests) {
    const auto diagnosis = engine::diagnose(knowledge, rule_tests::made_up_run(knowledge, test));
    for (const rule_tests::Failure& failure : rule_tests::judge(knowledge, test, diagnosis)) {
      UNSCOPED_INFO(test.title << ": " << failure.expected << ": " << failure.instead);
      for (const std::string& detail : failure.details) UNSCOPED_INFO("  " << detail);
      CHECK(failure.place.empty());
    }
  }
}

TEST_CASE("the wrong examples of the language's description give the error that they name") {
  int wrong = 0;
  for (const Example& example : examples()) {
    if (example.code.empty()) continue;
    std::vector<RuleFile> files = right_ones();
    files.push_back(example.file);
    const Lowered pack = lowered(files);
    INFO(example.file.path << "\n" << shown(pack));
    REQUIRE(pack.diagnostics.size() == 1);
    CHECK(pack.diagnostics.front().code == example.code);
    ++wrong;
  }
  CHECK(wrong > 3);
}
