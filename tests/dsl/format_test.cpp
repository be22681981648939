#include "dsl/format.hpp"

#include <filesystem>
#include <random>
#include <string>
#include <string_view>

#include "dsl/tokens.hpp"
#include "tests/catch.hpp"
#include "tests/dsl/sample.hpp"

using namespace fmx;
using namespace fmx::dsl;

namespace {

std::string formatted(const std::string& text) {
  const Read read(text);
  REQUIRE(read.shown() == "");
  return format(read.tree(), read.sources);
}

/// A layout for which blanks, line ends and, if wanted, comments are drawn by chance.
std::string laid_out_by_chance(const Read& read, std::mt19937& chance, bool with_comments) {
  const std::string_view text = read.sources.at(0).text;
  const auto one_in = [&](unsigned n) { return chance() % n == 0; };
  std::string out = one_in(2) ? "" : "\n ";
  const std::vector<Token> tokens = tokens_of(read.tree(), read.sources);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    out += text.substr(token.begin, token.end - token.begin);
    // A number keeps its sign and its unit in its line.
    const bool number = text[token.end - 1] >= '0' && text[token.end - 1] <= '9';
    const bool sign = text[token.end - 1] == '-';
    if (with_comments && !number && !sign && one_in(3)) out += " # by chance " + std::to_string(i);
    if (out.find('#', out.rfind('\n') + 1) != std::string::npos && !number) {
      out += "\n";
    } else if (!number && !sign && one_in(4)) {
      out += one_in(2) ? "\n" : "\r\n\t ";
    } else if (one_in(2) || i + 1 == tokens.size() || !tokens[i + 1].glued) {
      out += one_in(2) ? " " : "\t ";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("formatted text says the same, and formatting it again changes nothing") {
  const Read written(every_kind());
  const std::string once = format(written.tree(), written.sources);
  const Read again(once);
  CHECK(again.shown() == "");
  CHECK(same_meaning(written.tree(), written.sources, again.tree(), again.sources));
  CHECK(format(again.tree(), again.sources) == once);
}

TEST_CASE(
    "every rule file in the tree that parses is formatted to the same meaning, once for all") {
  int files = 0;
  for (const char* folder : {"tests", "knowledge/packs", "examples"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".fmrule") continue;
      const Read written(read_file(entry.path().string()));
      if (!written.shown().empty()) continue;
      const std::string once = format(written.tree(), written.sources);
      const Read again(once);
      CAPTURE(entry.path().string());
      REQUIRE(again.shown() == "");
      CHECK(same_meaning(written.tree(), written.sources, again.tree(), again.sources));
      CHECK(format(again.tree(), again.sources) == once);
      ++files;
    }
  }
  CHECK(files > 700);
}

TEST_CASE("however a file was laid out, it says the same once formatted") {
  const auto seed = GENERATE(range(0U, 40U));
  CAPTURE(seed);
  std::mt19937 chance(seed);
  const Read sample(every_kind());
  const Read written(laid_out_by_chance(sample, chance, true));
  INFO(written.sources.at(0).text);
  REQUIRE(written.shown() == "");
  const std::string once = format(written.tree(), written.sources);
  const Read again(once);
  INFO(once);
  CHECK(again.shown() == "");
  CHECK(same_meaning(written.tree(), written.sources, again.tree(), again.sources));
  CHECK(format(again.tree(), again.sources) == once);
}

TEST_CASE("without comments and empty lines, no layout shows in the formatted text") {
  const auto seed = GENERATE(range(0U, 20U));
  CAPTURE(seed);
  const Read sample(every_kind());
  std::mt19937 chance(seed), other(seed + 1000);
  CHECK(formatted(laid_out_by_chance(sample, chance, false)) ==
        formatted(laid_out_by_chance(sample, other, false)));
}

TEST_CASE("layouts") {
  struct Row {
    std::string what, written, formatted;
  };
  const auto row = GENERATE(values<Row>({
      {"one field a line", "pack p metric m { title \"t\" unit s }",
       "pack p\n\nmetric m {\n  title \"t\"\n  unit s\n}\n"},
      {"an empty block", "pack p metric m { }", "pack p\n\nmetric m {}\n"},
      {"at most one empty line", "pack p\n\n\n\nimport a\nimport b\n\n\n",
       "pack p\n\nimport a\nimport b\n"},
      {"comments stay where they stand",
       "# head\npack p # behind\n\n# before\nmetric m { # open\n # first\n unit s # unit\n\n\n # "
       "last\n"
       "} # closed\n# end",
       "# head\npack p  # behind\n\n# before\nmetric m {  # open\n  # first\n  unit s  # unit\n\n"
       "  # last\n}  # closed\n# end\n"},
      {"a comment inside an expression ends its line", "pack p let a = max(x, # the highest\n y)",
       "pack p\nlet a = max(x,  # the highest\n  y)\n"},
      {"a long condition is broken before `and`",
       "pack p let a = first_long_name > 1000000 and second_long_name > 1000000 and "
       "third_long_name > 1000000 and b > 1",
       "pack p\nlet a = first_long_name > 1000000\n  and second_long_name > 1000000\n"
       "  and third_long_name > 1000000\n  and b > 1\n"},
      {"a long list is filled",
       "pack p prefix \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\","
       "\"cccccccccccccccccccccc\",\"ddddddddddddd\"",
       "pack p\nprefix \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", "
       "\"cccccccccccccccccccccc\",\n  \"ddddddddddddd\"\n"},
      {"a certainty", "pack p certainty 2 x of a,b because \"c\"",
       "pack p\ncertainty 2x of a, b because \"c\"\n"},
      {"strings are left as they are",
       "pack p metric m { about \"\"\"\n    a\n      b\"\"\" unit s}",
       "pack p\n\nmetric m {\n  about \"\"\"\n    a\n      b\"\"\"\n  unit s\n}\n"},
      {"units", "pack p let a = 5 % + 4 x + 3s + 2GiB", "pack p\nlet a = 5% + 4x + 3 s + 2 GiB\n"},
      {"no byte order mark", "\xEF\xBB\xBFpack p", "pack p\n"},
      {"nothing but a comment", "pack p\n# only this", "pack p\n# only this\n"},
  }));
  INFO(row.what);
  CHECK(formatted(row.written) == row.formatted);
  CHECK(formatted(row.formatted) == row.formatted);
}

TEST_CASE("what differs in meaning is told apart") {
  const auto same = [](const std::string& a, const std::string& b) {
    const Read x("pack p " + a), y("pack p " + b);
    REQUIRE(x.shown() + y.shown() == "");
    return same_meaning(x.tree(), x.sources, y.tree(), y.sources);
  };
  CHECK(same("let a = 1", "let\na=1"));
  CHECK(same("pattern a \"\" { shows one of { a 1%, b 2% } }",
             "pattern a \"\" {shows one of{a 1% b 2%}}"));
  CHECK_FALSE(same("let a = 1", "let a = 2"));
  CHECK_FALSE(same("let a = 1", "let a = 1 # one"));
  CHECK_FALSE(same("test \"\" { given a = 1 }", "test \"\" { given a = -1 }"));
  CHECK_FALSE(
      same("analogy a ~ b { carries c as \"d\" }", "analogy a ~ b { carries c because \"d\" }"));
  CHECK_FALSE(same("let a = b + c", "let a = b - c"));
  CHECK_FALSE(same("let a = b < c", "let a = b > c"));
}
