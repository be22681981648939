#include "knowledge/diagnostic.hpp"

#include <algorithm>
#include <string>

#include "tests/catch.hpp"

using namespace fmx;

namespace {

/// A diagnostic on the first place where `words` stand in the text.
Diagnostic at(const Sources& sources, std::string_view words) {
  const auto begin = static_cast<std::uint32_t>(sources.at(0).text.find(words));
  Diagnostic d{.code = "some-code", .message = "something is wrong"};
  d.primary.span = Span{0, begin, begin + static_cast<std::uint32_t>(words.size())};
  return d;
}

Sources with(std::string text) {
  Sources sources;
  sources.add({"a.fmrule", std::move(text)});
  return sources;
}

}  // namespace

TEST_CASE("a diagnostic shows its place, its line, its carets and its hint") {
  const Sources sources = with("pack p\n\n  when last(grad_nrom) above 3\n");
  Diagnostic d = at(sources, "grad_nrom");
  d.code = "unknown-metric";
  d.message = "no metric is called `grad_nrom`";
  d.primary.text = "not declared in this pack or its imports";
  d.hint = "did you mean `grad_norm`?";
  CHECK(render(d, sources) ==
        "error[unknown-metric]: no metric is called `grad_nrom`\n"
        " --> a.fmrule:3:13\n"
        "  |\n"
        "3 |   when last(grad_nrom) above 3\n"
        "  |             ^^^^^^^^^ not declared in this pack or its imports\n"
        "  = hint: did you mean `grad_norm`?\n");
}

TEST_CASE("a clash also shows where the first one stands, in one gutter") {
  const Sources sources = with("pack p\n\n\n\n\n\n\n\n\nsecond\n");
  Diagnostic d = at(sources, "second");
  d.severity = Severity::warning;
  d.secondary.push_back({Span{0, 0, 4}, "first declared here"});
  CHECK(render(d, sources) ==
        "warning[some-code]: something is wrong\n"
        "  --> a.fmrule:10:1\n"
        "   |\n"
        "10 | second\n"
        "   | ^^^^^^\n"
        "  --> a.fmrule:1:1\n"
        "   |\n"
        " 1 | pack p\n"
        "   | ---- first declared here\n");
}

TEST_CASE("tabs, wide characters and marks without width do not move the carets") {
  const auto carets = [](std::string text) {
    const Sources sources = with(std::move(text));
    const std::string shown = render(at(sources, "here"), sources);
    const auto line = [&](std::size_t n) {
      std::size_t begin = 0;
      while (n-- > 0) begin = shown.find('\n', begin) + 1;
      return shown.substr(begin, shown.find('\n', begin) - begin);
    };
    return line(4);
  };
  CHECK(carets("abcd here") == "  |      ^^^^");
  CHECK(carets("\there") == "  |     ^^^^");
  CHECK(carets("日本 here") == "  |      ^^^^");
  CHECK(carets("e\u0301 here") == "  |   ^^^^");
  CHECK(carets("é\xff here") == "  |    ^^^^");
  CHECK(carets("\x1b[1m here") == "  |      ^^^^");
}

TEST_CASE("no byte of the file reaches the terminal as a control character or as broken UTF-8") {
  const Sources sources = with("\x1b[31m here \xc3( \x7f\r\n");
  const std::string shown = render(at(sources, "here"), sources);
  CHECK(shown.find("\x1b") == std::string::npos);
  CHECK(shown.find('\r') == std::string::npos);
  CHECK(shown.find("\uFFFD[31m here \uFFFD( \uFFFD") != std::string::npos);
}

TEST_CASE("an empty span, or one at the end of the text, is shown by one caret") {
  const Sources sources = with("pack p\nab");
  Diagnostic d = at(sources, "ab");
  d.primary.span = Span{0, 9, 9};
  CHECK(render(d, sources) ==
        "error[some-code]: something is wrong\n"
        " --> a.fmrule:2:3\n"
        "  |\n"
        "2 | ab\n"
        "  |   ^\n");
  const Sources nothing = with("");
  d.primary.span = Span{0, 0, 0};
  CHECK(render(d, nothing).find("--> a.fmrule:1:1") != std::string::npos);
}

TEST_CASE("a span of several lines is marked on its first") {
  const Sources sources = with("one { two\nthree }\n");
  Diagnostic d = at(sources, "{ two\nthree }");
  CHECK(render(d, sources) ==
        "error[some-code]: something is wrong\n"
        " --> a.fmrule:1:5\n"
        "  |\n"
        "1 | one { two\n"
        "  |     ^^^^^\n");
}

TEST_CASE("a very long line is cut around its carets") {
  const Sources sources = with(std::string(100'000, 'a') + " here " + std::string(100'000, 'b'));
  const std::string shown = render(at(sources, "here"), sources);
  CHECK(shown.size() < 500);
  CHECK(shown.find("... aaaa") != std::string::npos);
  CHECK(shown.find("a here b") != std::string::npos);
  CHECK(shown.find("b ...\n") != std::string::npos);
  const std::size_t line = shown.find("... ");
  const std::size_t marks = shown.find("^^^^");
  const std::size_t under = shown.rfind('\n', marks);
  CHECK(shown.find("here", line) - line == marks - under - 5);
}

TEST_CASE("diagnostics are shown in the order of the files, errors first") {
  const Sources sources = with("one two three");
  std::vector<Diagnostic> all{at(sources, "three"), at(sources, "one"), at(sources, "one"),
                              at(sources, "two")};
  all[1].severity = Severity::warning;
  sort_by_place(all);
  CHECK(sources.text(all[0].primary.span) == "one");
  CHECK(all[0].severity == Severity::error);
  CHECK(all[1].severity == Severity::warning);
  CHECK(sources.text(all[2].primary.span) == "two");
  CHECK(sources.text(all[3].primary.span) == "three");

  CHECK(has_errors(all));
  CHECK_FALSE(has_errors({all[1]}));
  CHECK_FALSE(has_errors({}));
}
