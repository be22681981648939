// How long do beliefs take for a large knowledge base? 400 causes, 1,500 signs, 40 of them seen.
// Processor time, so that other programs on the machine do not count.

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <random>

#include "engine/belief/belief.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

constexpr std::size_t causes = 400, signs = 1500, signs_seen = 40;

/// Each cause shows `links` signs. Of the signs half are known; those that `faults` true causes
/// show are seen first, then others at random, each a little less than fully.
Network drawn(std::size_t links, std::size_t faults, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  Network network;
  for (std::size_t f = 0; f < signs; ++f) {
    network.signs.push_back({.base = 0.002 + 0.0001 * static_cast<double>(below(200)),
                             .degree = below(2) == 0 ? Degree(0.0) : Degree(Unknown::not_logged)});
  }
  for (std::size_t i = 0; i < causes; ++i) {
    Network::Cause cause{.prior = 0.002 + 0.0002 * static_cast<double>(below(200)),
                         .benign = below(10) == 0,
                         .shows = {},
                         .never = {}};
    for (std::size_t l = 0; l < links; ++l) {
      cause.shows.push_back({below(signs), 0.2 + 0.007 * static_cast<double>(below(100)), -1});
    }
    network.causes.push_back(std::move(cause));
  }
  std::size_t left = signs_seen;
  const auto see = [&](std::size_t sign) {
    Degree& degree = network.signs[sign].degree;
    if (left == 0 || (degree.known() && degree.value() > 0)) return;
    degree = Degree(0.7 + 0.003 * static_cast<double>(below(100)));
    --left;
  };
  for (std::size_t i = 0; i < faults; ++i) {
    for (const auto& show : network.causes[i].shows) see(show.finding);
  }
  while (left > 0) see(below(signs));
  return network;
}

void report(std::size_t links, std::size_t faults) {
  double slowest = 0, sum = 0, left_out = 0;
  constexpr int runs = 20;
  for (unsigned seed = 0; seed < runs; ++seed) {
    const Network network = drawn(links, faults, seed);
    const std::clock_t begin = std::clock();
    const Beliefs beliefs = believe(network);
    const double took = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    slowest = std::max(slowest, took);
    sum += took;
    left_out = std::max(left_out, beliefs.left_out);
  }
  fmt::print(
      "{:3} links a cause, {} faults: mean {:6.2f} ms, slowest {:6.2f} ms, left out at most "
      "{:.2g}\n",
      links, faults, sum / runs, slowest, left_out);
}

}  // namespace

int main() {
  for (const std::size_t links : {6, 10, 16, 30}) {
    for (const std::size_t faults : {0, 1, 2, 3}) report(links, faults);
  }
}
