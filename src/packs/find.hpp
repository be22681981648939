#pragma once

#include <string>
#include <vector>

#include "knowledge/result.hpp"
#include "src/problem.hpp"

namespace fmx::packs {

/// A rule file on disk.
struct RuleFile {
  std::string path;       ///< as the user would type it
  std::string canonical;  ///< the same for every way to name the file
  std::string version;    ///< of the nearest fmpack.toml above it within its pack path; empty where
                          ///< there is none
};

/// The `.fmrule` files of `paths` (files, or folders at any depth), sorted by path, each once
/// however often it is named. A path that is missing or holds no rule is a Problem, and so is a
/// manifest (fmpack.toml) that is no TOML, says what no manifest can, or requires a later fmx.
Result<std::vector<RuleFile>, Problem> find(const std::vector<std::string>& paths);

/// Where the packs that need not be named lie: `FMX_PACKS` (folders separated by ':'), else
/// share/fmx/packs beside an installed program, else the source tree's knowledge/packs.
std::vector<std::string> default_paths();

}  // namespace fmx::packs
