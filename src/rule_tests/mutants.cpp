#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/belief/network.hpp"
#include "src/rule_tests/alterations.hpp"
#include "src/rule_tests/mutant.hpp"
#include "src/rule_tests/rule_text.hpp"

namespace fmx::rule_tests {
namespace {

using Links = Mutant::Links;

constexpr double highest_prior = 0.9;

class Lister {
 public:
  Lister(const Knowledge& knowledge, const std::function<bool(const Entity&)>& wanted)
      : knowledge_(knowledge), wanted_(wanted), patched_(knowledge.patterns) {}

  std::vector<Mutant> list() {
    for (Index i = 0; i < knowledge_.findings.size(); ++i) add_finding(i);
    for (Index i = 0; i < knowledge_.patterns.size(); ++i) add_pattern(i);
    std::ranges::stable_sort(mutants_, {}, [&](const Mutant& m) {
      return std::tuple(knowledge_.sources.at(m.span.source).path, m.span.begin, m.span.end);
    });
    return std::move(mutants_);
  }

 private:
  void add_finding(Index index) {
    const Finding& finding = knowledge_.findings[index];
    add_condition(finding, {Site::Of::finding_when, index, 0}, finding.when);
    if (finding.since) add_condition(finding, {Site::Of::finding_since, index, 0}, *finding.since);
  }

  void add_pattern(Index index) {
    const Pattern& pattern = knowledge_.patterns[index];
    for (std::size_t i = 0; i < pattern.needs.size(); ++i) {
      add_condition(pattern, {Site::Of::need, index, i}, pattern.needs[i]);
    }
    for (std::size_t i = 0; i < pattern.risks.size(); ++i) {
      add_condition(pattern, {Site::Of::risk, index, i}, pattern.risks[i].when);
    }
    if (!wanted_(pattern)) return;
    add_prior(index);
    add_links(index);
    add_never(index);
    add_leads(index);
    for (std::size_t i = 0; i < pattern.needs.size(); ++i) drop_need(index, i);
    for (std::size_t i = 0; i < pattern.risks.size(); ++i) drop_risk(index, i);
  }

  // --- conditions

  /// The alterations of one condition. One of a let that stands in several is one mutant.
  void add_condition(const Entity& entity, Site site, const Expression& condition) {
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>, std::size_t>
        here;
    for (const Alteration& each : alterations(condition, knowledge_.sources)) {
      const std::tuple key(each.span.source, each.span.begin, each.span.end,
                           each.what + each.replacement);
      const auto [known, is_new] = altered_.emplace(key, mutants_.size());
      if (is_new) {
        if (!wanted_(entity)) {
          altered_.erase(known);
          continue;
        }
        Mutant mutant;
        mutant.what = each.what;
        mutant.id = entity.id;
        mutant.span = each.span;
        mutant.replacement = each.replacement;
        mutants_.push_back(std::move(mutant));
      }
      Mutant& mutant = mutants_[known->second];
      const auto [place, first_here] = here.emplace(key, mutant.conditions.size());
      if (first_here) mutant.conditions.emplace_back(site, condition);
      each.apply(mutant.conditions[place->second].second);
    }
  }

  // --- the numbers of patterns

  Mutant& add(const Pattern& pattern, std::string what, Span span, std::string replacement) {
    Mutant mutant;
    mutant.what = std::move(what);
    mutant.id = pattern.id;
    mutant.span = span;
    mutant.replacement = std::move(replacement);
    mutants_.push_back(std::move(mutant));
    return mutants_.back();
  }

  /// Where `word` stands as the first of a field of the declaration, if it does.
  std::optional<Span> field(const Entity& entity, std::string_view word) const {
    const std::string_view text = knowledge_.sources.text(entity.declaration);
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
      const std::size_t line = text.rfind('\n', at) + 1;
      const bool alone = trimmed(text.substr(line, at - line)).empty();
      if (!alone && at > 0 && text[at - 1] != ' ' && text[at - 1] != '{') continue;
      return Span{entity.declaration.source,
                  entity.declaration.begin + static_cast<std::uint32_t>(at),
                  entity.declaration.begin + static_cast<std::uint32_t>(at + word.size())};
    }
    return {};
  }

  /// The literal behind a span.
  std::optional<Span> literal_behind(Span span) const {
    const std::string_view text = knowledge_.sources.at(span.source).text;
    const auto literal = literal_at(text, span.end);
    if (!literal) return {};
    return Span{span.source, static_cast<std::uint32_t>(literal->begin),
                static_cast<std::uint32_t>(literal->end)};
  }

  void add_prior(Index index) {
    const Pattern& pattern = knowledge_.patterns[index];
    const auto word = field(pattern, "prior ");
    const auto literal = word ? literal_behind(*word) : std::nullopt;
    if (!literal || pattern.prior <= 0) return;
    const std::string_view written = knowledge_.sources.text(*literal);
    for (const double by : {10.0, 0.1}) {
      const double moved = std::min(pattern.prior * by, highest_prior);
      if (moved == pattern.prior) continue;
      add(pattern, by > 1 ? "prior ten times as high" : "prior a tenth", *literal,
          scaled(written, moved / pattern.prior))
          .changed = {.pattern = index, .prior = moved, .without_need = {}, .without_risk = {}};
    }
  }

  void add_links(Index index) {
    const Pattern& pattern = knowledge_.patterns[index];
    for (std::size_t i = 0; i < pattern.shows.size(); ++i) {
      const Link& link = pattern.shows[i];
      const auto literal = literal_behind(link.span);
      const double base = knowledge_.findings[link.finding].base;
      if (!literal || link.probability <= base) continue;
      Mutant& mutant = add(pattern, "link no better than chance", *literal,
                           scaled(knowledge_.sources.text(*literal), base / link.probability));
      patched_.patterns[index].shows[i].probability = base;
      mutant.links = links_of(those_that_lead_to(index));
      patched_.patterns[index] = pattern;
    }
  }

  void add_never(Index index) {
    const Pattern& pattern = knowledge_.patterns[index];
    for (std::size_t i = 0; i < pattern.never.size(); ++i) {
      const auto line = whole_field("never", pattern.never[i].span);
      if (!line) continue;
      Mutant& mutant = add(pattern, "`never` dropped", *line, "");
      auto& never = patched_.patterns[index].never;
      never.erase(never.begin() + static_cast<std::ptrdiff_t>(i));
      mutant.links = links_of({index});
      patched_.patterns[index] = pattern;
    }
  }

  void add_leads(Index index) {
    const Pattern& pattern = knowledge_.patterns[index];
    for (std::size_t i = 0; i < pattern.leads_to.size(); ++i) {
      const Pattern& to = knowledge_.patterns[pattern.leads_to[i].pattern];
      auto words = field(pattern, "leads to " + to.id + " ");
      if (!words) words = field(pattern, "leads to " + to.name + " ");
      const auto literal = words ? literal_behind(*words) : std::nullopt;
      if (!literal) continue;
      Mutant& mutant =
          add(pattern, "`leads to` dropped", {words->source, words->begin, literal->end}, "");
      auto& leads = patched_.patterns[index].leads_to;
      leads.erase(leads.begin() + static_cast<std::ptrdiff_t>(i));
      mutant.links = links_of(those_that_lead_to(index));
      patched_.patterns[index] = pattern;
    }
  }

  void drop_need(Index index, std::size_t i) {
    const Pattern& pattern = knowledge_.patterns[index];
    const auto line = whole_field("needs", pattern.needs[i].span);
    if (!line) return;
    add(pattern, "`needs` dropped", *line, "").changed = {
        .pattern = index, .prior = {}, .without_need = i, .without_risk = {}};
  }

  void drop_risk(Index index, std::size_t i) {
    const Pattern& pattern = knowledge_.patterns[index];
    add(pattern, "`risk` dropped", pattern.risks[i].span, "").changed = {
        .pattern = index, .prior = {}, .without_need = {}, .without_risk = i};
  }

  /// The field that begins with `word` right in front of `part`, to the end of the literal behind
  /// it, if there is one in the line.
  std::optional<Span> whole_field(std::string_view word, Span part) const {
    const std::string_view text = knowledge_.sources.at(part.source).text;
    const std::string_view before = text.substr(0, part.begin);
    std::size_t end_of_blanks = before.find_last_not_of(" \n(");
    if (end_of_blanks == before.npos || end_of_blanks + 1 < word.size()) return {};
    const std::size_t begin = end_of_blanks + 1 - word.size();
    if (text.substr(begin, word.size()) != word) return {};
    std::uint32_t end = part.end;
    const std::size_t line_end = std::min(text.find('\n', end), text.size());
    if (word == "never") {
      const auto literal = literal_at(text, end);
      if (literal && literal->end <= line_end) end = static_cast<std::uint32_t>(literal->end);
    }
    return Span{part.source, static_cast<std::uint32_t>(begin), end};
  }

  /// A pattern and those that lead to it, directly or not: what they show depends on it.
  std::vector<Index> those_that_lead_to(Index index) const {
    std::set<Index> all{index};
    std::vector<Index> open{index};
    while (!open.empty()) {  // ends: every pattern is opened once
      const Index at = open.back();
      open.pop_back();
      for (Index other = 0; other < knowledge_.patterns.size(); ++other) {
        const auto leads = [&](const Leads& l) { return l.pattern == at; };
        if (std::ranges::any_of(knowledge_.patterns[other].leads_to, leads) &&
            all.insert(other).second) {
          open.push_back(other);
        }
      }
    }
    return {all.begin(), all.end()};
  }

  /// What the patterns show and never show, as patched.
  std::vector<Links> links_of(const std::vector<Index>& patterns) const {
    std::vector<Links> all;
    for (const Index pattern : patterns) {
      Links links{pattern, engine::shows_of(patched_, pattern), {}};
      for (const Link& never : patched_.patterns[pattern].never) {
        links.never.push_back({.finding = never.finding, .probability = never.probability});
      }
      all.push_back(std::move(links));
    }
    return all;
  }

  /// Knowledge of nothing but patterns, one of which is different while it is looked at.
  struct Patched : Knowledge {
    explicit Patched(const std::vector<Pattern>& of) { patterns = of; }
  };

  const Knowledge& knowledge_;
  const std::function<bool(const Entity&)>& wanted_;
  Patched patched_;
  std::vector<Mutant> mutants_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>, std::size_t>
      altered_;
};

/// The lines of a text without the blanks at their ends; those that are empty left out.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (!trimmed(line).empty())
      lines.emplace_back(line.substr(0, line.find_last_not_of(" \r") + 1));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::vector<Mutant> mutants(const Knowledge& knowledge,
                            const std::function<bool(const Entity&)>& wanted) {
  return Lister(knowledge, wanted).list();
}

SourceDiff diff(const Mutant& mutant, const Sources& sources) {
  const KeptSource& source = sources.at(mutant.span.source);
  const std::string_view text = source.text;
  const std::size_t begin = text.rfind('\n', mutant.span.begin == 0 ? 0 : mutant.span.begin - 1);
  const std::size_t line = begin == text.npos ? 0 : begin + 1;
  const std::size_t end = std::min(text.find('\n', mutant.span.end), text.size());
  SourceDiff diff;
  diff.place = fmt::format("{}:{}", source.path, sources.place(mutant.span).line);
  diff.before = lines_of(text.substr(line, end - line));
  diff.after = lines_of(fmt::format("{}{}{}", text.substr(line, mutant.span.begin - line),
                                    mutant.replacement,
                                    text.substr(mutant.span.end, end - mutant.span.end)));
  return diff;
}

}  // namespace fmx::rule_tests
