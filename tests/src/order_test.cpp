// Order never matters: neither of declarations, nor of files, nor of keys in a log.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "dsl/lower.hpp"
#include "dsl/parse.hpp"
#include "src/packs/load.hpp"
#include "tests/catch.hpp"
#include "tests/src/diagnosed.hpp"
#include "tests/src/run_folder.hpp"

using namespace fmx;
using namespace fmx::test;

namespace {

constexpr const char* run = "tests/golden/infer/diverges/metrics.jsonl";
constexpr const char* config = "tests/golden/infer/diverges/config.json";

/// A rule file with its items in another order; the `pack` line stays in front.
std::string shuffled_items(const Sources& sources, std::uint32_t source, std::mt19937& random) {
  const dsl::Parsed parsed = dsl::parse(sources, source);
  std::string head;
  std::vector<std::string> items;
  for (const std::uint32_t item : dsl::Children(parsed.tree, 0)) {
    const dsl::Node& node = parsed.tree.nodes[item];
    const std::string text(sources.text({source, node.begin, node.end}));
    if (node.kind == dsl::Kind::pack) {
      head = text + "\n";
    } else {
      items.push_back(text);
    }
  }
  std::shuffle(items.begin(), items.end(), random);
  for (const std::string& item : items) head += "\n" + item + "\n";
  return head;
}

/// The packs under `path` with files and declarations in another order.
Knowledge shuffled_knowledge(const std::string& path, unsigned seed) {
  std::mt19937 random(seed);
  const Knowledge straight = knowledge_of({path});
  std::vector<Source> files;
  for (std::uint32_t i = 0; i < straight.sources.size(); ++i) {
    files.push_back({straight.sources.at(i).path, shuffled_items(straight.sources, i, random)});
  }
  std::shuffle(files.begin(), files.end(), random);

  Sources sources;
  std::vector<dsl::Tree> trees;
  for (Source& file : files) sources.add(std::move(file));
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    dsl::Parsed parsed = dsl::parse(sources, i);
    REQUIRE_FALSE(has_errors(parsed.diagnostics));
    trees.push_back(std::move(parsed.tree));
  }
  dsl::Lowered lowered = dsl::lower(std::move(sources), trees);
  INFO(packs::render(lowered.diagnostics, lowered.knowledge.sources));
  REQUIRE_FALSE(has_errors(lowered.diagnostics));
  for (PackInfo& pack : lowered.knowledge.packs) {  // the manifest says it, not the rules
    const auto same = std::ranges::find(straight.packs, pack.name, &PackInfo::name);
    pack.version = same->version;
  }
  return std::move(lowered.knowledge);
}

/// The log with the keys of every line in another order.
std::string shuffled_keys(const std::string& path, unsigned seed) {
  std::mt19937 random(seed);
  std::ifstream file(path);
  std::string shuffled;
  for (std::string line; std::getline(file, line);) {
    const auto object = nlohmann::ordered_json::parse(line);
    std::vector<std::pair<std::string, nlohmann::ordered_json>> members;
    for (const auto& [key, value] : object.items()) members.emplace_back(key, value);
    std::shuffle(members.begin(), members.end(), random);
    nlohmann::ordered_json reordered;
    for (auto& [key, value] : members) reordered[key] = value;
    shuffled += reordered.dump() + "\n";
  }
  return shuffled;
}

}  // namespace

TEST_CASE("the order of files and declarations does not show in a report's bytes") {
  const std::string packs = GENERATE("tests/golden/packs", "knowledge/packs");
  CAPTURE(packs);
  const std::string straight = report_on(knowledge_of({packs}), {run}, config);
  for (const unsigned seed : {1U, 2U, 3U}) {
    CAPTURE(seed);
    const std::string shuffled = report_on(shuffled_knowledge(packs, seed), {run}, config);
    CHECK(shuffled == straight);
  }
}

TEST_CASE("the order of series does not show in a report's bytes") {
  const Knowledge packs = knowledge_of({"knowledge/packs"});
  const std::string straight = report_on(packs, {run});
  for (const unsigned seed : {1U, 2U, 3U}) {
    CAPTURE(seed);
    const RunFolder folder;
    const std::string log = folder.write("metrics.jsonl", shuffled_keys(run, seed));
    CHECK(report_on(packs, {log}) == straight);
  }
}

TEST_CASE("the order in which files are named does not show in a report's bytes") {
  const Knowledge packs = knowledge_of({"knowledge/packs"});
  const RunFolder folder;
  std::ifstream file(run);
  std::string losses, norms;
  for (std::string line; std::getline(file, line);) {
    const auto row = nlohmann::json::parse(line);
    losses +=
        nlohmann::json({{"step", row["step"]}, {"train/loss", row["train/loss"]}}).dump() + "\n";
    norms += nlohmann::json({{"step", row["step"]}, {"gnorm", row["gnorm"]}}).dump() + "\n";
  }
  const std::string a = folder.write("losses.jsonl", losses),
                    b = folder.write("norms.jsonl", norms);
  CHECK(report_on(packs, {a, b}) == report_on(packs, {b, a}));
}
