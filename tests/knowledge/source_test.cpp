#include "knowledge/source.hpp"

#include "tests/catch.hpp"

using fmx::Source;
using fmx::Sources;
using fmx::Span;

TEST_CASE("a place is found by line and by column in characters") {
  Sources sources;
  const auto id = sources.add(Source{"a.fmrule", "one\ntwo é three\r\nlast"});

  CHECK(sources.place(Span{id, 0, 1}).line == 1);
  CHECK(sources.place(Span{id, 0, 1}).column == 1);
  const auto three = static_cast<std::uint32_t>(sources.at(id).text.find("three"));
  CHECK(sources.place(Span{id, three, three + 5}).line == 2);
  CHECK(sources.place(Span{id, three, three + 5}).column == 7);
  CHECK(sources.place(Span{id, three, three + 5}).line_text == "two é three");
  CHECK(sources.text(Span{id, three, three + 5}) == "three");
}

TEST_CASE("a place past the end of the text is its end") {
  Sources sources;
  const auto id = sources.add(Source{"a.fmrule", "one\n"});
  CHECK(sources.place(Span{id, 99, 120}).line == 2);
  CHECK(sources.text(Span{id, 99, 120}).empty());
}
