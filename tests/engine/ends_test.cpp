#include "engine/belief/ends.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/catch.hpp"
#include "tests/engine/every_set.hpp"
#include "tests/engine/random_network.hpp"

using fmx::Degree;
using namespace fmx::engine;
using fmx::engine::test::EverySet;
using fmx::engine::test::RandomNetwork;

namespace {

std::vector<std::size_t> all_signs(const Network& network) {
  std::vector<std::size_t> signs(network.signs.size());
  std::iota(signs.begin(), signs.end(), 0);
  return signs;
}

double brute_force(Network network, std::size_t cause, std::size_t sign, double degree) {
  network.signs[sign].degree = Degree(degree);
  return EverySet(network).posterior({cause});
}

}  // namespace

TEST_CASE("the ends of every sign are what enumerating all sets gives for them") {
  RandomNetwork random(11);
  for (int i = 0; i < 3000; ++i) {
    // Sets hold up to three causes: with three, all are weighed.
    const Network network = random(3, 6);
    for (std::size_t cause = 0; cause < network.causes.size(); ++cause) {
      if (network.causes[cause].prior <= 0) continue;
      const std::vector<Ends> of_each = ends(network, cause, all_signs(network));
      for (std::size_t sign = 0; sign < network.signs.size(); ++sign) {
        const Ends& at = of_each[sign];
        CAPTURE(i, cause, sign, network.signs[sign].degree.known());
        CHECK(at[0].probability() == Approx(brute_force(network, cause, sign, 0)).margin(1e-9));
        CHECK(at[1].probability() == Approx(brute_force(network, cause, sign, 1)).margin(1e-9));
      }
    }
  }
}

TEST_CASE("where larger sets are left out, the ends are off by no more than believe says") {
  RandomNetwork random(12);
  int left_out = 0;
  for (int i = 0; i < 300; ++i) {
    const Network network = random(8, 6);
    const std::vector<Ends> of_each = ends(network, 0, all_signs(network));
    for (std::size_t sign = 0; sign < network.signs.size(); ++sign) {
      for (const std::size_t end : {0, 1}) {
        Network changed = network;
        changed.signs[sign].degree = Degree(static_cast<double>(end));
        // What is entangled now is enumerated, and what would be then: each leaves some out.
        const double bound = std::max(believe(network).left_out, believe(changed).left_out);
        const double exact = EverySet(changed).posterior({0});
        CAPTURE(i, sign, end);
        CHECK(std::abs(of_each[sign][end].probability() - exact) <= bound + 1e-9);
        left_out += bound > 1e-6 ? 1 : 0;
      }
    }
  }
  CHECK(left_out > 0);
}
