#include "dsl/parse.hpp"

#include <ctime>
#include <regex>
#include <set>
#include <string>
#include <tao/pegtl/contrib/analyze.hpp>

#include "dsl/grammar.hpp"
#include "tests/catch.hpp"
#include "tests/dsl/sample.hpp"

using namespace fmx;
using namespace fmx::dsl;

namespace {

void replace_all(std::string& text, const std::regex& what, const std::string& by) {
  text = std::regex_replace(text, what, by);
}

/// A dump in which plain numbers, references and signs are shown by their text alone.
std::string shortened(std::string tree) {
  replace_all(tree, std::regex(R"re(\(quantity \(number ([^()]*)\)\))re"), "$1");
  replace_all(tree, std::regex(R"re(\(reference \(path ([^()]*)\)\))re"), "$1");
  replace_all(tree, std::regex(R"re(\(reference \(path ([^()]*)\))re"), "(reference $1");
  replace_all(tree, std::regex(R"re(\((operator_word|comparator) ([^()]*)\))re"), "$2");
  return tree;
}

}  // namespace

TEST_CASE("the sample file holds every kind of node and parses without a word") {
  const Read read(every_kind());
  CHECK(read.shown() == "");

  std::set<Kind> seen;
  for (const Node& node : read.tree().nodes) seen.insert(node.kind);
  for (int k = 0; k <= static_cast<int>(Kind::bound); ++k) {
    const auto kind = static_cast<Kind>(k);
    CAPTURE(name_of(kind));
    CHECK(seen.contains(kind));
  }
}

TEST_CASE("the grammar can neither loop nor recurse without reading on") {
  CHECK(tao::pegtl::analyze<grammar::file>(1) == 0);
}

TEST_CASE("the examples of the language's description parse") {
  const std::string page = read_file("docs/language.md");
  const std::string open = "```fmrule\n";
  int examples = 0;
  for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    at += open.size();
    const Read read("pack p\n" + page.substr(at, page.find("```", at) - at));
    CHECK(read.shown() == "");
    ++examples;
  }
  CHECK(examples > 0);
}

TEST_CASE("expressions") {
  struct Row {
    std::string expression, tree;
  };
  // Numbers and references are shown by their text alone.
  const auto row = GENERATE(values<Row>({
      {"a", "a"},
      {"a.b.c", "a.b.c"},
      {"a[m]", "(reference a (labels (name m)))"},
      {"1 + 2 * 3", "(add 1 + (multiply 2 * 3))"},
      {"1 - 2 + 3", "(add 1 - 2 + 3)"},
      {"-a ^ 2", "(negate (power a 2))"},
      {"2 ^ -a ^ b", "(power 2 (negate (power a b)))"},
      {"-a * b", "(multiply (negate a) * b)"},
      {"a else b + 1 else 2", "(otherwise a (add b + 1) 2)"},
      {"(a)", "(grouped a)"},
      {"a > 1 and b > 1 or not c and d",
       "(disjunction (conjunction (compare a > 1) (compare b > 1)) (conjunction (negation c) d))"},
      {"not a > 1 and b", "(conjunction (negation (compare a > 1)) b)"},
      {"a else b above 1 .. 2", "(above (otherwise a b) 1 2)"},
      {"a above 1..2", "(above a 1 2)"},
      {"a > 1 sustained for 5", "(sustained (compare a > 1) 5)"},
      {"a before b within 3", "(before a b 3)"},
      {"a within 3 of b", "(near a 3 b)"},
      {"f()", "(call (name f))"},
      {"f (a, b)", "(call (name f) a b)"},
      {"p.f(a)", "(call (path p.f) a)"},
      {"f(a over last 3)", "(call (name f) (argument a (window_last 3)))"},
      {"f(a over first 3 for each m, n where m != \"x\")",
       "(call (name f) (argument a (window_first 3) (for_each (name m) (name n) (compare m != "
       "(string "
       "\"x\")))))"},
      {"first(a) > last", "(compare (call (name first) a) > last)"},
      {"3 min", "(quantity (number 3) (unit min))"},
      {"3min", "(quantity (number 3) (unit min))"},
      {"3 us", "(quantity (number 3) (unit us))"},
      {"3 % 100", ""},
      {"x + 3 x", "(add x + (quantity (number 3) (unit x)))"},
      {"1e-3", "1e-3"},
      {"f(3 min(a))", ""},
      {"range > 3", "(compare range > 3)"},
  }));
  const Read read("pack p\nlet it = " + row.expression + "\n");
  INFO(row.expression << "\n" << read.shown());
  if (row.tree.empty()) {
    CHECK(read.parsed.diagnostics.size() == 1);
    return;
  }
  REQUIRE(read.shown() == "");
  const std::uint32_t value = *++Children(read.tree(), *++Children(read.tree(), 0).begin()).begin();
  CHECK(shortened(dump(read.tree(), read.sources, value)) == row.tree);
}

TEST_CASE("a node's text begins and ends with its own bytes, blanks and comments aside") {
  const Read read("pack p # one\n\n# two\nlet a = f( b # three\n , c ) # four\n\n# five\n");
  REQUIRE(read.shown() == "");
  std::vector<std::string_view> texts;
  for (std::uint32_t i = 1; i < read.tree().nodes.size(); ++i) {
    texts.push_back(text_of(read.tree(), read.sources, i));
  }
  CHECK(texts == std::vector<std::string_view>{"pack p", "p", "let a = f( b # three\n , c )", "a",
                                               "f( b # three\n , c )", "f", "b", "b", "c", "c"});
  std::vector<std::string_view> comments;
  for (const Comment& c : read.tree().comments)
    comments.push_back(read.sources.text({0, c.begin, c.end}));
  CHECK(comments == std::vector<std::string_view>{"# one", "# two", "# three", "# four", "# five"});
}

TEST_CASE("parsing takes time in proportion to the text") {
  const auto seconds_for = [](const std::string& text) {
    const auto before = std::clock();
    const Read read(text);
    return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  };
  // Each of these took seconds or minutes if an alternative were tried again at every level.
  CHECK(seconds_for("pack p\nlet a = " + std::string(100'000, '(')) < 5);
  std::string nested = "a > 1";
  for (int i = 0; i < 90; ++i) nested = "((" + nested + ") + f(b, c) and not (d over last 3)";
  CHECK(seconds_for("pack p\nlet a = " + nested) < 5);
  std::string sum = "pack p\nlet a = 1";
  for (int i = 0; i < 100'000; ++i) sum += " + 1";
  CHECK(seconds_for(sum) < 5);
}
