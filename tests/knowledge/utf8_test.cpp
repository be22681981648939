#include "knowledge/utf8.hpp"

#include <string>

#include "tests/catch.hpp"

using namespace fmx;

TEST_CASE("what is not UTF-8 is found at its first byte") {
  struct Row {
    std::string text;
    std::size_t at;
  };
  const auto row = GENERATE(values<Row>({
      {"", std::string::npos},
      {"plain text of more than eight bytes", std::string::npos},
      {"é 日本 \U0001F600 \U0010FFFF", std::string::npos},
      {"12345678\xff", 8},
      {"a\xc3", 1},             // cut short
      {"a\xc3(", 1},            // not continued
      {"\x80", 0},              // continued, never begun
      {"\xc0\xaf", 0},          // overlong
      {"\xe0\x80\x80", 0},      // overlong
      {"\xed\xa0\x80", 0},      // a surrogate
      {"\xf4\x90\x80\x80", 0},  // above U+10FFFF
      {"\xf5\x80\x80\x80", 0},
  }));
  CAPTURE(row.text);
  CHECK(first_invalid_byte(row.text) == row.at);
}

TEST_CASE("columns are what a terminal gives") {
  CHECK(columns("abc") == 3);
  CHECK(columns("é") == 1);
  CHECK(columns("e\u0301") == 1);
  CHECK(columns("日本") == 4);
  CHECK(columns("\U0001F600") == 2);
  CHECK(columns("\xff") == 1);
}
