#pragma once

#include <vector>

#include "engine/belief/belief.hpp"

namespace fmx::engine {

/// A change of one finding that would bring a cause across 50 %.
struct Flip {
  std::size_t finding = 0;
  Degree from;  ///< as it is; perhaps unknown
  double to =
      0;  ///< the nearest degree (to 0.001) that is enough; 0 or 1 for a finding that is unknown
  double probability = 0;  ///< of the cause, then
};

/// The single findings that decide whether `cause` is believed: its own, and those of causes that
/// compete with it for what was seen. Smallest change of degree first, findings that are unknown
/// last; ties by finding. One that is not `graded` (by finding; empty: all are) changes as a whole.
std::vector<Flip> flips(const Network& network, const Beliefs& beliefs, std::size_t cause,
                        const std::vector<bool>& graded = {});

/// By finding: whether its condition can hold in part. Others are seen or they are not.
std::vector<bool> graded_findings(const Knowledge& knowledge);

/// Causes that also show something seen that `cause` shows and that are not negligible (5 %);
/// likeliest first.
std::vector<std::size_t> rivals(const Network& network, const Beliefs& beliefs, std::size_t cause);

/// The probability of `cause` if the degree of `finding` were `degree`.
double probability_if(const Network& network, std::size_t cause, std::size_t finding,
                      Degree degree);

}  // namespace fmx::engine
