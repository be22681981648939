#include "src/readers/layout.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "src/readers/letters.hpp"

namespace fmx::readers {

namespace {

template <class Names>
bool one_of(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_split(const std::string& name) {
  constexpr std::array splits = {"train",      "training", "learn",      "val",  "valid",
                                 "validation", "eval",     "evaluation", "test", "dev"};
  return one_of(splits, lower(name));
}

/// The word for a split under which metrics are known.
std::string split_name(const std::string& word) {
  const std::string plain = lower(word);
  return plain == "learn" || plain == "training" ? "train" : plain;
}

/// A folder that a run keeps below itself.
bool belongs_to_run_above(const std::string& name) {
  constexpr std::array kept = {
      "tensorboard", "tb",      "tb_logs",         "logs",          "log",     "events",
      "summaries",   "metrics", "vis_data",        "catboost_info", "files",   "checkpoints",
      "ckpt",        "ckpts",   "last-checkpoint", ".hydra",        "configs", "config"};
  const std::string plain = lower(name);
  return one_of(kept, plain) || plain.starts_with("checkpoint-") ||
         plain.starts_with("checkpoint_");
}

}  // namespace

std::string split_of_file(const std::string& path) {
  std::string word;
  for (const char c : last_part(path) + ".") {
    if (c != '_' && c != '-' && c != '.') {
      word += c;
      continue;
    }
    if (is_split(word)) return split_name(word);
    word.clear();
  }
  return {};
}

std::string parent(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string last_part(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::vector<Place> places_of(const std::vector<std::string>& folders) {
  std::map<std::string, std::set<std::string>> splits;  // by the folder above them
  for (const std::string& folder : folders) {
    if (is_split(last_part(folder))) splits[parent(folder)].insert(folder);
  }
  std::vector<Place> places;
  for (const std::string& folder : folders) {
    Place place{folder, ""};
    if (is_split(last_part(folder)) && splits[parent(folder)].size() > 1) {
      place = {parent(folder), split_name(last_part(folder))};
    }
    while (!place.run.empty() && belongs_to_run_above(last_part(place.run)))
      place.run = parent(place.run);
    places.push_back(std::move(place));
  }
  return places;
}

}  // namespace fmx::readers
