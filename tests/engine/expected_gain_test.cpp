#include <algorithm>
#include <cmath>

#include "engine/belief/belief.hpp"
#include "tests/catch.hpp"
#include "tests/engine/every_set.hpp"
#include "tests/engine/random_network.hpp"

using fmx::Degree;
using fmx::Unknown;
using namespace fmx::engine;
using fmx::engine::test::EverySet;
using fmx::engine::test::RandomNetwork;

namespace {

double plogp(double p) { return p > 0 ? p * std::log(p) : 0; }

/// H(x) + H(y) - H(x, y) of the sign and one cause.
double mutual_information(const EverySet& every, std::size_t sign, std::size_t cause) {
  const double p = every.posterior({cause}), s = every.seen(sign, {}),
               both = every.seen(sign, {cause});
  return plogp(both) + plogp(p - both) + plogp(s - both) + plogp(1 - p - s + both) - plogp(p) -
         plogp(1 - p) - plogp(s) - plogp(1 - s);
}

bool has_support(const Posterior& posterior) {
  return std::any_of(posterior.contributions.begin(), posterior.contributions.end(),
                     [](const Contribution& each) { return each.weight > 0; });
}

}  // namespace

TEST_CASE("the gain of a sign is what it tells about the suspect it tells most about") {
  int compared = 0;
  for (unsigned seed = 0; seed < 2'000; ++seed) {
    CAPTURE(seed);
    const Network network = RandomNetwork(seed)(8, 8);
    const EverySet every(network);
    const Beliefs beliefs = believe(network, any_number);
    double covered = 0;
    for (const Explanation& explanation : beliefs.explanations) covered += explanation.probability;
    if (covered < 1 - 1e-9) continue;  // else the joint posterior is only approximated

    const bool suspects = std::ranges::any_of(beliefs.posteriors, has_support);
    for (std::size_t f = 0; f < network.signs.size(); ++f) {
      if (network.signs[f].degree.known()) continue;
      double most = 0;
      for (std::size_t i = 0; i < network.causes.size(); ++i) {
        if (suspects && !has_support(beliefs.posteriors[i])) continue;
        most = std::max(most, mutual_information(every, f, i));
      }
      REQUIRE(expected_gain(network, beliefs, {f}).front() == Approx(most).margin(1e-7));
      const Gains gains = expected_gains(network, beliefs, {f});
      for (std::size_t c = 0; c < gains.causes.size(); ++c) {
        REQUIRE(gains.of_sign[0][c] ==
                Approx(mutual_information(every, f, gains.causes[c])).margin(1e-7));
        const double p = every.posterior({gains.causes[c]});
        const double seen_if = probability_seen_if(network, beliefs, f, {gains.causes[c]}).front();
        if (p > 1e-6) REQUIRE(seen_if == Approx(every.seen(f, {gains.causes[c]}) / p).margin(1e-7));
      }
      ++compared;
    }
  }
  CHECK(compared > 300);
}

TEST_CASE("no sign tells more about a cause than its reader has to learn") {
  const Degree unknown{Unknown::not_logged};
  Network network{.causes = {{.prior = 0.1, .shows = {{0, 0.9}, {1, 0.9}}, .never = {}},
                             {.prior = 0.02, .shows = {{0, 0.9}, {2, 0.9}}, .never = {}}},
                  .signs = {{0.01, Degree(1.0)}, {0.001, unknown}, {0.001, unknown}}};
  const double as_written = expected_gain(network, believe(network), {2}).front();
  for (Network::Cause& cause : network.causes) cause.certainty = 2.5;

  const Beliefs beliefs = believe(network);
  const Gains gains = expected_gains(network, beliefs, {1, 2});
  for (std::size_t c = 0; c < gains.causes.size(); ++c) {
    const double told = beliefs.posteriors[gains.causes[c]].probability;
    const double doubt = -plogp(told) - plogp(1 - told);
    for (const std::vector<double>& sign : gains.of_sign) CHECK(sign[c] <= doubt);
  }
  CHECK(expected_gain(network, beliefs, {2}).front() < as_written / 2);
}

TEST_CASE("a sign that tells two rivals apart is worth more than one that both show") {
  const Degree unknown{Unknown::not_logged};
  const Network network{
      .causes =
          {{.prior = 0.05, .benign = false, .shows = {{0, 0.9}, {1, 0.9}, {2, 0.9}}, .never = {}},
           {.prior = 0.05, .benign = false, .shows = {{0, 0.9}, {2, 0.9}}, .never = {}}},
      .signs = {{0.01, Degree(1.0)}, {0.01, unknown}, {0.01, unknown}, {0.01, unknown}}};
  const std::vector<double> gain = expected_gain(network, believe(network), {1, 2, 3});

  CHECK(gain[0] > 5 * gain[1]);
  CHECK(gain[2] == Approx(0).margin(1e-12));
}
