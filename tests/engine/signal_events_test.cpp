#include <algorithm>

#include "engine/signal/signal.hpp"
#include "tests/catch.hpp"
#include "tests/engine/signal_made_up.hpp"

using namespace made_up;
using fmx::Function;
using fmx::engine::events;
using Steps = std::vector<double>;

TEST_CASE("a spike is found where it is highest") {
  Column x = white_noise(500, 1);
  x.values[99] = 12;
  x.values[100] = 40;
  x.values[101] = 15;
  x.values[300] = 30;
  const Column found = events(Function::spikes, x.window(), 6);
  REQUIRE(found.steps == Steps{100, 300});
  CHECK(found.values[0] == Approx(40).epsilon(0.15));
  CHECK(found.values[1] == Approx(30).epsilon(0.15));
  CHECK(events(Function::dips, x.window(), 6).steps.empty());
}

TEST_CASE("a dip is a spike the other way") {
  Column x = white_noise(500, 2);
  x.values[250] = -25;
  CHECK(events(Function::dips, x.window(), 6).steps == Steps{250});
  CHECK(events(Function::spikes, x.window(), 6).steps.empty());
}

TEST_CASE("spikes of an otherwise constant series are found, and their size is finite") {
  Column x = curve(200, [](double) { return 0.1; });
  x.values[70] = 0.5;
  const Column found = events(Function::spikes, x.window(), 6);
  REQUIRE(found.steps == Steps{70});
  CHECK(std::isfinite(found.values[0]));
  CHECK(events(Function::spikes, curve(50, [](double) { return 0.1; }).window(), 6).steps.empty());
  CHECK(events(Function::spikes, curve(50, [](double) { return 0; }).window(), 6).steps.empty());
}

TEST_CASE("a steep clean curve has no spikes") {
  const Column falling = curve(1000, [](double i) { return std::exp(-i / 20); });
  CHECK(events(Function::spikes, falling.window(), 6).steps.empty());
  CHECK(events(Function::dips, falling.window(), 6).steps.empty());
  const Column line = curve(1000, [](double i) { return 0.1 * i; });
  CHECK(events(Function::spikes, line.window(), 6).steps.empty());
  CHECK(events(Function::dips, line.window(), 6).steps.empty());
}

TEST_CASE("NaN among the samples does not hide a spike") {
  Column x = white_noise(300, 3);
  x.values[10] = not_a_number;
  x.values[149] = infinite;
  x.values[150] = 30;
  CHECK(events(Function::spikes, x.window(), 6).steps == Steps{150});
}

TEST_CASE("a jump is found at the first sample of the new level") {
  Noise noise(4);
  const Column x = curve(400, [&](double i) { return noise.normal() + (i >= 150 ? 30 : 0); });
  const Column up = events(Function::jumps, x.window(), 6);
  REQUIRE(up.steps.size() == 1);
  CHECK(up.steps[0] == Approx(150).margin(2));
  CHECK(up.values[0] == Approx(30).epsilon(0.2));
  CHECK(events(Function::drops, x.window(), 6).steps.empty());

  Column down = x;
  for (double& value : down.values) value = -value;
  CHECK(events(Function::drops, down.window(), 6).steps == up.steps);
  CHECK(events(Function::jumps, down.window(), 6).steps.empty());
}

TEST_CASE("a jump without any noise is found where it is") {
  const Column x = curve(40, [](double i) { return i < 20 ? 1.0 : 2.0; });
  CHECK(events(Function::jumps, x.window(), 6).steps.size() == 1);
  CHECK(events(Function::jumps, x.window(), 6).steps[0] == Approx(20).margin(2));
  CHECK(events(Function::drops, x.window(), 6).steps.empty());
}

TEST_CASE("healthy losses and wandering series have next to no spikes, and no jumps") {
  std::size_t spikes = 0, jumps = 0, drops = 0, wandering_jumps = 0;
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    const Column loss = loss_curve(1000, seed);
    spikes += events(Function::spikes, loss.window(), 6).steps.size();
    jumps += events(Function::jumps, loss.window(), 6).steps.size();
    drops += events(Function::drops, loss.window(), 6).steps.size();
    Column walk = white_noise(1000, seed);
    for (std::size_t i = 1; i < 1000; ++i) walk.values[i] += walk.values[i - 1];
    wandering_jumps += events(Function::jumps, walk.window(), 6).steps.size();
  }
  CHECK(spikes <= 20);
  CHECK(jumps == 0);
  CHECK(drops == 0);
  CHECK(wandering_jumps == 0);
}

TEST_CASE("rounding makes no events") {
  const auto decimals = GENERATE(10.0, 100.0, 1000.0);
  const auto seed = GENERATE(range(1u, 10u));
  CAPTURE(decimals, seed);
  Noise noise(seed);
  const Column accuracy = curve(1000, [&](double i) {
    const double share = 0.95 - 0.4 * std::exp(-i / 300) + 0.001 * noise.normal();
    return static_cast<double>(static_cast<float>(std::round(decimals * share) / decimals));
  });
  for (const Function function :
       {Function::spikes, Function::dips, Function::jumps, Function::drops}) {
    CHECK(events(function, accuracy.window(), 6).steps.empty());
  }
}

TEST_CASE("pauses of a rounded step time are spikes") {
  Noise noise(5);
  const Column step_time = curve(1000, [&](double i) {
    return std::fmod(i, 100) == 50 ? 3.1 : 0.3 + (noise.below(5) == 0 ? 0.01 : 0);
  });
  CHECK(events(Function::spikes, step_time.window(), 8).steps.size() == 10);
  const Column clean = curve(1000, [](double i) { return std::fmod(i, 100) == 50 ? 3.1 : 0.3; });
  CHECK(events(Function::spikes, clean.window(), 8).steps.size() == 10);
}

TEST_CASE("a loss that falls by steps has a drop at each") {
  Noise noise(8);
  const Column x = curve(900, [&](double i) {
    return (i < 300 ? 1.0 : i < 600 ? 0.6 : 0.5) * (1 + 0.01 * noise.normal());
  });
  const Column found = events(Function::drops, x.window(), 6);
  REQUIRE(found.steps.size() == 2);
  CHECK(found.steps[0] == Approx(300).margin(2));
  CHECK(found.steps[1] == Approx(600).margin(2));
}

TEST_CASE("jumps are where medians of five samples differ more than is usual") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  Noise noise(seed);
  const Column x = curve(60, [&](double) { return static_cast<double>(noise.below(6)); });
  const auto median = [](std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
  };
  const auto median_from = [&](std::size_t first) {
    return median({x.values.begin() + static_cast<std::ptrdiff_t>(first),
                   x.values.begin() + static_cast<std::ptrdiff_t>(first + 5)});
  };
  const double least = 0.5;
  std::vector<double> rises, sizes;
  for (std::size_t i = 5; i + 5 <= 60; ++i) rises.push_back(median_from(i) - median_from(i - 5));
  for (std::size_t i = 0; i < rises.size(); ++i) {
    std::vector<double> around;
    for (std::size_t j = i < 50 ? 0 : i - 50; j < std::min(rises.size(), i + 51); ++j) {
      around.push_back(std::abs(rises[j]));
    }
    const double scatter = fmx::engine::measure(Function::noise, x.window()).value();
    sizes.push_back(rises[i] / std::max(scatter, 1.4826 * median(around)));
  }
  Steps expected;
  double highest = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const bool begins = sizes[i] > least && (i == 0 || sizes[i - 1] <= least);
    if (begins) expected.push_back(0);
    if (begins || (sizes[i] > least && sizes[i] > highest)) {
      expected.back() = static_cast<double>(i + 5);
      highest = sizes[i];
    }
  }
  CHECK(!expected.empty());
  CHECK(events(Function::jumps, x.window(), least).steps == expected);
}

TEST_CASE("a mask begins and ceases to hold where it changes") {
  const Column mask = series({1, 0, 0, 1, not_a_number, 1, 0, not_a_number, 1});
  CHECK(events(Function::rising, mask.window()).steps == Steps{3, 8});
  CHECK(events(Function::falling, mask.window()).steps == Steps{1, 6});
}

TEST_CASE("runs of samples that are not finite are events as long as the run") {
  const Column x = series({not_a_number, 1, infinite, not_a_number, -infinite, 2, not_a_number});
  const Column found = events(Function::nonfinite_events, x.window());
  CHECK(found.steps == Steps{0, 2, 6});
  CHECK(found.values == Steps{1, 3, 1});
}

TEST_CASE("too few samples hold no events") {
  for (const Function function :
       {Function::spikes, Function::dips, Function::jumps, Function::drops, Function::rising,
        Function::falling, Function::nonfinite_events}) {
    CHECK(events(function, Column{}.window(), 6).steps.empty());
    CHECK(events(function, series({1}).window(), 6).steps.empty());
  }
}
