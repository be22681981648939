#pragma once

#include "engine/belief/belief.hpp"
#include "engine/match/match.hpp"

namespace fmx::engine {

/// The network of `knowledge` with a run's observations as evidence: causes are patterns and signs
/// are findings, at the same indices.
///
/// Priors       odds = prior odds * degree of the needs (known 0: out of the question; unknown:
///              unchanged) * factors of the risks * (1 - P(cures)) for each fix that was tried
///              without success.
/// `leads to`   a pattern shows what its consequences show, up to three steps away, with the
///              product of the probabilities on the likeliest way; of several ways to one finding
///              the strongest counts. With a link of its own: 1 - (1 - own) * (1 - indirect).
///              Indirect links below 1 % are left out.
/// Words        a finding that the run leaves unknown, but that a user's words speak for (`said`),
///              enters with a degree of 0.7: words are circumstantial. What was measured stands,
///              whatever was said.
/// Certainty    of a pattern that words alone speak for: 1. What labelled runs have shown the
///              arithmetic to be worth, they have shown of what was measured.
Network network(const Knowledge& knowledge, const Run& run, const Observations& observations);

/// What `pattern` shows, also by way of what it leads to: its `shows` in the network.
std::vector<Network::Cause::Show> shows_of(const Knowledge& knowledge, Index pattern);

/// Prior odds times the degree to which the needs hold (unknown changes nothing) and the factors of
/// the risks; without the fixes that were tried.
double prior_odds(const Pattern& pattern, const Circumstance& circumstance);

/// The degree with which a finding enters: as measured or, where that is unknown, as the user's
/// words have it.
Degree degree_with_words(const Finding& finding, Degree measured, const Run& run);

/// Whether what the user says is what the finding is `said` by.
bool is_said(const Finding& finding, const std::string& symptom);
/// Whether the finding's own condition asks for it: `when said("...")`.
bool is_asked_for(const Finding& finding, const std::string& symptom);

/// Whether what the user says is what some finding is said by, or asks for.
bool is_understood(const Knowledge& knowledge, const std::string& symptom);

}  // namespace fmx::engine
