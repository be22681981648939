#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/run.hpp"
#include "src/reports/curve.hpp"

namespace fmx::reports {

/// A report as data: what `fmx-report/1` holds (docs/report.schema.json), and beside it what only
/// people are shown (curves). Every format is written from this and from nothing else.
struct Evidence {
  std::string finding,
      text;  ///< id (empty: a setting that raises the odds); a sentence with the run's numbers
  std::string title, course,
      numbers;  ///< of which the text is made: what is seen, how its series went, what decided
  double degree = 0;
  bool direct = true;
  std::string series, config;  ///< which series or setting it was read from
  std::optional<double> first_step, last_step, value, threshold;
  double weight = 0;  ///< shift in log-odds, nats
  std::string rule;   ///< pack/file:line of the condition; people only: it changes where a file is
                      ///< rearranged
  std::string rule_hash;        ///< of the text of the finding or pattern it rests on
  Curve curve;                  ///< of the series; people only
  std::optional<double> began;  ///< step at which it began
};

struct Missing {
  std::string metric, finding, how;
  std::string reason;  ///< why the finding is unknown
  std::string log;     ///< what to log, in words: the metric, or more of it
  std::string title;   ///< of the finding
  double gain = 0;     ///< expected information, nats
};

struct Cited {
  std::string id, title, kind, url, problem, cause, fix, establishes;
  std::string applicability,
      applicability_because;  ///< high, medium or low: how alike the set-ups are
  int year = 0;
};

/// A pattern that looks alike, and how to tell it apart.
struct Lookalike {
  std::string id, title, how, check;
};

/// Why a pattern comes about, and in what share of its cases.
struct CauseEntry {
  std::string text;
  double likelihood = 0;
};

struct DisputeEntry {
  std::string claim, against, because;
};

struct DiagnosisEntry {
  std::string id, title, level, severity, severity_because, mechanism, pack_version, hash;
  std::vector<std::string> amends;  ///< where its pattern is amended, as pack path:line
  double confidence = 0, prior = 0;
  std::vector<Evidence> evidence, against;
  std::vector<Missing> missing;
  std::vector<std::string> leads_to, cites, refuted_by;
  std::vector<CauseEntry> causes;
  std::vector<DisputeEntry> disputed;
  std::vector<Lookalike> resembles;
  std::vector<std::string> kind_of;  ///< ids of all more general patterns
  std::optional<double> began;
};

struct StepEntry {
  int rank = 0;
  std::string kind, id, what, why, how, verify, leaves, risk;
  std::string aim;  ///< "52 % likely to mend it"; what else it mends is named; what a check tells
  bool risky = false;  ///< its risk is not low
  std::vector<std::string> cautions, cures, cites;
  double effort_min = 0, likelihood = 0, priority = 0;
};

struct Insight {
  std::string analogy, text;
  double strength = 0;
};

struct Delegation {
  std::string id, to, asks, looks_at, hypothesis;
};

struct Report {
  std::string status;
  std::string input;
  std::vector<std::pair<std::string, std::string>> packs;  ///< name, version
  std::vector<std::string> symptoms, tried;
  std::vector<std::string> counted;  ///< of the tries: those that count as evidence, in words
  std::string expected, changed;
  std::optional<double> started;  ///< earliest step of the leading diagnosis
  std::string step_name;
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<std::pair<std::string, engine::Setting>> settings;  ///< those that packs know by name
  std::vector<DiagnosisEntry> diagnoses, benign;
  std::vector<std::string> explanation;  ///< ids of the best joint explanation
  double explanation_probability = 0;
  double healthy_probability = 0;
  double left_out = 0;     ///< of larger sets of patterns: no probability is off by more
  bool cut_short = false;  ///< more followed from the rules than can be worked out
  std::vector<std::string> unexplained;  ///< findings, in words
  std::vector<StepEntry> steps;
  std::vector<std::string> stopped;   ///< causes that three tries did not cure: take up another
  std::vector<std::string> returned;  ///< causes that are there again although a fix helped
  std::vector<Missing> missing;       ///< what would tell most, whatever the diagnosis
  std::vector<Cited> literature;
  std::vector<Insight> insights;
  std::vector<Delegation> delegations;
  std::vector<std::string> fallback;  ///< what to do if none of it helps
  std::vector<std::string> notes;     ///< what was not understood
  std::vector<std::string> unused;    ///< series that no pack knows
  std::size_t series_read = 0, series_used = 0, samples_read = 0, rows_read = 0;
  std::string input_hash;
};

}  // namespace fmx::reports
