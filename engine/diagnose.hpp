#pragma once

#include <string_view>

#include "engine/belief/belief.hpp"
#include "engine/belief/network.hpp"
#include "engine/match/bind.hpp"
#include "engine/match/match.hpp"
#include "engine/plan/plan.hpp"
#include "engine/run.hpp"

namespace fmx::engine {

enum class Status { diagnosed, healthy, insufficient_evidence };

/// As reports write it: "diagnosed", "healthy", "insufficient-evidence".
std::string_view word(Status status);

/// All that the engine concluded about a run: what reports are made from.
struct Diagnosis {
  Status status = Status::insufficient_evidence;
  Binding binding;
  Observations observations;
  Network network;
  Beliefs beliefs;
  Plan plan;
  std::vector<Index> ranked;  ///< patterns that are not benign, by posterior, highest first, ids
                              ///< break ties; those above 1 % that something seen speaks for
  std::vector<Index> benign;  ///< benign patterns above 50 %, likewise
};

/// `diagnosed` where a pattern that is not benign reaches 50 %. Otherwise `healthy`, if the data
/// was enough to see what is common: there is a series of eight samples or a table, and of the
/// evidence of the patterns of at least one field (area), weighted by their priors, a quarter could
/// be judged. A run that logs a sound training loss and little else can be healthy as far as can be
/// seen. Else `insufficient-evidence`; so also where it is 90 % sure that something is wrong, but
/// rivals share that between them: it takes more to tell which.
///
/// A pattern of which a likely one (50 %) is a special kind, and which nothing else speaks for, is
/// not ranked: the special one says all of it. Its posterior stays in `beliefs`.
Diagnosis diagnose(const Knowledge& knowledge, const Run& run);

/// Works out what the binding and the observations in `diagnosis` mean, all but the plan; beliefs
/// only where the network is not the one that is there already.
void assess(const Knowledge& knowledge, const Run& run, Diagnosis& diagnosis);

/// The same, and what to do about it.
void conclude(const Knowledge& knowledge, const Run& run, Diagnosis& diagnosis);
/// Beliefs, ranks and status from what `diagnosis.network` and the observations say; the plan is
/// left as it is.
void weigh(const Knowledge& knowledge, const Run& run, Diagnosis& diagnosis);

/// The same from observations on: what would be concluded if the run had shown that.
Diagnosis conclude(const Knowledge& knowledge, const Run& run, Binding binding,
                   Observations observations);

}  // namespace fmx::engine
