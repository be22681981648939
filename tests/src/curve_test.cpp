#include "src/reports/curve.hpp"

#include <cmath>
#include <vector>

#include "tests/catch.hpp"

using namespace fmx::reports;

namespace {

struct Samples {
  std::vector<double> steps, values;
  fmx::engine::Window window() const { return {steps, values}; }
};

Samples ramp(std::size_t n) {
  Samples samples;
  for (std::size_t i = 0; i < n; ++i) {
    samples.steps.push_back(static_cast<double>(i));
    samples.values.push_back(static_cast<double>(i));
  }
  return samples;
}

}  // namespace

TEST_CASE("a rising series is drawn as rising blocks") {
  CHECK(blocks(curve(ramp(8).window(), {}, 8)) == "▁▂▃▄▅▆▇█");
}

TEST_CASE("a series of one value is drawn at half height") {
  Samples flat{{0, 1, 2}, {4, 4, 4}};
  CHECK(blocks(curve(flat.window(), {}, 10)) == "▅▅▅");
}

TEST_CASE("a single spike among many samples stays in sight") {
  Samples samples = ramp(1000);
  for (double& value : samples.values) value = 1;
  samples.values[517] = 40;
  const Curve thin = curve(samples.window(), {}, 20);
  CHECK(thin.values[10] == 40);
  CHECK(thin.highest == 40);
}

TEST_CASE("what is not finite is drawn as a cross and does not count for the range") {
  Samples samples{{0, 1, 2, 3}, {1, NAN, 2, INFINITY}};
  const Curve thin = curve(samples.window(), {}, 4);
  CHECK(blocks(thin) == "▁×█×");
  CHECK(thin.lowest == 1);
  CHECK(thin.highest == 2);
}

TEST_CASE("values over many decades are drawn on a logarithmic scale") {
  Samples samples{{0, 1, 2}, {1, 1000, 1e6}};
  CHECK(blocks(curve(samples.window(), {}, 3)) == "▁▅█");
}

TEST_CASE("the mark stands where something began, in steps and not in samples") {
  Samples samples{{0, 10, 900, 1000}, {1, 1, 1, 1}};
  CHECK(curve(samples.window(), 900, 4).mark == 3U);
  CHECK(curve(samples.window(), 0, 4).mark == 0U);
  CHECK_FALSE(curve(samples.window(), 2000, 4).mark.has_value());
}

TEST_CASE("a series without a finite sample has no curve") {
  Samples samples{{0, 1}, {NAN, NAN}};
  CHECK(curve(samples.window(), {}, 4).empty());
  CHECK(curve({}, {}, 4).empty());
}

TEST_CASE("a stretch in which nothing was logged keeps the value it stood at") {
  Samples samples{{0, 1, 9, 10}, {1, 1, 3, 3}};
  CHECK(blocks(curve(samples.window(), {}, 4)) == "▁▁▁█");
}
