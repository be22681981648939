#include <cmath>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

#include "src/readers/number.hpp"
#include "tests/catch.hpp"

using fmx::readers::number;
using fmx::readers::number_with_comma;
using fmx::readers::scan_number;

namespace {

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace

TEST_CASE("numbers are equal to the last bit to what the C library reads") {
  std::minstd_rand random(7);
  const auto digits = [&](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('0' + random() % 10);
    return text;
  };
  for (int trial = 0; trial < 200000; ++trial) {
    std::string text = random() % 3 == 0 ? "-" : "";
    text += digits(1 + random() % 19);
    if (random() % 8 != 0) text += "." + digits(random() % 26);
    if (random() % 6 == 0) text += "e" + std::to_string(static_cast<int>(random() % 660) - 330);
    double value = 0;
    const char* end = scan_number(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || !same_bits(value, std::strtod(text.c_str(), nullptr))) {
      FAIL(text);
    }
  }
}

TEST_CASE("numbers are spelled in many ways") {
  CHECK(number(" 0.5 ") == 0.5);
  CHECK(number("+3") == 3);
  CHECK(number("97.5%") == 97.5);
  CHECK(number("-Infinity") == -INFINITY);
  CHECK(number("inf") == INFINITY);
  CHECK(std::isnan(number("NaN").value()));
  CHECK(std::signbit(number("-0.0").value()));
  CHECK(number("5.") == 5);
  CHECK(number_with_comma("0,25") == 0.25);
  for (const char* none :
       {"", "-", ".", "e5", "1.2.3", "0x10", "1 2", "nano", "info", "--1", "+-1", "%"}) {
    CAPTURE(none);
    CHECK_FALSE(number(none).has_value());
  }
}
