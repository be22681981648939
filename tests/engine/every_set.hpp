#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "engine/belief/belief.hpp"

namespace fmx::engine::test {

/// What believe() promises, worked out the slow and obvious way: every set of causes is written
/// down and weighed. For a dozen causes at most, with bases and links within [1e-4, 1 - 1e-4].
class EverySet {
 public:
  explicit EverySet(const Network& network)
      : network_(network),
        kept_(network.signs.size(), std::vector<double>(network.causes.size(), 1)) {
    for (std::size_t i = 0; i < network.causes.size(); ++i) {
      weight_of_cause_.push_back(weight_of_cause(network.causes[i]));
      for (const auto& show : network.causes[i].shows)
        kept_[show.finding][i] *= 1 - show.probability;
    }
    for (std::size_t set = 0; set < std::size_t{1} << network.causes.size(); ++set) {
      weights_.push_back(weight(set));
      total_ += weights_.back();
    }
  }

  /// P(all of `causes` hold | evidence).
  double posterior(const std::vector<std::size_t>& causes) const {
    double sum = 0;
    for (std::size_t set = 0; set < weights_.size(); ++set) {
      bool all = true;
      for (const std::size_t i : causes) all = all && holds(set, i);
      if (all) sum += weights_[set];
    }
    return sum / total_;
  }

  /// P(no cause that shows something measured, benign ones aside).
  double healthy() const {
    double sum = 0;
    for (std::size_t set = 0; set < weights_.size(); ++set) {
      bool benign = true;
      for (std::size_t i = 0; i < network_.causes.size(); ++i) {
        const Network::Cause& cause = network_.causes[i];
        if (holds(set, i) && !cause.benign && could_be_seen(cause)) benign = false;
      }
      if (benign) sum += weights_[set];
    }
    return sum / total_;
  }

  bool could_be_seen(const Network::Cause& cause) const {
    const auto measured = [&](const Network::Cause::Show& show) {
      return network_.signs[show.finding].degree.known();
    };
    return std::any_of(cause.shows.begin(), cause.shows.end(), measured) ||
           std::any_of(cause.never.begin(), cause.never.end(), measured);
  }

  /// P(sign seen and all of `causes` | evidence), for a sign that is not known.
  double seen(std::size_t sign, const std::vector<std::size_t>& causes) const {
    double sum = 0;
    for (std::size_t set = 0; set < weights_.size(); ++set) {
      bool all = true;
      for (const std::size_t i : causes) all = all && holds(set, i);
      if (all) sum += weights_[set] * probability_seen(sign, set);
    }
    return sum / total_;
  }

 private:
  static bool holds(std::size_t set, std::size_t cause) { return (set >> cause & 1) != 0; }

  double probability_seen(std::size_t sign, std::size_t set) const {
    double unseen = 1 - network_.signs[sign].base;
    for (std::size_t i = 0; i < network_.causes.size(); ++i) {
      if (holds(set, i)) unseen *= kept_[sign][i];
    }
    return 1 - unseen;
  }

  double likelihood(std::size_t sign, std::size_t set) const {
    const double degree = network_.signs[sign].degree.value();
    const double seen = probability_seen(sign, set);
    return degree * seen + (1 - degree) * (1 - seen);
  }

  /// L({cause}) / L({}) as this one link has it.
  double ratio(const Network::Cause::Show& show) const {
    const Network::Sign& sign = network_.signs[show.finding];
    const double degree = sign.degree.value();
    const double alone = 1 - (1 - sign.base) * (1 - show.probability);
    return (degree * alone + (1 - degree) * (1 - alone)) /
           (degree * sign.base + (1 - degree) * (1 - sign.base));
  }

  double weight_of_cause(const Network::Cause& cause) const {
    double weight = cause.prior;
    for (const auto& never : cause.never) {
      const Degree degree = network_.signs[never.finding].degree;
      if (degree.known()) weight *= 1 - degree.value() * (1 - never.probability);
    }
    for (int group = 0; group < 3; ++group) {
      double product = 1, largest = 0, smallest = 1e300;
      bool any = false;
      for (const auto& show : cause.shows) {
        if (show.group != group || !network_.signs[show.finding].degree.known()) continue;
        any = true;
        product *= ratio(show);
        largest = std::max(largest, ratio(show));
        smallest = std::min(smallest, ratio(show));
      }
      if (any) weight /= product / (largest > 1 ? largest : smallest);
    }
    return weight;
  }

  double weight(std::size_t set) const {
    double weight = 1;
    for (std::size_t i = 0; i < network_.causes.size(); ++i) {
      const Network::Cause& cause = network_.causes[i];
      weight *= holds(set, i) ? weight_of_cause_[i] : 1 - cause.prior;
    }
    for (std::size_t f = 0; f < network_.signs.size(); ++f) {
      if (network_.signs[f].degree.known()) weight *= likelihood(f, set);
    }
    return weight;
  }

  Network network_;
  std::vector<std::vector<double>> kept_;  ///< by sign, then cause: product of 1 - link
  std::vector<double> weight_of_cause_;
  std::vector<double> weights_;
  double total_ = 0;
};

}  // namespace fmx::engine::test
