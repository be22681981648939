#include "dsl/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace fmx::dsl {
namespace {

enum class Times {
  once,      ///< at most once; an amend replaces it
  required,  ///< exactly once; an amend replaces it
  list,      ///< at most once; an amend adds to it
  listed,    ///< at least once in all; an amend adds to it
  many,      ///< any number
};

struct Rule {
  Kind field;
  Times times;
};

constexpr auto metric_fields = std::to_array<Rule>({{Kind::field_title, Times::once},
                                                    {Kind::field_unit, Times::once},
                                                    {Kind::field_kind, Times::once},
                                                    {Kind::field_better, Times::once},
                                                    {Kind::field_range, Times::once},
                                                    {Kind::field_aliases, Times::list},
                                                    {Kind::field_about, Times::once}});
constexpr auto param_fields = std::to_array<Rule>({{Kind::field_title, Times::once},
                                                   {Kind::field_unit, Times::once},
                                                   {Kind::field_aliases, Times::list},
                                                   {Kind::field_about, Times::once}});
constexpr auto finding_fields = std::to_array<Rule>({{Kind::let, Times::many},
                                                     {Kind::field_when, Times::required},
                                                     {Kind::field_since, Times::once},
                                                     {Kind::field_base, Times::once},
                                                     {Kind::field_said, Times::list},
                                                     {Kind::field_evidence, Times::once},
                                                     {Kind::field_about, Times::once},
                                                     {Kind::field_cites, Times::list}});
constexpr auto pattern_fields = std::to_array<Rule>({{Kind::let, Times::many},
                                                     {Kind::field_area, Times::once},
                                                     {Kind::field_severity, Times::required},
                                                     {Kind::field_prior, Times::required},
                                                     {Kind::field_instance, Times::many},
                                                     {Kind::field_kind_of, Times::many},
                                                     {Kind::field_mechanism, Times::once},
                                                     {Kind::field_needs, Times::many},
                                                     {Kind::field_risk, Times::many},
                                                     {Kind::field_shows, Times::many},
                                                     {Kind::field_never, Times::many},
                                                     {Kind::field_leads, Times::many},
                                                     {Kind::field_cause, Times::many},
                                                     {Kind::field_typical, Times::many},
                                                     {Kind::field_refuted, Times::many},
                                                     {Kind::field_disputed, Times::many},
                                                     {Kind::field_resembles, Times::many},
                                                     {Kind::field_about, Times::once},
                                                     {Kind::field_cites, Times::list}});
constexpr auto fix_fields = std::to_array<Rule>({{Kind::let, Times::many},
                                                 {Kind::field_cures, Times::listed},
                                                 {Kind::field_change, Times::many},
                                                 {Kind::field_why, Times::once},
                                                 {Kind::field_how, Times::many},
                                                 {Kind::field_effort, Times::once},
                                                 {Kind::field_risk_level, Times::once},
                                                 {Kind::field_verify, Times::many},
                                                 {Kind::field_leaves, Times::once},
                                                 {Kind::field_unless, Times::many},
                                                 {Kind::field_contradicts, Times::many},
                                                 {Kind::field_when, Times::many},
                                                 {Kind::field_about, Times::once},
                                                 {Kind::field_cites, Times::list}});
constexpr auto check_fields = std::to_array<Rule>({{Kind::field_reveals, Times::list},
                                                   {Kind::field_effort, Times::once},
                                                   {Kind::field_how, Times::many},
                                                   {Kind::field_reads, Times::once},
                                                   {Kind::field_about, Times::once},
                                                   {Kind::field_cites, Times::list}});
constexpr auto phenomenon_fields =
    std::to_array<Rule>({{Kind::field_about, Times::once}, {Kind::field_cites, Times::list}});
constexpr auto delegate_fields = std::to_array<Rule>({{Kind::field_for, Times::listed},
                                                      {Kind::field_asks, Times::required},
                                                      {Kind::field_looks_at, Times::once},
                                                      {Kind::field_about, Times::once}});
constexpr auto analogy_fields = std::to_array<Rule>({{Kind::field_via, Times::once},
                                                     {Kind::field_strength, Times::required},
                                                     {Kind::field_maps, Times::list},
                                                     {Kind::field_carries, Times::many},
                                                     {Kind::field_breaks, Times::once},
                                                     {Kind::field_about, Times::once},
                                                     {Kind::field_cites, Times::list}});
constexpr auto source_fields = std::to_array<Rule>({{Kind::field_work, Times::required},
                                                    {Kind::field_arxiv, Times::once},
                                                    {Kind::field_url, Times::once},
                                                    {Kind::field_doi, Times::once},
                                                    {Kind::field_year, Times::once},
                                                    {Kind::field_problem, Times::once},
                                                    {Kind::field_cause, Times::once},
                                                    {Kind::field_fix, Times::once},
                                                    {Kind::field_establishes, Times::once},
                                                    {Kind::field_context, Times::list},
                                                    {Kind::field_about, Times::once}});
constexpr auto log_fields =
    std::to_array<Rule>({{Kind::field_line, Times::many}, {Kind::field_about, Times::once}});

/// What an entity takes, in the order in which docs/language.md lists it.
std::span<const Rule> rules_of(Kind entity) {
  switch (entity) {
    case Kind::metric: return metric_fields;
    case Kind::param: return param_fields;
    case Kind::finding: return finding_fields;
    case Kind::pattern: return pattern_fields;
    case Kind::fix: return fix_fields;
    case Kind::check: return check_fields;
    case Kind::phenomenon: return phenomenon_fields;
    case Kind::delegate: return delegate_fields;
    case Kind::analogy: return analogy_fields;
    case Kind::source: return source_fields;
    case Kind::log: return log_fields;
    default: return {};
  }
}

const Rule* rule_of(Kind entity, Kind field) {
  for (const Rule& rule : rules_of(entity)) {
    if (rule.field == field) return &rule;
  }
  return nullptr;
}

bool is_field(Kind kind) {
  return kind == Kind::let || (kind >= Kind::field_title && kind <= Kind::field_line &&
                               kind != Kind::group && kind != Kind::member);
}

/// The word a field begins with, as an author writes it.
std::string_view keyword(Kind field) {
  switch (field) {
    case Kind::field_work: return "paper\", \"doc\", \"issue\", \"blog\" or \"book";
    case Kind::field_when: return "when";
    case Kind::field_severity: return "severity";
    case Kind::field_prior: return "prior";
    case Kind::field_cures: return "cures";
    case Kind::field_reveals: return "reveals";
    case Kind::field_for: return "for";
    case Kind::field_asks: return "asks";
    case Kind::field_strength: return "strength";
    default: return "";
  }
}

/// What a field that is missing says, and how it looks.
std::string_view example(Kind field) {
  switch (field) {
    case Kind::field_when: return "say when it is seen: `when last(train_loss) > 10`";
    case Kind::field_severity: return "say how bad it is: `severity high`";
    case Kind::field_prior: return "say which share of runs has it: `prior 2%`";
    case Kind::field_cures: return "say what it mends: `cures some_pattern 80%`";
    case Kind::field_reveals: return "say what it shows: `reveals some_finding`";
    case Kind::field_for: return "say for which patterns: `for some_pattern`";
    case Kind::field_asks: return "say what to ask: `asks \"...\"`";
    case Kind::field_strength: return "say how far it carries: `strength 0.7`";
    case Kind::field_work: return "say what it is: `paper \"Title\"`";
    default: return "";
  }
}

/// The word that a field begins with: the smallest thing to point at.
Span first_word(Part field) {
  Span span = field.span();
  const std::string_view text = field.text();
  std::size_t end = text.find_first_of(" \t\r\n\"{");
  if (end == text.npos || end == 0) end = text.size();
  span.end = span.begin + static_cast<std::uint32_t>(end);
  return span;
}

bool stands_once(Times times) { return times == Times::once || times == Times::required; }

}  // namespace

Body::Body(const Declaration& entity, const std::vector<const Item*>& amends, Problems& problems) {
  lets_.reserve(1 + amends.size());
  take(entity.part, entity.pack, entity, problems);
  for (const Item* amend : amends) {
    ++source_;
    take(amend->part, amend->pack, entity, problems);
  }
  check_amended_once(entity, problems);
  check_required(entity, problems);
}

void Body::take(Part item, const std::string& pack, const Declaration& entity, Problems& problems) {
  const LocalLets& lets = lets_.emplace_back();
  std::map<Kind, Part> first;
  for (const Part part : item) {
    if (!is_field(part.kind())) continue;
    const Rule* rule = rule_of(entity.kind, part.kind());
    if (rule == nullptr) {
      problems.add(
          {.code = "field-not-here",
           .message = fmt::format("a {} takes no `{}`", noun(entity.kind),
                                  part.text().substr(0, part.text().find_first_of(" \t\r\n\"{"))),
           .primary = {first_word(part), "not a field of this"},
           .secondary = {{entity.span, fmt::format("the {}", noun(entity.kind))}}});
      continue;
    }
    const auto [earlier, is_first] = first.insert({part.kind(), part});
    if (!is_first && rule->times != Times::many) {
      problems.add({.code = "field-twice",
                    .message = fmt::format(
                        "`{}` stands twice in `{}`",
                        earlier->second.text().substr(
                            0, first_word(earlier->second).end - first_word(earlier->second).begin),
                        entity.name),
                    .primary = {first_word(part), "given again"},
                    .secondary = {{first_word(earlier->second), "first given here"}},
                    .hint = rule->times == Times::list || rule->times == Times::listed
                                ? "put all of it into one list, with commas between"
                                : "keep one of them"});
      continue;
    }
    if (part.is(Kind::let)) {
      const auto name = part.child(Kind::name);
      if (!name) continue;
      const auto [other, is_new] = lets_.back().insert({std::string(name->text()), part});
      if (!is_new) {
        problems.add(
            {.code = "duplicate-name",
             .message = fmt::format("`{}` is declared twice in `{}`", name->text(), entity.name),
             .primary = {name->span(), "declared again"},
             .secondary = {{other->second.child(Kind::name)->span(), "first declared here"}},
             .hint = "give one of them another name"});
      }
      continue;
    }
    taken_.push_back({{part, &pack, &lets}, source_});
  }
}

void Body::check_amended_once(const Declaration& entity, Problems& problems) const {
  for (const Taken& later : taken_) {
    if (later.source == 0) continue;
    const Rule* rule = rule_of(entity.kind, later.field.part.kind());
    if (rule == nullptr || !stands_once(rule->times)) continue;
    for (const Taken& earlier : taken_) {
      if (earlier.source == 0 || earlier.source >= later.source) continue;
      if (earlier.field.part.kind() != later.field.part.kind()) continue;
      problems.add({.code = "amended-twice",
                    .message = fmt::format(
                        "two amends give `{}` of `{}`",
                        later.field.part.text().substr(0, first_word(later.field.part).end -
                                                              first_word(later.field.part).begin),
                        entity.id),
                    .primary = {first_word(later.field.part),
                                fmt::format("amended by pack `{}`", *later.field.pack)},
                    .secondary = {{first_word(earlier.field.part),
                                   fmt::format("and by pack `{}`", *earlier.field.pack)}},
                    .hint = "the order of packs never decides: keep one of the two"});
      break;
    }
  }
}

void Body::check_required(const Declaration& entity, Problems& problems) const {
  for (const Rule& rule : rules_of(entity.kind)) {
    if (rule.times != Times::required && rule.times != Times::listed) continue;
    const bool given = std::any_of(taken_.begin(), taken_.end(), [&](const Taken& taken) {
      return taken.field.part.kind() == rule.field;
    });
    if (given) continue;
    problems.add(
        {.code = "field-missing",
         .message = fmt::format("{} `{}` has no `{}`", noun(entity.kind), entity.name,
                                rule.field == Kind::field_work ? "paper" : keyword(rule.field)),
         .primary = {entity.span, "not complete"},
         .hint = std::string(example(rule.field))});
  }
}

std::optional<Field> Body::one(Kind kind) const {
  std::optional<Field> found;
  for (const Taken& taken : taken_) {
    if (taken.field.part.is(kind)) found = taken.field;
  }
  return found;
}

std::vector<Field> Body::all(Kind kind) const {
  std::vector<Field> found;
  for (const Taken& taken : taken_) {
    if (taken.field.part.is(kind)) found.push_back(taken.field);
  }
  return found;
}

}  // namespace fmx::dsl
