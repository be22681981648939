#include "knowledge/counter.hpp"

#include <optional>
#include <string>

#include "tests/catch.hpp"

using namespace fmx;

TEST_CASE("a counter is known by the last segment of its key") {
  const auto kind = [](const std::string& key) -> std::optional<Counter::Kind> {
    const auto counter = counter_named(key);
    return counter ? std::optional(counter->kind) : std::nullopt;
  };
  CHECK(kind("step") == Counter::Kind::step);
  CHECK(kind("train/Global Step") == Counter::Kind::step);
  CHECK(kind("num-updates") == Counter::Kind::step);
  CHECK(kind("Epoch") == Counter::Kind::epoch);
  CHECK(kind("_timestamp") == Counter::Kind::clock);
  CHECK_FALSE(kind("loss"));
  CHECK_FALSE(kind("step/loss"));
  CHECK_FALSE(kind("step_time"));
  CHECK_FALSE(kind(""));
}

TEST_CASE("of two counters the one whose name says more is preferred") {
  CHECK(counter_named("global_step")->place < counter_named("step")->place);
  CHECK(counter_named("step")->place < counter_named("batch")->place);
}
