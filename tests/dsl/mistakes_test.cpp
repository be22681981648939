#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/dsl/sample.hpp"

using namespace fmx;
using namespace fmx::dsl;

namespace {

/// A text with one mistake, and what is said of it: code, message, the bytes marked, hint.
struct Row {
  std::string text, code, message, marked, hint;
};

/// `field` in a pattern.
std::string in_pattern(const std::string& field) {
  return "pack p\npattern a \"A\" {\n  prior 1%\n  " + field + "\n  severity low\n}\n";
}

std::string in_test(const std::string& line) {
  return "pack p\ntest \"t\" {\n  " + line + "\n  expect healthy\n}\n";
}

// clang-format off
const std::vector<Row> rows{
    // --- the file
    {"", "empty-file", "this file says nothing", "", "begin with `pack` and its name, such as `pack ml.optimization`"},
    {"# only words\n", "empty-file", "this file says nothing", "#", "begin with `pack` and its name, such as `pack ml.optimization`"},
    {"param lr {}\npack p\n", "missing-pack", "a file begins with its pack", "param", "begin with `pack` and its name, such as `pack ml.optimization`"},
    {"pack p\npack q\n", "repeated-pack", "a file belongs to one pack", "pack", "move what follows to a file of its own"},
    {"pack p\n# \xff\n", "not-utf8", "this file is not UTF-8 text", "\xff", "save it as UTF-8"},
    {"pack", "expected-name", "expected a name", "pack", ""},
    // --- items
    {"pack p\npatern a \"A\" {\n prior 1%\n}\n", "unknown-item", "no item is called `patern`", "patern", "did you mean `pattern`?"},
    {"pack p\n\"A\" {}\n", "expected-item", "expected an item, such as `finding` or `pattern`", "\"", ""},
    {"pack p\nparam a {\n}\n}\n", "unmatched-bracket", "this `}` closes nothing", "}", "leave it out, or look for a `}` too many above"},
    {"pack p\nwhen a > 3\n", "misplaced-field", "`when` stands outside of every block", "when", "is the block above closed too early?"},
    {"pack p\nparam a {\n unit s\n\nparam b {}\n", "unclosed-block", "this block is not closed", "{", "close it by `}`"},
    {"pack p\nparam a {\n unit s\n", "unclosed-block", "this block is not closed", "{", "close it by `}`"},
    {"pack p\npattern a {\n prior 1%\n}\n", "expected-string", "expected a title in quotes", "{", ""},
    {"pack p\npattern \"A\" {\n prior 1%\n}\n", "expected-name", "expected a name", "\"", "names stand without quotes"},
    {"pack p\nmetric a \"A\" {\n unit s\n}\n", "expected-sign", "expected `{`", "\"", "what is called by a name alone has its title inside, as a field: `title \"...\"`"},
    {"pack p\nmetric GradNorm {\n unit s\n}\n", "bad-name", "`GradNorm` is not written as names are", "GradNorm", "write `grad_norm`"},
    {"pack p\nlet before = 3\nlet b = before + 1\n", "reserved-word", "`before` cannot be a name", "before", "choose another name"},
    {"pack p\nlet a 3\n", "expected-sign", "expected `=`", "3", ""},
    {"pack p\nanalogy a b {\n via c\n}\n", "expected-sign", "expected `~`", "b", ""},
    {"pack p\namend let a {}\n", "expected-word", "expected what is amended: `metric`, `param`, `finding`, `pattern`, `fix`, `check` or `source`", "let", ""},
    {"pack p\ntable t(id text)\n", "expected-sign", "expected `:`", "text", ""},
    {"pack p\nrule r when a(b)\n", "expected-sign", "expected parameters in parentheses", "when", ""},
    {"pack p\nlet a b in {\"x\"}\n", "expected-sign", "expected `=`", "b", ""},
    // --- fields
    {in_pattern("pior 2%"), "unknown-field", "no field is called `pior`", "pior", "did you mean `prior`?"},
    {in_pattern("show a 70%"), "unknown-field", "no field is called `show`", "show", "did you mean `shows`?"},
    {"pack p\nfix a \"A\" {\n becaus \"x\"\n}\n", "unknown-field", "no field is called `becaus`", "becaus", "the fields of a fix are `let`, `cures`, `change`, `why`, `how`, `effort`, `risk`, `verify`, `leaves`, `unless`, `contradicts`, `when`, `about`, `cites`"},
    {"pack p\nmetric a {\n titel \"x\"\n}\n", "unknown-field", "no field is called `titel`", "titel", "did you mean `title`?"},
    {in_pattern("colour red"), "unknown-field", "no field is called `colour`", "colour", "the fields of a pattern are `like`, `let`, `area`, `severity`, `prior`, `instance`, `kind`, `mechanism`, `needs`, `risk`, `shows`, `never`, `leads`, `cause`, `typical`, `refuted`, `disputed`, `resembles`, `about`, `cites`"},
    {in_pattern("\"x\""), "expected-field", "expected a field or `}`", "\"", ""},
    {in_pattern("cites a b"), "unknown-field", "no field is called `b`", "b", ""},
    {in_pattern("said \"a\" \"b\""), "expected-field", "expected a field or `}`", "\"", "strings of a list are separated by commas"},
    {in_pattern("base 1%;"), "unexpected-sign", "nothing separates fields but blanks", ";", "leave it out"},
    {in_pattern("title Learning"), "expected-string", "expected a string in quotes", "Learning", "texts stand in double quotes"},
    {in_pattern("title 'A'"), "expected-string", "expected a string in quotes", "'", "strings stand in double quotes"},
    {in_pattern("base high"), "expected-number", "expected a probability, such as `30%`", "high", ""},
    {in_pattern("base .5"), "expected-number", "expected a probability, such as `30%`", ".", "a number begins with a digit: `0.5`"},
    {in_pattern("shows a"), "expected-number", "expected a probability, such as `30%`", "a", ""},
    {in_pattern("shows one of { a 3%"), "expected-sign", "expected `}`", "%", ""},
    {in_pattern("leads a 3%"), "expected-word", "expected `to`", "a", ""},
    {in_pattern("leads ot a 3%"), "expected-word", "expected `to`", "ot", ""},
    {in_pattern("instance fo a"), "expected-word", "expected `of`", "fo", ""},
    {in_pattern("change a tto 3"), "expected-word", "expected `to`", "tto", "did you mean `to`?"},
    {in_pattern("severity\n  about \"x\""), "expected-value", "expected a word", "severity", ""},
    {in_pattern("risk a > 3"), "expected-sign", "expected `:`", "3", ""},
    {in_pattern("verify 3"), "expected-value", "expected a condition in braces, or a text in quotes", "3", ""},
    // --- units
    {in_pattern("effort 5 mins"), "unknown-unit", "no unit is called `mins`", "mins", "did you mean `min`?"},
    {in_pattern("effort 5 Min"), "unknown-unit", "no unit is called `Min`", "Min", "did you mean `min`?"},
    {in_pattern("when slope(a over last 20 stesp) > 0"), "unknown-unit", "no unit is called `stesp`", "stesp", "did you mean `step`?"},
    {in_pattern("base 5 percent"), "unknown-unit", "no unit is called `percent`", "percent", "units are % x steps samples epochs tokens ns us ms s min h d B kB MB GB TB KiB MiB GiB TiB mad sd"},
    // --- expressions
    {in_pattern("when a >"), "expected-expression", "expected a value", ">", ""},
    {in_pattern("when a > and b > 3"), "expected-expression", "expected a value", "and", ""},
    {in_pattern("when and a > 3"), "expected-expression", "expected a condition", "and", ""},
    {in_pattern("when a > 3 and"), "expected-expression", "expected a condition", "and", ""},
    {in_pattern("when (a > 3"), "expected-sign", "expected `)`", "3", ""},
    {in_pattern("when last(a > 3"), "expected-sign", "expected `)`", "3", ""},
    {in_pattern("when a > 3)"), "unmatched-bracket", "this `)` closes nothing", ")", "leave it out"},
    {in_pattern("when a = 3"), "unknown-operator", "`=` is no operator", "=", "write `==`"},
    {in_pattern("when a > 3 && b > 3"), "unknown-operator", "`&&` is no operator", "&&", "write `and`"},
    {in_pattern("when a > 3 || b > 3"), "unknown-operator", "`||` is no operator", "||", "write `or`"},
    {in_pattern("when !a"), "unknown-operator", "`!` is no operator", "!", "write `not `"},
    {in_pattern("when 1 < a < 3"), "chained-comparison", "comparisons do not stand in a chain", "<", "compare twice: `a < b and b < c`, or `b between a .. c`"},
    {in_pattern("when (1 < a <= 3)"), "chained-comparison", "comparisons do not stand in a chain", "<=", "compare twice: `a < b and b < c`, or `b between a .. c`"},
    {in_pattern("when a between 1 and 3"), "expected-sign", "expected `..`", "and", ""},
    {in_pattern("when a matches b"), "expected-string", "expected a string in quotes", "b", "texts stand in double quotes"},
    {in_pattern("when a in \"x\""), "expected-sign", "expected `{`", "\"", ""},
    {in_pattern("when a sustained 5%"), "expected-word", "expected `for`", "5", ""},
    {in_pattern("when slope(a over 5%) > 0"), "expected-window", "expected a window: `last`, `first`, `steps`, `before` or `after`", "5", ""},
    {in_pattern("when max(a for m) > 0"), "expected-word", "expected `each`", "m", ""},
    {in_pattern("when LossSpikes"), "bad-name", "`LossSpikes` is not written as names are", "LossSpikes", "write `loss_spikes`"},
    {in_pattern("when " + std::string(300, '(') + "a" + std::string(300, ')')), "nested-too-deeply", "this expression is nested too deeply", "(", "name parts of it with `let`"},
    {in_pattern("when " + std::string(300, '-') + "a"), "nested-too-deeply", "this expression is nested too deeply", "-", "name parts of it with `let`"},
    // --- what follows an expression and does not belong to it
    {in_pattern("needs last(a) abov 4"), "unknown-operator", "`abov` is no operator", "abov", "did you mean `above`?"},
    {in_pattern("needs last(a) is 4"), "unknown-operator", "`is` is no operator", "is", "write `==`"},
    {in_pattern("needs if last(a) > 4"), "unknown-operator", "`if` is no word of conditions", "if", "leave it out: behind `when` stands the condition"},
    {in_pattern("needs mean(a) over last 20% > 3"), "misplaced-window", "a window stands inside the parentheses of a function", "over", "write it as in `mean(train_loss over last 20%)`"},
    {in_pattern("needs a > 3 for 20 steps"), "unknown-operator", "`for` alone is no operator", "for", "how long a comparison holds is said by `sustained for 20 steps`"},
    {in_pattern("needs a > 3 then a > 4"), "missing-parentheses", "what `then` joins stands in parentheses", "then", "write it as in `(a > 3) then ...`"},
    {in_pattern("needs last a > 3"), "missing-parentheses", "`last` takes its values in parentheses", "last", "write `last(a)`"},
    {in_pattern("needs a > 3 above 2"), "chained-comparison", "comparisons do not stand in a chain", "above", "compare twice, and join the two by `and`"},
    {in_pattern("needs last(a) > 3, last(b) > 4"), "unknown-operator", "`,` joins no conditions", ",", "conditions are joined by `and`"},
    {in_pattern("needs last(a) > 3,"), "unexpected-sign", "nothing separates fields but blanks", ",", "leave it out"},
    {"pack p\ntable t(a: text, n: number)\nrule r(x) when t(x, w), w > 3\n", "unknown-operator", "`,` joins no conditions", ",", "conditions are joined by `and`"},
    {"pack p\nlet x = last(a) abov 3\n", "unknown-operator", "`abov` is no operator", "abov", "did you mean `above`?"},
    {in_pattern("needs (last(a) abov 3)"), "expected-sign", "expected `)`", "abov", "did you mean `above`?"},
    {in_pattern("needs a ** 2 > 3"), "unknown-operator", "`**` is no operator", "**", "write `^`"},
    {in_pattern("needs a <> 3"), "unknown-operator", "`<>` is no operator", "<>", "write `!=`"},
    {in_pattern("needs a === 3"), "unknown-operator", "`===` is no operator", "===", "write `==`"},
    {in_pattern("needs a !== 3"), "unknown-operator", "`!==` is no operator", "!==", "write `!=`"},
    {in_pattern("needs a >== 3"), "unknown-operator", "`>==` is no operator", ">==", "write `>=`"},
    {in_pattern("needs a ≥ 3"), "unknown-operator", "`≥` is no operator", "≥", "write `>=`"},
    {in_pattern("needs mean(a over lst 20%) > 3"), "expected-window", "expected a window: `last`, `first`, `steps`, `before` or `after`", "lst", "did you mean `last`?"},
    // --- signs and names of other languages
    {in_pattern("// a comment, and 3 > 2"), "unexpected-sign", "`//` begins no comment here", "//", "comments begin with `#` and end with their line"},
    {in_pattern("needs a > 3 // a comment"), "unexpected-sign", "`//` begins no comment here", "//", "comments begin with `#` and end with their line"},
    {"// a comment\npack p\nparam a {}\n", "unexpected-sign", "`//` begins no comment here", "//", "comments begin with `#` and end with their line"},
    {"pack p\nmetric train-loss {\n unit s\n}\n", "bad-name", "`train-loss` is not written as names are", "train-loss", "write `train_loss`"},
    {in_test("given Train-Loss = 3"), "bad-name", "`Train-Loss` is not written as names are", "Train-Loss", "write `train_loss`"},
    // --- strings
    {in_pattern("title \"never closed"), "unterminated-string", "this string is not closed", "\"never closed", "close it by `\"`; a text of several lines stands in `\"\"\"`"},
    {in_pattern("when a matches \"^\\d+$\""), "unknown-escape", "`\\d` stands for nothing", "\\d", "for a backslash write `\\\\d`"},
    {"pack p\nparam a {\n  about \"\"\"never closed\n}\n", "unterminated-text", "this text is not closed", "\"\"\"", "close it by `\"\"\"`"},
    // --- tests
    {in_test("givven a = 3"), "unknown-field", "no field is called `givven`", "givven", "did you mean `given`?"},
    {in_test("expect finding f abov 30%"), "unknown-field", "no field is called `abov`", "abov", "did you mean `above`?"},
    {in_test("given = 3"), "expected-value", "expected what is given: a metric, a param, a fact, `symptom`, `tried`, `code` or `log`", "=", ""},
    {in_test("given a 3"), "expected-sign", "expected `=`", "3", ""},
    {in_test("given a = "), "expected-value", "expected a number, a text, a list or a shape", "=", ""},
    {in_test("given a = 1 -> 2 ovr 3 steps"), "expected-word", "expected `over`", "ovr", "did you mean `over`?"},
    {in_test("given a = 1 over 3 steps, up"), "expected-value", "expected a part of a shape, such as `0.5 over 20 steps`", "up", ""},
    {in_test("given a = [1, b]"), "expected-number", "expected a number", "b", ""},
    {in_test("expect 3"), "expected-name", "expected what is expected, such as a pattern or `healthy`", "3", ""},
    {in_test("expect a, confidence 3"), "expected-word", "expected `above`, `below` or `between`", "3", ""},
};
// clang-format on

}  // namespace

TEST_CASE("one mistake gives one diagnostic, in the words of the file") {
  const Row& row = GENERATE(from_range(rows));
  const Read read(row.text);
  INFO(row.text << read.shown());
  REQUIRE(read.parsed.diagnostics.size() == 1);
  const Diagnostic& d = read.parsed.diagnostics[0];
  CHECK(d.code == row.code);
  CHECK(d.message == row.message);
  CHECK(read.sources.text(d.primary.span) == row.marked);
  CHECK(d.hint == row.hint);
}

TEST_CASE("ten mistakes in ten fields give ten diagnostics, none caused by another") {
  const Read read(R"(pack p

finding f "F" {
  titel "x"
  when last(a > 3
  since argmin(b))
  base high
  said "one" "two"
  evidence
  about "not closed
  cites a,
  let X = 3
  when b > 3 =< 4
  severity low
  shows one of { a 3%, b }
  verify {
    X > 3 and
    base > 3
  }
  prior 3%
}

pattern g "G" {
  prior 3%
}
)");
  INFO(read.shown());
  std::vector<int> lines;
  for (const Diagnostic& d : read.parsed.diagnostics) {
    lines.push_back(read.sources.place(d.primary.span).line);
  }
  CHECK(lines == std::vector<int>{4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15});
  std::vector<std::string> kept;
  for (const std::uint32_t field : Children(read.tree(), *++Children(read.tree(), 0).begin())) {
    kept.emplace_back(name_of(read.tree().nodes[field].kind));
  }
  CHECK(kept == std::vector<std::string>{"name", "string", "let", "field_severity", "field_verify",
                                         "field_prior"});
}

TEST_CASE("each of several unknown fields is reported") {
  const Read metric("pack p\nmetric g {\n  aliasses \"gg\"\n  unitt ms\n  bettr lower\n}\n");
  INFO(metric.shown());
  CHECK(metric.parsed.diagnostics.size() == 3);
  const Read finding(
      "pack p\nfinding f \"F\" {\n  whn a > 3 and\n    b > 4\n  bas 2%\n  sad \"x\"\n}\n");
  INFO(finding.shown());
  CHECK(finding.parsed.diagnostics.size() == 3);
  const Read line("pack p\nfinding f \"F\" { whn last(a) > 3  bas 2%  sad \"x\" }\n");
  INFO(line.shown());
  CHECK(line.parsed.diagnostics.size() == 3);
  const Read test("pack p\ntest \"t\" {\n  givn a = 3\n  giwen b = 4\n  expct healthy\n}\n");
  INFO(test.shown());
  CHECK(test.parsed.diagnostics.size() == 3);
}

TEST_CASE("half a field does not pass for the whole") {
  const Read read("pack p\nlet a = 1 = 2\ncheck c \"C\" {\n  how \"so\"\n  effort 20 mins\n}\n");
  CHECK(read.parsed.diagnostics.size() == 2);
  CHECK(dump(read.tree(), read.sources) ==
        "(file (pack (path p)) (check (name c) (string \"C\") (field_how (string \"so\"))))");
}

TEST_CASE("a mistake in the head of an item does not hide those in its block") {
  const Read read(
      "pack p\npatern a \"A\" {\n  titel 3\n}\npattern b {\n  prior x\n}\nparam c {}\n");
  INFO(read.shown());
  REQUIRE(read.parsed.diagnostics.size() == 4);
  CHECK(read.parsed.diagnostics[1].message == "no field is called `titel`");
  CHECK(read.parsed.diagnostics[3].message == "expected a probability, such as `30%`");
  CHECK(dump(read.tree(), read.sources) == "(file (pack (path p)) (param (name c)))");
}

TEST_CASE("a block that is not closed ends where the next item begins") {
  const Read read("pack p\npattern a \"A\" {\n  prior 1%\n\npattern b \"B\" {\n  prior 2%\n}\n");
  INFO(read.shown());
  REQUIRE(read.parsed.diagnostics.size() == 1);
  const Diagnostic& d = read.parsed.diagnostics[0];
  CHECK(d.code == "unclosed-block");
  REQUIRE(d.secondary.size() == 1);
  CHECK(read.sources.place(d.secondary[0].span).line == 5);
  CHECK(dump(read.tree(), read.sources) ==
        "(file (pack (path p)) "
        "(pattern (name a) (string \"A\") (field_prior (quantity (number 1) (unit %)))) "
        "(pattern (name b) (string \"B\") (field_prior (quantity (number 2) (unit %)))))");
}

TEST_CASE("a name that is not written as one is reported where it stands first") {
  const Read read("pack p\nparam LR {}\nlet a = LR + LR\nlet or = 3\nlet b = or + 1\n");
  INFO(read.shown());
  REQUIRE(read.parsed.diagnostics.size() == 2);
  CHECK(read.parsed.diagnostics[0].edit->replacement == "lr");
  CHECK(read.parsed.diagnostics[1].code == "reserved-word");
}

TEST_CASE("an edit that a diagnostic offers mends the mistake") {
  const Row& row = GENERATE(from_range(rows));
  const Read read(row.text);
  INFO(row.text << read.shown());
  const auto& edit = read.parsed.diagnostics.at(0).edit;
  if (!edit) return;
  std::string text = row.text;
  text.replace(edit->span.begin, edit->span.end - edit->span.begin, edit->replacement);
  const Read mended(text);
  INFO(mended.shown());
  CHECK(mended.parsed.diagnostics.empty());
}

TEST_CASE("after a hundred mistakes the rest of a file is left unread, and that is said") {
  std::string text = "pack p\n";
  for (int i = 0; i < 1000; ++i) text += "let = 3\n";
  const Read read(text);
  REQUIRE(read.parsed.diagnostics.size() == 101);
  CHECK(read.parsed.diagnostics.back().code == "too-many-mistakes");
}

namespace {

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

TEST_CASE("every code has its page, whose example shows the mistake and how it is mended") {
  std::set<std::string> codes{"file-too-large", "too-many-mistakes"};
  for (const Row& row : rows) codes.insert(row.code);
  for (const std::string& code : codes) {
    const std::string page = read_file("docs/diagnostics/" + code + ".md");
    INFO(page);
    CHECK(page.starts_with("# " + code + "\n"));
    const std::vector<std::string> shown = blocks(page, "text"), texts = blocks(page, "fmrule");
    if (!shown.empty()) {
      REQUIRE(texts.size() == 2);
      const Read mistaken(texts[0], "my.fmrule");
      CHECK(mistaken.parsed.diagnostics.size() == 1);
      CHECK(mistaken.shown() == shown[0]);
    }
    if (!texts.empty()) CHECK(Read(texts.back()).shown() == "");
  }
}
