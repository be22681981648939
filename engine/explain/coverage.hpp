#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/diagnose.hpp"

namespace fmx::engine {

/// What would have to be there for a condition to be known, each list sorted.
struct Needed {
  std::vector<Index> metrics, params, tables;
  bool empty() const { return metrics.empty() && params.empty() && tables.empty(); }
  std::size_t size() const { return metrics.size() + params.size() + tables.size(); }
};

/// What the run lacks for one finding to be known; empty where all is logged.
Needed needed_for(const Knowledge& knowledge, const Run& run, const Binding& binding,
                  Index finding);

/// How far a pattern can be judged from what the run logs.
struct Judgeable {
  enum class Extent : std::uint8_t {
    ruled_out,  ///< something it needs is known not to hold: nothing is left to judge
    not_at_all,
    partly,
    fully,  ///< every finding that it shows is known
  };
  Extent extent = Extent::not_at_all;
  double judged = 0;  ///< share of its links, by their probability, whose finding is known
  Needed needed;      ///< for the rest; empty where all is logged, but too little of it
};

/// A metric that is not logged, and what logging it would be good for.
struct Wanted {
  Index metric = 0;
  double gain = 0;  ///< by how much Coverage::judged would rise: a finding that needs several
                    ///< metrics credits each with its share
  std::vector<Index> patterns;  ///< that could be judged better with it
};

/// What a run lets one judge, and what it does not.
///
///   judged = sum over patterns i of w_i * judged_i / sum of w_i
///   w_i    = prior_i * (0.1 + judged share of i's area)
///
/// over the patterns that are neither benign nor out of the question; priors after needs and risks.
/// Fields that the run shows nothing of count a tenth: what to log is asked of the field it is in.
struct Coverage {
  double judged = 0;
  std::vector<Judgeable> patterns;  ///< by pattern
  std::vector<Wanted> wanted;       ///< most valuable first, ids break ties
};

Coverage coverage(const Knowledge& knowledge, const Run& run, const Diagnosis& diagnosis);

}  // namespace fmx::engine
