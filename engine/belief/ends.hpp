#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "engine/belief/belief.hpp"

namespace fmx::engine {

/// What is believed of a cause, as masses on a scale of their own.
struct Masses {
  double with = 0;  ///< of the states of the world in which the cause holds
  double all = 0;
  double probability() const { return with / all; }  ///< of the network, not calibrated
};

/// What a sign would make of a cause at the two ends of its degree, not seen at all and fully seen,
/// all other signs as they are.
using Ends = std::array<Masses, 2>;  // at degree 0 and at degree 1

/// The ends of each sign of `asked`, for `cause`.
///
/// One enumeration answers for all signs. With W(S) the weight of a set of causes under the
/// evidence as it is (sets.hpp), u_f(S) the probability with which S leaves f unseen, and L_f(S; d)
/// = d + (1 - 2 d) u_f(S) its likelihood, the weight of S with f at degree d is
///
///   W(S) * L_f(S; d) / L_f(S; now),
///
/// and only the causes of S that show f make that differ from the same with the leak alone. Causes
/// that nothing entangles are independent of S: those that show f multiply u_f(S) by what they
/// leave unseen on average, without a limit to their number. Sets hold up to as many causes as
/// `believe` takes them to.
std::vector<Ends> ends(const Network& network, std::size_t cause,
                       const std::vector<std::size_t>& asked);

}  // namespace fmx::engine
