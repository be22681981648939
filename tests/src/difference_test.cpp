#include "src/commands/difference.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "tests/catch.hpp"

using fmx::commands::difference;

TEST_CASE("equal texts differ in nothing") {
  CHECK(difference("a", "", "").empty());
  CHECK(difference("a", "one\n", "one\n").empty());
}

TEST_CASE("a change stands between three lines on either side") {
  CHECK(difference("a.fmrule", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "--- a.fmrule\n+++ a.fmrule\n"
        "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("a file that had nothing is all new") {
  CHECK(difference("a", "", "1\n2\n") == "--- a\n+++ a\n@@ -0,0 +1,2 @@\n+1\n+2\n");
}

TEST_CASE("a last line without its end is marked") {
  CHECK(difference("a", "1", "1\n") ==
        "--- a\n+++ a\n@@ -1 +1 @@\n-1\n\\ No newline at end of file\n+1\n");
}

TEST_CASE("two changes far from each other are shown apart, near ones together") {
  const std::string text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
  const auto hunks = [](const std::string& shown) {
    std::size_t n = 0;
    for (std::size_t at = shown.find("@@ -"); at != shown.npos; at = shown.find("@@ -", at + 1)) {
      ++n;
    }
    return n;
  };
  CHECK(hunks(difference("a", text, "one\n2\n3\n4\n5\n6\n7\neight\n9\n10\n11\n12\n")) == 1);
  CHECK(hunks(difference("a", text, "one\n2\n3\n4\n5\n6\n7\n8\nnine\n10\n11\n12\n")) == 2);
}

namespace {

/// Does what `patch` does with a difference.
std::string patched(const std::string& before, const std::string& shown) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < before.size();) {
    const std::size_t end = std::min(before.find('\n', at), before.size() - 1) + 1;
    lines.push_back(before.substr(at, end - at));
    at = end;
  }
  std::string after;
  std::size_t next = 0;
  bool last_was_added = false;
  for (std::size_t at = 0; at < shown.size();) {
    const std::size_t end = shown.find('\n', at) + 1;
    const std::string line = shown.substr(at, end - at);
    at = end;
    if (line.starts_with("---") || line.starts_with("+++")) continue;
    if (line.starts_with("@@ -")) {
      const std::size_t first = static_cast<std::size_t>(std::strtoul(&line[4], nullptr, 10));
      const bool nothing = line.find(",0 +") != std::string::npos;
      const std::size_t until = nothing ? first : first - 1;
      for (; next < until; ++next) after += lines[next];
    } else if (line.starts_with('\\')) {
      if (last_was_added && after.ends_with('\n')) after.pop_back();
    } else {
      last_was_added = line[0] == '+' || line[0] == ' ';
      if (line[0] != '-') after += line.substr(1);
      if (line[0] != '+') {
        const std::string& had = lines.at(next++);
        REQUIRE(line.substr(1, had.size()).starts_with(had.substr(0, had.find('\n'))));
      }
    }
  }
  for (; next < lines.size(); ++next) after += lines[next];
  return after;
}

}  // namespace

TEST_CASE("a text and a difference give the other text") {
  const unsigned seed = GENERATE(range(1U, 200U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  const auto text = [&] {
    std::string out;
    for (auto i = random() % 40; i > 0; --i) out += std::string(1, "abc"[random() % 3]) + "\n";
    if (random() % 4 == 0) out += "end";
    return out;
  };
  const std::string before = text(), after = text();
  const std::string shown = difference("a", before, after);
  INFO(before << "---\n" << after << "---\n" << shown);
  if (before == after) return;
  CHECK(patched(before, shown) == after);
}
