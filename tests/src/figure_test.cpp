#include "src/reports/figure.hpp"

#include <limits>

#include "tests/catch.hpp"

using namespace fmx::reports;

TEST_CASE("figures have three significant digits and separated thousands") {
  struct Row {
    double value;
    const char* shown;
  };
  const auto row =
      GENERATE(values<Row>({{0, "0"},
                            {0.5234, "0.523"},
                            {3.1, "3.1"},
                            {6.04, "6.04"},
                            {12.345, "12.3"},
                            {-2.5, "-2.5"},
                            {100, "100"},
                            {999.6, "1000"},
                            {1234.4, "1,234"},
                            {-1234567, "-1,234,567"},
                            {0.00012, "1.2e-4"},
                            {2.5e9, "2.5e9"},
                            {std::numeric_limits<double>::quiet_NaN(), "NaN"},
                            {-std::numeric_limits<double>::infinity(), "minus infinite"}}));
  CHECK(figure(row.value) == row.shown);
}

TEST_CASE("steps are whole wherever they can be") {
  CHECK(position(1200) == "1,200");
  CHECK(position(0) == "0");
  CHECK(position(999) == "999");
  CHECK(position(0.5) == "0.5");
}

TEST_CASE("a probability is never rounded to certainty") {
  CHECK(percent(0) == "0 %");
  CHECK(percent(0.0004) == "0.04 %");
  CHECK(percent(0.00001) == "< 0.01 %");
  CHECK(percent(0.934) == "93 %");
  CHECK(percent(0.9999) == "> 99 %");
  CHECK(percent(1) == "100 %");
}

TEST_CASE("effort is told in minutes, hours or days") {
  CHECK(effort(2) == "2 min");
  CHECK(effort(90) == "1.5 h");
  CHECK(effort(3 * 24 * 60) == "3 days");
}
