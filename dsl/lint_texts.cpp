// Titles, phrases, sources and options: what people read, and what reads people.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dsl/lints.hpp"
#include "dsl/mention.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

std::string lower(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return small;
}

/// The title's string in the declaration; the name where it is not there as it reads.
Span title_span(const Entity& entity, const Sources& sources) {
  const std::string_view text = sources.text(entity.declaration);
  const std::size_t at = text.find('"' + entity.title + '"');
  if (at == text.npos || entity.title.empty()) return entity.span;
  const auto begin = static_cast<std::uint32_t>(entity.declaration.begin + at);
  return {entity.declaration.source, begin,
          static_cast<std::uint32_t>(begin + entity.title.size() + 2)};
}

/// A title stands in reports as a line of its own: it begins like one and has no end sign.
template <class T>
void lint_titles(const std::vector<T>& entities, const Sources& sources, Warnings& warnings) {
  for (const T& entity : entities) {
    const std::string& title = entity.title;
    if (title.empty()) continue;
    std::string meant = title;
    while (!meant.empty() && (meant.back() == '.' || meant.back() == ' ')) meant.pop_back();
    meant.erase(0, std::min(meant.find_first_not_of(' '), meant.size()));
    if (meant == title || meant.ends_with("etc") || title.ends_with("...")) continue;
    const Span at = title_span(entity, sources);
    warnings.push_back(warning("title-style",
                               "a title is no sentence: it has no full stop and no "
                               "blanks around it",
                               {at, "stands on a line of its own"},
                               fmt::format("write \"{}\"", meant)));
    if (at != entity.span && !meant.empty()) warnings.back().edit = Edit{at, '"' + meant + '"'};
  }
}

template <class T>
void lint_same_titles(const std::vector<T>& entities, Warnings& warnings) {
  std::map<std::string, const T*> first;
  for (const T& entity : entities) {
    if (entity.title.empty()) continue;
    const auto [earlier, is_new] = first.insert({lower(entity.title), &entity});
    if (is_new) continue;
    warnings.push_back(warning(
        "title-repeated",
        fmt::format("`{}` and `{}` have one title: no reader can tell them apart",
                    earlier->second->id, entity.id),
        {entity.span, fmt::format("\"{}\"", entity.title)}, "say in the title what is special"));
    warnings.back().secondary.push_back({earlier->second->span, "as this one"});
  }
}

void lint_sources(const Knowledge& knowledge, Warnings& warnings) {
  std::map<std::string, const SourceWork*> first;
  for (const SourceWork& work : knowledge.works) {
    if (work.arxiv.empty() && work.url.empty() && work.doi.empty() && work.kind != "book") {
      warnings.push_back(warning(
          "source-without-place", fmt::format("nobody can find `{}`", work.name),
          {work.span, "no `arxiv`, `doi` or `url`"}, "say where it lies: `url \"https://...\"`"));
    }
    const std::string place = !work.arxiv.empty() ? "arxiv " + work.arxiv
                              : !work.doi.empty() ? "doi " + lower(work.doi)
                                                  : work.url;
    if (place.empty()) continue;
    const auto [earlier, is_new] = first.insert({place, &work});
    if (is_new) continue;
    warnings.push_back(warning(
        "source-repeated", fmt::format("`{}` and `{}` are one work", earlier->second->id, work.id),
        {work.span, place}, "cite one of them everywhere, and leave the other out"));
    warnings.back().secondary.push_back({earlier->second->span, "declared here"});
  }
}

void lint_phrases(const Knowledge& knowledge, Warnings& warnings) {
  for (const Finding& finding : knowledge.findings) {
    std::set<std::string> seen;
    for (const std::string& phrase : finding.said) {
      if (seen.insert(lower(phrase)).second) continue;
      warnings.push_back(warning(
          "phrase-repeated", fmt::format("\"{}\" stands twice, case aside", phrase),
          {mention(finding, "said", "", knowledge.sources), "in this list"}, "once is enough"));
    }
  }
}

void lint_aliases(const Entity& entity, const std::vector<std::string>& aliases,
                  const Sources& sources, Warnings& warnings) {
  std::set<std::string> seen;
  for (const std::string& alias : aliases) {
    if (seen.insert(alias).second) continue;
    warnings.push_back(warning("alias-repeated", fmt::format("\"{}\" stands twice", alias),
                               {mention(entity, "aliases", "", sources), "in this list"},
                               "once is enough"));
  }
}

void lint_ranges(const Knowledge& knowledge, Warnings& warnings) {
  for (const Metric& metric : knowledge.metrics) {
    if (metric.kind != Quality::fraction) continue;
    const bool below = metric.lowest && *metric.lowest < 0;
    const bool above = metric.highest && *metric.highest > 1;
    if (!below && !above) continue;
    warnings.push_back(
        warning("fraction-beyond-one",
                fmt::format("`{}` is a fraction, and reaches beyond 0 .. 1", metric.name),
                {mention(metric, "range", "", knowledge.sources), "not a fraction's range"},
                "write `range 0 .. 1`, or `kind gauge`"));
  }
}

void lint_options(const Expression& e, Warnings& warnings) {
  if (e.kind != EKind::one_of) return;
  std::set<std::string> seen;
  for (std::size_t i = 1; i < e.operands.size(); ++i) {
    if (seen.insert(lower(e.operands[i].text)).second) continue;
    warnings.push_back(warning("option-repeated",
                               fmt::format("\"{}\" stands twice, case aside", e.operands[i].text),
                               {e.operands[i].span, "again"}, "once is enough"));
  }
}

}  // namespace

void lint_texts(const Knowledge& knowledge, Warnings& warnings) {
  const Sources& sources = knowledge.sources;
  lint_titles(knowledge.patterns, sources, warnings);
  lint_titles(knowledge.findings, sources, warnings);
  lint_titles(knowledge.fixes, sources, warnings);
  lint_titles(knowledge.checks, sources, warnings);
  lint_same_titles(knowledge.patterns, warnings);
  lint_same_titles(knowledge.findings, warnings);
  lint_sources(knowledge, warnings);
  lint_phrases(knowledge, warnings);
  for (const Metric& m : knowledge.metrics) lint_aliases(m, m.aliases, sources, warnings);
  for (const Param& p : knowledge.params) lint_aliases(p, p.aliases, sources, warnings);
  lint_ranges(knowledge, warnings);
  each_condition(knowledge, [&](const Expression& condition) {
    each_part(condition, [&](const Expression& e) { lint_options(e, warnings); });
  });
}

}  // namespace fmx::dsl
