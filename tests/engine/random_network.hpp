#pragma once

#include <algorithm>
#include <random>
#include <vector>

#include "engine/belief/belief.hpp"

namespace fmx::engine::test {

/// Draws networks of every kind that rules can describe. The same seed gives the same network
/// everywhere: the engine is standardized, distributions are not, so none is used.
class RandomNetwork {
 public:
  explicit RandomNetwork(unsigned seed) : random_(seed) {}

  Network operator()(int most_causes, int most_signs) {
    Network network;
    const int causes = 1 + below(most_causes), signs = 1 + below(most_signs);
    for (int f = 0; f < signs; ++f)
      network.signs.push_back({.base = between(0.001, 0.2), .degree = degree()});
    for (int i = 0; i < causes; ++i) network.causes.push_back(cause(signs));
    return network;
  }

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  double between(double low, double high) {
    return low +
           (high - low) * static_cast<double>(random_()) / static_cast<double>(std::mt19937::max());
  }

 private:
  Degree degree() {
    switch (below(6)) {
      case 0: return Degree(Unknown::not_logged);
      case 1: return Degree(between(0, 1));
      case 2: return Degree(0.5);
      case 3: return Degree(1.0);
      default: return Degree(below(2) == 0 ? 0.0 : 1.0);
    }
  }

  Network::Cause cause(int signs) {
    Network::Cause cause{.prior = below(12) == 0 ? 0 : between(0.001, 0.3),
                         .benign = below(4) == 0,
                         .shows = {},
                         .never = {}};
    for (int f = 0; f < signs; ++f) {
      const auto finding = static_cast<std::size_t>(f);
      switch (below(6)) {
        case 0:
        case 1: cause.shows.push_back({finding, between(0, 0.99), -1}); break;
        case 2: cause.shows.push_back({finding, between(0, 0.99), below(3)}); break;
        case 3:
          if (below(4) == 0) cause.never.push_back({finding, between(0.01, 0.9), -1});
          break;
        default: break;
      }
    }
    return cause;
  }

  std::mt19937 random_;
};

}  // namespace fmx::engine::test
