#include "src/rule_tests/shape.hpp"

#include <cmath>

#include "tests/catch.hpp"

using fmx::Shape;
using fmx::engine::Series;
using fmx::rule_tests::synthesize;

namespace {

Shape::Part linear(double from, double to, double steps) {
  return {.kind = Shape::Kind::linear, .from = from, .to = to, .steps = steps, .values = {}};
}

}  // namespace

TEST_CASE("parts follow one another and the last one reaches its end") {
  Shape shape;
  shape.parts = {linear(2, 0, 4), linear(0, 3, 3)};
  const Series series = synthesize(shape, "seed");
  CHECK(series.steps == std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(series.values == std::vector<double>{2, 1.5, 1, 0.5, 0, 1, 2, 3});
}

TEST_CASE("samples lie as far apart as `every` says") {
  Shape shape;
  shape.parts = {linear(0, 100, 100)};
  shape.every = 50;
  CHECK(synthesize(shape, "").steps == std::vector<double>{0, 50, 100});
}

TEST_CASE("listed values are taken as they are, one a sample") {
  Shape shape;
  shape.parts = {
      {.kind = Shape::Kind::values, .from = 0, .to = 0, .steps = 0, .values = {2.1, NAN, 1.7}}};
  shape.every = 50;
  const Series series = synthesize(shape, "");
  CHECK(series.steps == std::vector<double>{0, 50, 100});
  CHECK(series.values[0] == 2.1);
  CHECK(std::isnan(series.values[1]));
}

TEST_CASE("an exponential decay starts and ends where it says and is convex") {
  Shape shape;
  shape.parts = {{.kind = Shape::Kind::decay, .from = 3, .to = 1, .steps = 100, .values = {}}};
  const Series series = synthesize(shape, "");
  CHECK(series.values.front() == Approx(3));
  CHECK(series.values.back() == Approx(1));
  CHECK(series.values[50] == Approx(std::sqrt(3)));
}

TEST_CASE("a spike replaces the sample nearest to it") {
  Shape shape;
  shape.parts = {linear(1, 1, 100)};
  shape.every = 10;
  shape.points = {{.value = 40, .at = 33}};
  const Series series = synthesize(shape, "");
  CHECK(series.values[3] == 40);
  CHECK(series.values[4] == 1);
}

TEST_CASE("noise is a share of the local value, and the same each time") {
  Shape shape;
  shape.parts = {linear(10, 10, 4000)};
  shape.noise = 0.05;
  const Series series = synthesize(shape, "a test");
  CHECK(series.values == synthesize(shape, "a test").values);
  CHECK(series.values != synthesize(shape, "another test").values);

  double sum = 0, squares = 0;
  for (const double value : series.values) {
    sum += value;
    squares += (value - 10) * (value - 10);
  }
  const auto n = static_cast<double>(series.values.size());
  CHECK(sum / n == Approx(10).margin(0.05));
  CHECK(std::sqrt(squares / n) == Approx(0.5).epsilon(0.05));
}
