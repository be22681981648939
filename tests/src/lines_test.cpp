#include "src/reports/lines.hpp"

#include "tests/catch.hpp"

using namespace fmx::reports;

TEST_CASE("text is broken at blanks and hangs under its lead") {
  CHECK(wrap("the loss climbs away from its best value", 20, 4, "  + ") ==
        "  + the loss climbs\n"
        "    away from its\n"
        "    best value\n");
}

TEST_CASE("a word that is longer than the line stands alone and is never cut") {
  CHECK(wrap("see https://arxiv.org/abs/1706.02677 there", 12, 2, "  ") ==
        "  see\n"
        "  https://arxiv.org/abs/1706.02677\n"
        "  there\n");
}

TEST_CASE("width counts columns, not bytes") {
  CHECK(wrap("größer größer", 13, 0, "") == "größer größer\n");
}

TEST_CASE("line ends and runs of blanks in the text count as one blank") {
  CHECK(one_line("  a\n   b\tc ") == "a b c");
  CHECK(wrap("a\n\n b", 80, 0, "") == "a b\n");
}
