#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"
#include "knowledge/result.hpp"

namespace fmx::readers {

/// Why an input could not be used at all: one sentence on what is wrong and where, one on what to
/// do.
struct Problem {
  std::string where;  ///< `metrics.jsonl:12`, `config.json`, a folder
  std::string what;
  std::string remedy;
  std::vector<std::string> runs = {};  ///< where a folder holds several: their paths
};

class Files;

struct Request {
  std::vector<std::string> inputs;       ///< files, folders, or `-` for standard input
  std::optional<std::string> config;     ///< a config file named by the user
  std::optional<std::string> context;    ///< a run document named by the user
  const Knowledge* knowledge = nullptr;  ///< whose `log` declarations tell how to read text logs
  Files* files = nullptr;                ///< what reads the inputs; null: they are read whole
};

/// Reads what a run left behind. Formats are recognized by content, not by name. What cannot be
/// read is said in Run::notes as long as anything can; a Problem is returned only where nothing
/// could, or where a file that the user named by option is missing or broken.
Result<engine::Run, Problem> read(const Request& request);

}  // namespace fmx::readers
