#include "src/cases/overlay.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "dsl/format.hpp"
#include "dsl/lower.hpp"
#include "dsl/parse.hpp"
#include "src/cases/written_share.hpp"

namespace fmx::cases {
namespace {

using engine::FittedFigure;
using Figures = std::vector<FittedFigure>;

std::string was(double authored) { return "  # written: " + written(authored) + "\n"; }

/// The links of one pattern: members of a group stand together, or they would be torn apart.
std::string shows(const Knowledge& knowledge, const Pattern& pattern, const Figures& figures) {
  const auto fitted = [&](Index finding) -> const FittedFigure* {
    const auto at = std::ranges::find(figures, finding, &FittedFigure::finding);
    return at == figures.end() ? nullptr : &*at;
  };
  std::string out;
  std::set<int> groups;
  for (const Link& link : pattern.shows) {
    const FittedFigure* figure = fitted(link.finding);
    if (figure == nullptr) continue;
    if (link.group < 0) {
      out += fmt::format("  shows {} {}", knowledge.findings[link.finding].id,
                         written(figure->fitted)) +
             was(figure->authored);
      continue;
    }
    if (!groups.insert(link.group).second) continue;
    out += "  shows one of {\n";
    for (const Link& member : pattern.shows) {
      if (member.group != link.group) continue;
      const FittedFigure* of_member = fitted(member.finding);
      out += fmt::format("    {} {}{}", knowledge.findings[member.finding].id,
                         written(of_member != nullptr ? of_member->fitted : member.probability),
                         of_member != nullptr ? was(of_member->authored) : "\n");
    }
    out += "  }\n";
  }
  return out;
}

std::string risk(const Knowledge& knowledge, const Pattern& pattern, const FittedFigure& figure) {
  return fmt::format("  risk {} : {:.3g}x  # written: {:g}x, fitted: {:.3g}x\n",
                     knowledge.sources.text(pattern.risks[figure.risk].when.span),
                     figure.fitted / figure.authored, figure.authored, figure.fitted);
}

Figures of_kind(const Figures& figures, FittedFigure::Kind kind) {
  Figures all;
  std::ranges::copy_if(figures, std::back_inserter(all),
                       [&](const FittedFigure& f) { return f.kind == kind; });
  return all;
}

std::string amended_pattern(const Knowledge& knowledge, Index index, const Figures& figures,
                            bool with_risks) {
  using Kind = FittedFigure::Kind;
  const Pattern& pattern = knowledge.patterns[index];
  std::string out;
  for (const FittedFigure& f : of_kind(figures, Kind::prior)) {
    out += "  prior " + written(f.fitted) + was(f.authored);
  }
  if (with_risks) {
    for (const FittedFigure& f : of_kind(figures, Kind::risk)) out += risk(knowledge, pattern, f);
  }
  out += shows(knowledge, pattern, of_kind(figures, Kind::link));
  return out.empty() ? "" : fmt::format("\namend pattern {} {{\n{}}}\n", pattern.id, out);
}

std::string amends(const Knowledge& knowledge, const Figures& figures, bool with_risks) {
  std::map<Index, Figures> of_pattern;
  std::string out;
  for (const FittedFigure& figure : figures) {
    if (figure.kind != FittedFigure::Kind::base) {
      of_pattern[figure.pattern].push_back(figure);
      continue;
    }
    out +=
        fmt::format("\namend finding {} {{\n  base {}{}}}\n", knowledge.findings[figure.finding].id,
                    written(figure.fitted), was(figure.authored));
  }
  for (const auto& [pattern, its] : of_pattern) {
    out += amended_pattern(knowledge, pattern, its, with_risks);
  }
  return out;
}

/// Of the packs whose risks change, and of what they import: conditions are written in their words.
std::string imports(const Knowledge& knowledge, const Figures& figures) {
  std::set<std::string> packs;
  for (const FittedFigure& figure : of_kind(figures, FittedFigure::Kind::risk)) {
    const std::string& pack = knowledge.patterns[figure.pattern].pack;
    packs.insert(pack);
    const auto info = std::ranges::find(knowledge.packs, pack, &PackInfo::name);
    if (info != knowledge.packs.end()) packs.insert(info->imports.begin(), info->imports.end());
  }
  std::string out;
  for (const std::string& pack : packs) out += fmt::format("import {}\n", pack);
  return out;
}

std::string about(const Calibration& c) {
  const Way &before = c.ways.front(), &after = c.ways[c.best];
  return fmt::format(
      "{} labelled runs ({} faulty, {} healthy), each also as it would be if it had been logged "
      "less well; on runs it was not fitted to ({} parts) the Brier score goes from {:.3f} to "
      "{:.3f}, the calibration error from {:.3f} to {:.3f}",
      c.runs, c.faulty, c.healthy, c.parts, before.all.brier, after.all.brier, before.all.error,
      after.all.error);
}

std::string certainty(const Knowledge& knowledge, const Calibration& c) {
  if (c.certainty == 1) return "";
  std::vector<std::string> ids;
  for (const Index pattern : c.of) ids.push_back(knowledge.patterns[pattern].id);
  return fmt::format("\ncertainty {:.3g}x of {}\n  because \"{}\"\n", c.certainty,
                     fmt::join(ids, ", "), about(c));
}

/// Whether `text` means something beside the packs it speaks of.
bool is_understood(const Knowledge& knowledge, const std::string& text) {
  Sources sources = knowledge.sources;
  const std::uint32_t own = sources.add({"overlay.fmrule", text});
  std::vector<dsl::Tree> trees;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    trees.push_back(dsl::parse(sources, i).tree);
  }
  const dsl::Lowered lowered = dsl::lower(std::move(sources), trees);
  return std::ranges::none_of(lowered.diagnostics, [&](const Diagnostic& diagnostic) {
    return diagnostic.primary.span.source == own && diagnostic.severity == Severity::error;
  });
}

std::string laid_out(const std::string& text) {
  Sources sources;
  const dsl::Parsed parsed = dsl::parse(sources, sources.add({"overlay.fmrule", text}));
  assert(parsed.diagnostics.empty() && "only what parses is written here");
  return dsl::format(parsed.tree, sources);
}

}  // namespace

std::string overlay(const Knowledge& knowledge, const Calibration& c, const std::string& pack) {
  const std::string head =
      "# Written by `fmx calibrate`: rather than mend it by hand, write it anew.\n" +
      fmt::format("pack {}\n", pack);
  const bool any_risk = !of_kind(c.figures, FittedFigure::Kind::risk).empty();
  const std::string whole = head + "\n" + imports(knowledge, c.figures) + certainty(knowledge, c) +
                            amends(knowledge, c.figures, true);
  if (!any_risk || is_understood(knowledge, whole)) return laid_out(whole);
  return laid_out(head +
                  "# Risks are as they were: some of their conditions use names that only their "
                  "packs know.\n" +
                  certainty(knowledge, c) + amends(knowledge, c.figures, false));
}

}  // namespace fmx::cases
