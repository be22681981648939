#include "engine/learn/certainty.hpp"

#include <algorithm>
#include <cmath>

namespace fmx::engine {

namespace {

double cost(std::span<const Outcome::First> said, double log_certainty) {
  double sum = log_certainty * log_certainty / 2;
  for (const Outcome::First& each : said) {
    const double off = calibrated(each.confidence, std::exp(log_certainty)) - (each.right ? 1 : 0);
    sum += off * off;
  }
  return sum;
}

}  // namespace

double fitted_certainty(std::span<const Outcome::First> said) {
  const double widest = std::log(10.0);
  constexpr int steps = 40;
  const auto at = [&](int i) { return -widest + 2 * widest * i / steps; };
  int best = steps / 2;
  for (int i = 0; i <= steps; ++i) {
    if (cost(said, at(i)) < cost(said, at(best))) best = i;
  }
  // Between its neighbours the cost has one valley: ternary search, sixty thirds.
  double low = at(std::max(best - 1, 0)), high = at(std::min(best + 1, steps));
  for (int third = 0; third < 60; ++third) {
    const double left = low + (high - low) / 3, right = high - (high - low) / 3;
    if (cost(said, left) < cost(said, right)) {
      high = right;
    } else {
      low = left;
    }
  }
  return std::exp((low + high) / 2);
}

Verdict with_certainty(Verdict verdict, double times, const std::vector<bool>& covers) {
  for (Verdict::Named& named : verdict.named) {
    if (covers[named.pattern]) named.confidence = calibrated(named.confidence, times);
  }
  std::stable_sort(verdict.named.begin(), verdict.named.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  return verdict;
}

}  // namespace fmx::engine
