#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dsl/lower.hpp"
#include "dsl/parse.hpp"

/// A rule file of a test.
struct RuleFile {
  std::string path, text;
};

/// Parses and lowers them together; all diagnostics in order.
inline fmx::dsl::Lowered lowered(const std::vector<RuleFile>& files) {
  fmx::Sources sources;
  std::vector<fmx::dsl::Tree> trees;
  std::vector<fmx::Diagnostic> all;
  for (const RuleFile& file : files) {
    const auto id = sources.add({file.path, file.text});
    fmx::dsl::Parsed parsed = fmx::dsl::parse(sources, id);
    trees.push_back(std::move(parsed.tree));
    all.insert(all.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
  }
  fmx::dsl::Lowered result = fmx::dsl::lower(std::move(sources), trees);
  all.insert(all.end(), result.diagnostics.begin(), result.diagnostics.end());
  fmx::sort_by_place(all);
  result.diagnostics = std::move(all);
  return result;
}

/// One file.
inline fmx::dsl::Lowered lowered(const std::string& text) {
  return lowered(std::vector<RuleFile>{{"rules.fmrule", text}});
}

/// All diagnostics as they are shown.
inline std::string shown(const fmx::dsl::Lowered& lowered) {
  std::string text;
  for (const fmx::Diagnostic& diagnostic : lowered.diagnostics) {
    text += render(diagnostic, lowered.knowledge.sources);
  }
  return text;
}
