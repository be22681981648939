#include "engine/match/sequence.hpp"

#include <cmath>

#include "engine/match/windowing.hpp"
#include "tests/catch.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

using Steps = std::vector<double>;

/// Owns what it looks at.
struct Sampled {
  Steps steps, values;
  Value::Kind kind;

  Value value() const {
    Origin origin;
    origin.first_step = 0;
    origin.last_step = 100;
    return Value::of(kind, {steps, values}, origin);
  }
};

Sampled events_at(Steps steps) {
  Steps sizes(steps.size(), 1.0);
  return {std::move(steps), std::move(sizes), Value::Kind::events};
}

/// A mask with a sample at each of the steps 0, 1, 2, ...
Sampled mask(Steps values) {
  Sampled made{{}, std::move(values), Value::Kind::mask};
  for (std::size_t i = 0; i < made.values.size(); ++i) made.steps.push_back(static_cast<double>(i));
  return made;
}

Steps then_steps(const Sampled& a, const Sampled& b, std::optional<double> within = {}) {
  return then(a.value(), b.value(), within, Clock()).steps;
}

}  // namespace

TEST_CASE("`then` finds what begins after another began") {
  const Sampled a = events_at({10, 50}), b = events_at({5, 10, 12, 40, 70});
  CHECK(then_steps(a, b) == Steps{12, 40, 70});
  CHECK(then_steps(a, b, 2) == Steps{12});
  CHECK(then_steps(a, b, 20) == Steps{12, 70});
  CHECK(then_steps(a, events_at({})).empty());
  CHECK(then_steps(events_at({}), b).empty());
}

TEST_CASE("`then` counts by the clock") {
  const Clock epochs({0, 100}, {0, 10});
  const Sampled a = events_at({10}), b = events_at({30});
  CHECK(then(a.value(), b.value(), 2, epochs).steps == Steps{30});
  CHECK(then(a.value(), b.value(), 1.9, epochs).steps.empty());
}

TEST_CASE("a mask begins where it comes to hold, also at its first sample") {
  const Sampled a = mask({1, 1, 0, 0, 1}), b = mask({0, 0, 0, 1, 1});
  CHECK(then_steps(a, b) == Steps{3});
  CHECK(then_steps(b, a) == Steps{4});
}

TEST_CASE("`during` lets in what lies within a stretch, ends included") {
  const double unknown = std::nan("");
  const Sampled around = mask({0, 1, 1, unknown, 1, 0, 0, 1});
  CHECK(during(events_at({0, 1, 3, 4, 4.5, 7}).value(), around.value()).steps == Steps{1, 3, 4, 7});
  CHECK(during(mask({1, 1, 0, 1, 1, 0, 0, 1}).value(), around.value()).steps == Steps{3, 7});
  CHECK(during(Value::of(2.0), around.value()).steps == Steps{2});
}

TEST_CASE("`overlaps` asks for one step in common") {
  const Sampled other = mask({0, 0, 1, 1, 0, 0});
  CHECK(overlaps(mask({1, 1, 1, 0, 0, 1}).value(), other.value()).steps == Steps{0});
  CHECK(overlaps(mask({1, 1, 0, 0, 1, 1}).value(), other.value()).steps.empty());
  CHECK(overlaps(events_at({3}).value(), other.value()).steps == Steps{3});
}

TEST_CASE("pieces end where another extent is full, counted from 0") {
  const Sampled x{{5, 8, 10, 14, 31}, {1, 2, 3, 4, 5}, Value::Kind::series};
  const auto ends = [&](double extent, Unit unit, const Clock& clock = Clock()) {
    Steps steps;
    for (const Piece& piece : pieces(x.value(), {extent, unit}, clock)) {
      CHECK(piece.step == piece.part.samples.steps.back());
      steps.push_back(piece.step);
    }
    return steps;
  };
  CHECK(ends(10, Unit::steps) == Steps{8, 14, 31});
  CHECK(ends(2, Unit::samples) == Steps{8, 14, 31});
  CHECK(ends(0.5, Unit::fraction) == Steps{14, 31});  // cut at 18
  CHECK(ends(1, Unit::epochs, Clock({0, 40}, {0, 4})) == Steps{8, 14, 31});
}

TEST_CASE("there are pieces without events") {
  const Sampled some = events_at({5, 6, 95});
  std::vector<double> sizes;
  for (const Piece& piece : pieces(some.value(), {50, Unit::steps}, Clock()))
    sizes.push_back(static_cast<double>(piece.part.samples.size()));
  CHECK(sizes == Steps{2, 1, 0});  // the last begins at 100, where the series ends
}
