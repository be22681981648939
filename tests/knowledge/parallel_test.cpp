#include "knowledge/parallel.hpp"

#include <atomic>
#include <new>
#include <vector>

#include "tests/catch.hpp"

using namespace fmx;

SCENARIO("work is spread over threads") {
  GIVEN("work that does not throw") {
    std::vector<int> done(1000, 0);
    for_each_in_parallel(done.size(), [&](std::size_t i) { ++done[i]; });
    THEN("each is done once") { CHECK(done == std::vector<int>(1000, 1)); }
  }

  GIVEN("work for which memory runs out") {
    std::atomic<std::size_t> begun = 0;
    const auto run_out = [&](std::size_t) {
      ++begun;
      throw std::bad_alloc();
    };
    THEN("the caller hears of it as if it had done the work itself") {
      CHECK_THROWS_AS(for_each_in_parallel(100'000, run_out), std::bad_alloc);
      CHECK(begun < 100'000);
    }
  }

  GIVEN("nothing to do") {
    THEN("nothing is done") {
      for_each_in_parallel(0, [](std::size_t) { FAIL(); });
    }
  }
}
