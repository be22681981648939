#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fmx::reports {

/// A report as data: what `fmx-report/1` holds (docs/report.schema.json), and beside it what only
/// people are shown (sparklines). Every format is written from this and from nothing else.
struct Evidence {
  std::string finding, text;     ///< id; a sentence with the run's numbers
  double degree = 0;
  bool direct = true;
  std::string series, config;    ///< which series or setting it was read from
  std::optional<double> first_step, last_step, value, threshold;
  double weight = 0;             ///< shift in log-odds, nats
  std::string rule;              ///< file:line of the condition
  std::string sparkline;         ///< of the series; people only
  std::optional<double> began;   ///< step at which it began
};

struct Missing {
  std::string metric, finding, how;
  double gain = 0;               ///< expected information, nats
};

struct Cited {
  std::string id, title, kind, url, problem, cause, fix, establishes;
  int year = 0;
};

struct DiagnosisEntry {
  std::string id, title, level, severity, severity_because, mechanism, pack_version, hash;
  double confidence = 0, prior = 0;
  std::vector<Evidence> evidence, against;
  std::vector<Missing> missing;
  std::vector<std::string> leads_to, cites;
  std::vector<std::pair<std::string, std::string>> resembles;  ///< id, how to tell it apart
  std::optional<double> began;
};

struct StepEntry {
  int rank = 0;
  std::string kind, id, what, why, how, verify, leaves, risk;
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
  std::string expected;
  std::optional<double> started;                           ///< earliest step of the leading diagnosis
  std::string step_name;
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<DiagnosisEntry> diagnoses, benign;
  std::vector<std::string> explanation;                    ///< ids of the best joint explanation
  double explanation_probability = 0;
  std::vector<std::string> unexplained;
  std::vector<StepEntry> steps;
  std::vector<Cited> literature;
  std::vector<Insight> insights;
  std::vector<Delegation> delegations;
  std::vector<std::string> fallback;                       ///< what to do if none of it helps
  std::vector<std::string> notes;                          ///< what was not understood
  std::size_t series_read = 0, series_used = 0, samples_read = 0;
  std::string input_hash;
};

}  // namespace fmx::reports
