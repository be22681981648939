#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dsl/lower.hpp"
#include "dsl/parse.hpp"

/// Rule texts lowered for a test, each as a file of its own.
inline fmx::dsl::Lowered lowered(const std::vector<std::string>& texts) {
  fmx::Sources sources;
  std::vector<fmx::dsl::Tree> trees;
  std::vector<fmx::Diagnostic> all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto id = sources.add({"file_" + std::to_string(i) + ".fmrule", texts[i]});
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

/// All diagnostics as they are shown.
inline std::string shown(const fmx::dsl::Lowered& lowered) {
  std::string text;
  for (const fmx::Diagnostic& diagnostic : lowered.diagnostics) {
    text += render(diagnostic, lowered.knowledge.sources);
  }
  return text;
}
