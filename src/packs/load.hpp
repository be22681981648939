#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "dsl/syntax.hpp"
#include "knowledge/diagnostic.hpp"
#include "knowledge/knowledge.hpp"
#include "src/packs/find.hpp"

namespace fmx::packs {

/// Packs as they were read: what they say, and every mistake in them.
struct Loaded {
  Knowledge knowledge;
  std::vector<Diagnostic> diagnostics;  ///< by place
  std::vector<bool> asked;              ///< for authors, by source: whether it was asked for
};

/// Texts that stand for those of files, by path: what an author has not saved yet.
using Texts = std::map<std::string, std::string>;

/// The bytes of a rule file.
Result<std::string, Problem> text_of(const std::string& path);

/// Reads, parses (in parallel) and lowers `files`, or takes from the cache what they were
/// understood as before, then without their tests. A file that cannot be read is a Problem; what is
/// wrong inside one is a diagnostic.
Result<Loaded, Problem> load(const std::vector<RuleFile>& files);

/// The packs that need not be named, and those of `extra_paths` beside them.
Result<Loaded, Problem> load_with_defaults(const std::vector<std::string>& extra_paths);

/// The knowledge of `paths` for their authors: the default packs are there to be imported, but a
/// pack that `paths` declare from elsewhere takes the place of the default one of that name.
/// Files for which `unsaved` has a text are read as that.
Result<Loaded, Problem> load_for_authors(const std::vector<std::string>& paths,
                                         const Texts& unsaved = {});

/// Keeps what was loaded until the process ends: to take its hundred thousand nodes apart just
/// before would cost a tenth of a whole diagnosis.
const Loaded& kept(Loaded loaded);

/// All diagnostics as they are shown, at most ten, then "and 14 more".
std::string render(const std::vector<Diagnostic>& diagnostics, const Sources& sources);

}  // namespace fmx::packs
