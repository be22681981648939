#include "src/rule_tests/mutation_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "src/reports/json_document.hpp"

namespace fmx::rule_tests {
namespace {

using Json = nlohmann::ordered_json;

struct Tally {
  std::size_t killed = 0, judged = 0;

  void count(bool is_killed) { ++judged, killed += is_killed ? 1 : 0; }
  double score() const {
    return judged == 0 ? 0 : 100 * static_cast<double>(killed) / static_cast<double>(judged);
  }
};

struct Tallies {
  std::map<std::string, Tally> packs, kinds;
  Tally all;

  Tallies(const Knowledge& knowledge, const MutationOutcome& outcome) {
    for (std::size_t i = 0; i < outcome.mutants.size(); ++i) {
      const Mutant& mutant = outcome.mutants[i];
      const bool killed = outcome.verdicts[i].killed;
      packs[pack_of(knowledge, mutant)].count(killed);
      kinds[mutant.what].count(killed);
      all.count(killed);
    }
  }

  static std::string pack_of(const Knowledge& knowledge, const Mutant& mutant) {
    for (const PackInfo& pack : knowledge.packs) {
      const bool inside = mutant.id.size() > pack.name.size() && mutant.id.starts_with(pack.name) &&
                          mutant.id[pack.name.size()] == '.' &&
                          mutant.id.find('.', pack.name.size() + 1) == std::string::npos;
      if (inside) return pack.name;
    }
    return mutant.id;
  }
};

std::string noticed_by(std::size_t unmoved) {
  if (unmoved == 0) return "no test comes near it";
  return fmt::format("{} test{} {} it and expect{} nothing that it changes", unmoved,
                     unmoved == 1 ? "" : "s", unmoved == 1 ? "meets" : "meet",
                     unmoved == 1 ? "s" : "");
}

std::string frame_words(const MutationOutcome& outcome, const MutationFrame& frame) {
  std::string words = fmt::format("{} mutants", outcome.all);
  if (outcome.mutants.size() < outcome.all) {
    words += fmt::format(", {} of them judged (", outcome.mutants.size());
    if (frame.limits.sample)
      words += fmt::format("a sample of {}, seed {}", *frame.limits.sample, frame.limits.seed);
    if (outcome.out_of_time) {
      words += fmt::format("{}in the order of seed {}, out of time after {:g} s",
                           frame.limits.sample ? "; " : "", frame.limits.seed,
                           frame.limits.time->count());
    }
    words += ")";
  }
  words += fmt::format(" by {} test{}", frame.tests, frame.tests == 1 ? "" : "s");
  if (frame.failing > 0)
    words += fmt::format("; {} that fail without any were left out", frame.failing);
  return words + "\n";
}

void add_table(std::string& out, std::string_view title, const std::map<std::string, Tally>& rows,
               const Tally& all) {
  std::size_t width = title.size();
  for (const auto& [name, tally] : rows) width = std::max(width, name.size());
  const auto line = [&](std::string_view name, const Tally& t) {
    out += fmt::format("{:<{}}  {:>7}  {:>7}  {:>6.1f}%\n", name, width, t.killed, t.judged,
                       t.score());
  };
  out += fmt::format("{:<{}}  {:>7}  {:>7}  {:>7}\n", title, width, "killed", "mutants", "score");
  for (const auto& [name, tally] : rows) line(name, tally);
  line("all", all);
}

/// The tests that were the first to fail on some mutant, in their order: each kills what those
/// before it do not.
Json tests_by_kills(const MutationOutcome& outcome, const MutationFrame& frame) {
  std::map<std::size_t, std::vector<std::size_t>> kills;
  for (std::size_t i = 0; i < outcome.verdicts.size(); ++i) {
    if (outcome.verdicts[i].killed) kills[outcome.verdicts[i].by].push_back(i);
  }
  Json all = Json::array();
  for (const auto& [trial, killed] : kills) {
    const Test& test = *frame.trials[trial].test;
    Json ids = Json::array();
    for (const std::size_t i : killed) {
      const Mutant& mutant = outcome.mutants[i];
      ids.push_back({{"id", mutant.id}, {"what", mutant.what}});
    }
    all.push_back({{"pack", test.pack}, {"test", test.title}, {"first_to_kill", std::move(ids)}});
  }
  return all;
}

}  // namespace

std::string mutation_as_text(const Knowledge& knowledge, const MutationOutcome& outcome,
                             const MutationFrame& frame) {
  std::string out;
  for (std::size_t i = 0; i < outcome.mutants.size(); ++i) {
    if (outcome.verdicts[i].killed) continue;
    const Mutant& mutant = outcome.mutants[i];
    const SourceDiff source = diff(mutant, knowledge.sources);
    out += fmt::format("SURVIVED {}: {}: {}\n", source.place, mutant.id, mutant.what);
    for (const std::string& line : source.before) out += fmt::format("  -{}\n", line);
    for (const std::string& line : source.after) out += fmt::format("  +{}\n", line);
    out += fmt::format("  {}\n", noticed_by(outcome.verdicts[i].unmoved));
  }
  if (!out.empty()) out += '\n';
  const Tallies tallies(knowledge, outcome);
  add_table(out, "change", tallies.kinds, tallies.all);
  out += '\n';
  add_table(out, "pack", tallies.packs, tallies.all);
  return out + frame_words(outcome, frame);
}

std::string mutation_as_json(const Knowledge& knowledge, const MutationOutcome& outcome,
                             const MutationFrame& frame) {
  const Tallies tallies(knowledge, outcome);
  Json json;
  json["schema"] = "fmx-mutation/1";
  json["mutants"] = outcome.all;
  json["judged"] = tallies.all.judged;
  json["killed"] = tallies.all.killed;
  json["score"] = std::round(10 * tallies.all.score()) / 10;
  json["tests"] = frame.tests;
  json["failing"] = frame.failing;
  json["seed"] = frame.limits.seed;
  json["out_of_time"] = outcome.out_of_time;
  for (const auto& [key, rows] :
       {std::pair("changes", &tallies.kinds), std::pair("packs", &tallies.packs)}) {
    json[key] = Json::array();
    for (const auto& [name, tally] : *rows) {
      json[key].push_back({{"name", name}, {"killed", tally.killed}, {"judged", tally.judged}});
    }
  }
  json["tests_by_kills"] = tests_by_kills(outcome, frame);
  json["survivors"] = Json::array();
  for (std::size_t i = 0; i < outcome.mutants.size(); ++i) {
    if (outcome.verdicts[i].killed) continue;
    const Mutant& mutant = outcome.mutants[i];
    const SourceDiff source = diff(mutant, knowledge.sources);
    json["survivors"].push_back({{"place", source.place},
                                 {"id", mutant.id},
                                 {"what", mutant.what},
                                 {"before", source.before},
                                 {"after", source.after},
                                 {"unmoved", outcome.verdicts[i].unmoved}});
  }
  return reports::written(json);
}

}  // namespace fmx::rule_tests
