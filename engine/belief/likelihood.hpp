#pragma once

#include <cstddef>
#include <vector>

#include "engine/belief/belief.hpp"

namespace fmx::engine {

/// No sign is rarer than this when nothing known is wrong, and no pattern shows a sign more surely
/// than one minus this, whatever the rules say: a measurement that cannot err does not exist, and
/// the arithmetic stays finite.
inline constexpr double rarest = 1e-4;
/// Priors stay below one minus this, so that evidence can overrule any of them.
inline constexpr double surest_prior = 1 - 1e-6;

/// P(sign not seen | no cause) = 1 - base.
double unseen_by_leak(const Network::Sign& sign);

/// P(the cause does not bring the sign about | cause) = 1 - link.
double kept_unseen(const Network::Cause::Show& show);

/// The likelihood of what was observed of `sign`, if it stays unseen with probability `unseen`:
/// d * (1 - unseen) + (1 - d) * unseen. Pre: the degree d is known.
double likelihood(const Network::Sign& sign, double unseen);

/// What a cause has by itself, whatever else is the case.
struct Alone {
  /// Prior odds (natural logarithm) after `never` links and after the weaker members of each
  /// `one of` group have been divided out. Minus infinity: out of the question.
  double log_odds = 0;
  std::vector<Contribution>
      contributions;  ///< in the order of the cause's links, `never` links last
};
Alone alone(const std::vector<Network::Sign>& signs, const Network::Cause& cause);

/// Whether the sign ties causes together. A sign known not to be seen (degree 0) multiplies each
/// cause by a factor of its own, one of degree 0.5 says nothing; every other known degree does not
/// factorize.
bool entangles(const Network::Sign& sign);

/// Whether `cause` is possible and shows a sign that entangles it with others. All other causes are
/// independent of everything else, before and after the evidence.
bool entangled(const Network& network, const Network::Cause& cause);

}  // namespace fmx::engine
