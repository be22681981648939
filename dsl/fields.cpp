#include "dsl/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "dsl/unread.hpp"

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
                                                    {Kind::field_how, Times::many},
                                                    {Kind::field_about, Times::once}});
constexpr auto param_fields = std::to_array<Rule>({{Kind::field_title, Times::once},
                                                   {Kind::field_unit, Times::once},
                                                   {Kind::field_kind, Times::once},
                                                   {Kind::field_range, Times::once},
                                                   {Kind::field_aliases, Times::list},
                                                   {Kind::field_about, Times::once}});
constexpr auto finding_fields = std::to_array<Rule>({{Kind::field_like, Times::many},
                                                     {Kind::let, Times::many},
                                                     {Kind::field_when, Times::required},
                                                     {Kind::field_since, Times::once},
                                                     {Kind::field_base, Times::once},
                                                     {Kind::field_said, Times::list},
                                                     {Kind::field_evidence, Times::once},
                                                     {Kind::field_about, Times::once},
                                                     {Kind::field_cites, Times::list}});
constexpr auto pattern_fields = std::to_array<Rule>(
    {{Kind::field_like, Times::many},      {Kind::let, Times::many},
     {Kind::field_area, Times::once},      {Kind::field_severity, Times::required},
     {Kind::field_prior, Times::required}, {Kind::field_instance, Times::many},
     {Kind::field_kind_of, Times::many},   {Kind::field_mechanism, Times::once},
     {Kind::field_needs, Times::many},     {Kind::field_risk, Times::many},
     {Kind::field_shows, Times::many},     {Kind::field_never, Times::many},
     {Kind::field_leads, Times::many},     {Kind::field_cause, Times::many},
     {Kind::field_typical, Times::many},   {Kind::field_refuted, Times::many},
     {Kind::field_disputed, Times::many},  {Kind::field_resembles, Times::many},
     {Kind::field_about, Times::once},     {Kind::field_cites, Times::list}});
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
constexpr auto check_fields = std::to_array<Rule>({{Kind::field_kind, Times::once},
                                                   {Kind::field_reveals, Times::list},
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
constexpr auto log_fields = std::to_array<Rule>({{Kind::field_line, Times::many},
                                                 {Kind::field_counts, Times::once},
                                                 {Kind::field_into, Times::once},
                                                 {Kind::field_about, Times::once}});

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

constexpr auto kinds_with_fields = std::to_array<Kind>(
    {Kind::metric, Kind::param, Kind::finding, Kind::pattern, Kind::fix, Kind::check,
     Kind::phenomenon, Kind::delegate, Kind::analogy, Kind::source, Kind::log});

/// The word that fields of this kind begin with: "prior" of `field_prior`.
std::string_view word_of(Kind field) {
  std::string_view word = name_of(field);
  constexpr std::string_view prefix = "field_";
  if (word.starts_with(prefix)) word.remove_prefix(prefix.size());
  return word.substr(0, word.find('_'));  // `looks at`, `kind of`, `risk`
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

std::string a(Kind item) {
  return fmt::format("{} {}", item == Kind::analogy ? "an" : "a", noun(item));
}

/// Which items take fields that begin with `word`: "a fix, a check".
std::string takers_of(std::string_view word) {
  std::string takers;
  for (const Kind kind : kinds_with_fields) {
    const auto words = field_words_of(noun(kind));
    if (std::ranges::find(words, word) == words.end()) continue;
    takers += fmt::format("{}{}", takers.empty() ? "" : ", ", a(kind));
  }
  return takers;
}

/// A field that must be there: its word, and how to write it.
struct Example {
  std::string_view word, text;
};

Example example(Kind field) {
  switch (field) {
    case Kind::field_when: return {"when", "say when it is seen: `when last(train_loss) > 10`"};
    case Kind::field_severity: return {"severity", "say how bad it is: `severity high`"};
    case Kind::field_prior: return {"prior", "say which share of runs has it: `prior 2%`"};
    case Kind::field_cures: return {"cures", "say what it mends: `cures some_pattern 80%`"};
    case Kind::field_for: return {"for", "say for which patterns: `for some_pattern`"};
    case Kind::field_asks: return {"asks", "say what to ask: `asks \"...\"`"};
    case Kind::field_strength: return {"strength", "say how far it carries: `strength 0.7`"};
    case Kind::field_work:
      return {"paper", "say what it is: `paper \"Title\"`, or `doc`, `issue`, ..."};
    default: return {};
  }
}

/// The word that a field begins with: the smallest thing to point at.
std::string_view word_of(Part field) {
  const std::string_view text = field.text();
  return text.substr(0, text.find_first_of(" \t\r\n\"{"));
}

Span word_span(Part field) {
  Span span = field.span();
  span.end = span.begin + static_cast<std::uint32_t>(word_of(field).size());
  return span;
}

bool stands_once(Times times) { return times == Times::once || times == Times::required; }

}  // namespace

std::vector<std::string_view> field_words_of(std::string_view item) {
  std::vector<std::string_view> words;
  for (const Kind kind : kinds_with_fields) {
    if (noun(kind) != item) continue;
    for (const Rule& rule : rules_of(kind)) {
      if (rule.field == Kind::field_work) {
        words.insert(words.end(), {"paper", "doc", "issue", "blog", "book"});
      } else {
        words.push_back(word_of(rule.field));
      }
    }
  }
  return words;
}

Body::Body(const Declaration& entity, std::vector<Template> templates,
           const std::vector<const Item*>& amends, const Sources& sources, Problems& problems)
    : entity_(&entity), templates_(std::move(templates)), problems_(&problems) {
  lets_.reserve(1 + templates_.size() + amends.size());
  for (const Template& one : templates_) take(one.part, *one.pack, &one);
  check_given_once();
  take(entity.part, entity.pack);
  for (const Item* amend : amends) {
    take(amend->part, amend->pack);
    if (const auto path = amend->part.child(Kind::path)) amended_.push_back(path->span());
  }
  check_amended_once();
  // What could not be read, or not be taken from a template, may hold what else is missing.
  std::size_t likes = 0;
  for (const Part part : entity.part) likes += part.is(Kind::field_like) ? 1 : 0;
  if (unread(entity.part, sources).empty() && templates_.size() == likes) check_required();
}

/// The fields of the entity, of a template or of one amend of it.
void Body::take(Part item, const std::string& pack, const Template* of) {
  LocalLets& lets = lets_.emplace_back();
  std::map<Kind, Part> first;
  for (const Part part : item) {
    if (!is_field(part.kind())) continue;
    const Rule* rule = rule_of(entity_->kind, part.kind());
    if (rule == nullptr) {
      report_not_here(part);
      continue;
    }
    const auto [earlier, is_first] = first.insert({part.kind(), part});
    if (!is_first && rule->times != Times::many) {
      const bool list = rule->times == Times::list || rule->times == Times::listed;
      report_twice(part, earlier->second,
                   list ? "put all of it into one list, with commas between" : "keep one of them");
    } else if (part.is(Kind::let)) {
      take_let(part, lets);
    } else {
      const std::size_t own = templates_.size() + 1;  // what is amended counts from here
      taken_.push_back({{part, &pack, &lets, of}, lets_.size() < own ? 0 : lets_.size() - own});
    }
  }
}

void Body::take_let(Part let, LocalLets& lets) {
  const auto name = let.child(Kind::name);
  if (!name) return;
  const auto [earlier, is_new] = lets.insert({std::string(name->text()), let});
  if (is_new) return;
  problems_->add(
      {.code = "duplicate-name",
       .message = fmt::format("`{}` is declared twice in `{}`", name->text(), entity_->name),
       .primary = {name->span(), "declared again"},
       .secondary = {{earlier->second.child(Kind::name)->span(), "first declared here"}},
       .hint = "give one of them another name"});
}

void Body::report_not_here(Part field) {
  problems_->add({.code = "field-not-here",
                  .message = fmt::format("{} takes no `{}`", a(entity_->kind), word_of(field)),
                  .primary = {word_span(field), "not a field of this"},
                  .secondary = {{entity_->span, fmt::format("the {}", noun(entity_->kind))}},
                  .hint = fmt::format("it is a field of {}", takers_of(word_of(field)))});
}

void Body::report_twice(Part again, Part first, std::string hint) {
  problems_->add(
      {.code = "field-twice",
       .message = fmt::format("`{}` stands twice in `{}`", word_of(first), entity_->name),
       .primary = {word_span(again), "given again"},
       .secondary = {{word_span(first), "first given here"}},
       .hint = std::move(hint)});
}

/// Two templates must not both give what stands once.
void Body::check_given_once() const {
  std::map<Kind, const Field*> given;
  for (const Taken& taken : taken_) {
    const Part part = taken.field.part;
    if (!stands_once(rule_of(entity_->kind, part.kind())->times)) continue;
    const auto [earlier, is_first] = given.insert({part.kind(), &taken.field});
    if (is_first || entity_->part.child(part.kind())) continue;
    problems_->add(
        {.code = "field-twice",
         .message = fmt::format("two templates give `{}` of `{}`", word_of(part), entity_->name),
         .primary = {taken.field.of->used_at, fmt::format("gives `{}`", word_of(part))},
         .secondary = {{earlier->second->of->used_at, "gives it, too"}},
         .hint = fmt::format("say it in `{}` itself, or keep one of the two", entity_->name)});
  }
}

void Body::check_amended_once() const {
  std::map<Kind, const Field*> amended;
  for (const Taken& taken : taken_) {
    const Part part = taken.field.part;
    if (taken.source == 0 || !stands_once(rule_of(entity_->kind, part.kind())->times)) continue;
    const auto [earlier, is_first] = amended.insert({part.kind(), &taken.field});
    if (is_first) continue;
    problems_->add(
        {.code = "amended-twice",
         .message = fmt::format("two amends give `{}` of `{}`", word_of(part), entity_->id),
         .primary = {word_span(part), fmt::format("amended by pack `{}`", *taken.field.pack)},
         .secondary = {{word_span(earlier->second->part),
                        fmt::format("and by pack `{}`", *earlier->second->pack)}},
         .hint = "the order of packs never decides: keep one of the two"});
  }
}

void Body::check_required() const {
  for (const Rule& rule : rules_of(entity_->kind)) {
    if (rule.times != Times::required && rule.times != Times::listed) continue;
    if (one(rule.field)) continue;
    const Example missing = example(rule.field);
    problems_->add({.code = "field-missing",
                    .message = fmt::format("{} `{}` has no `{}`", noun(entity_->kind),
                                           entity_->name, missing.word),
                    .primary = {entity_->span, "not complete"},
                    .hint = std::string(missing.text)});
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
