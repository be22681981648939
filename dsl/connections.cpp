// Phenomena, analogies and sources: what ties patterns to one another and to the literature.

#include <fmt/format.h>

#include "dsl/literal.hpp"
#include "dsl/values.hpp"

namespace fmx::dsl {
namespace {

std::string word_in(const std::optional<Field>& field) {
  const auto word = field ? field->part.child(Kind::word) : std::nullopt;
  return word ? std::string(word->text()) : std::string();
}

/// `maps "a" to "b", "c" to "d"`
std::vector<Mapping> lower_maps(const Body& body) {
  std::vector<Mapping> maps;
  for (const Field& field : body.all(Kind::field_maps)) {
    const auto words = texts(field.part);
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) maps.push_back({words[i], words[i + 1]});
  }
  return maps;
}

/// `carries fix as "..." because "..."` or `carries "the fix in words" as ...`.
std::vector<Carried> lower_carried(const Body& body, Context& context) {
  std::vector<Carried> all;
  for (const Field& field : body.all(Kind::field_carries)) {
    Carried carried;
    bool first = true;
    std::uint32_t from = 0;
    for (const Part child : field.part) {
      if (first && child.is(Kind::path)) carried.fix = referred(child, field, Kind::fix, context);
      if (first && !child.is(Kind::path)) carried.what = text_of(child);
      if (!first) {
        const Span between{child.span().source, from, child.span().begin};
        const std::string_view keyword = context.sources.text(between);
        const bool because = keyword.find("because") != keyword.npos;
        (because ? carried.because : carried.as) = text_of(child);
      }
      first = false;
      from = child.span().end;
    }
    if (carried.fix || !carried.what.empty()) all.push_back(std::move(carried));
  }
  return all;
}

std::vector<Mapping> lower_context(const Body& body) {
  std::vector<Mapping> entries;
  for (const Field& field : body.all(Kind::field_context)) {
    std::optional<Part> name;
    for (const Part child : field.part) {
      if (child.is(Kind::name)) {
        name = child;
      } else if (name) {
        entries.push_back({std::string(name->text()), std::string(child.text())});
      }
    }
  }
  return entries;
}

}  // namespace

Phenomenon lower_phenomenon(const Declaration& declaration, const Body& body, Context& context) {
  Phenomenon phenomenon;
  lower_common(declaration, body, context, phenomenon);
  return phenomenon;
}

Analogy lower_analogy(const Declaration& declaration, const Body& body, Context& context) {
  Analogy analogy;
  lower_common(declaration, body, context, analogy);
  const auto a = declaration.part.at(0), b = declaration.part.at(1);
  const Field names{declaration.part, &declaration.pack, nullptr};
  const auto first = referred(*a, names, Kind::pattern, context);
  const auto second = referred(*b, names, Kind::pattern, context);
  analogy.a = first.value_or(0);
  analogy.b = second.value_or(0);
  if (first && second && *first == *second) {
    context.problems.add({.code = "refers-to-itself",
                          .message = fmt::format("`{}` is compared with itself", a->text()),
                          .primary = {b->span(), "the same pattern"}});
  }
  if (const auto via = body.one(Kind::field_via)) {
    if (const auto path = via->part.child(Kind::path)) {
      analogy.via = referred(*path, *via, Kind::phenomenon, context);
    }
  }
  if (const auto strength = body.one(Kind::field_strength); strength && strength->part.at(0)) {
    analogy.strength =
        share(*strength->part.at(0), Share::closed, "strength", context).value_or(analogy.strength);
  }
  analogy.maps = lower_maps(body);
  analogy.carries = lower_carried(body, context);
  analogy.breaks = prose(body.one(Kind::field_breaks));
  return analogy;
}

SourceWork lower_source(const Declaration& declaration, const Body& body, Context& context) {
  SourceWork work;
  lower_common(declaration, body, context, work);
  if (const auto field = body.one(Kind::field_work)) {
    work.kind = word_in(field);
    work.title = prose(field);
  }
  work.arxiv = word_in(body.one(Kind::field_arxiv));
  work.url = prose(body.one(Kind::field_url));
  work.doi = prose(body.one(Kind::field_doi));
  if (const auto year = body.one(Kind::field_year); year && year->part.at(0)) {
    const double value = number_of(year->part.at(0)->text());
    if (value >= 1600 && value <= 2200 && value == static_cast<int>(value)) {
      work.year = static_cast<int>(value);
    } else {
      context.problems.add({.code = "out-of-range",
                            .message = fmt::format("`{}` is no year", year->part.at(0)->text()),
                            .primary = {year->part.at(0)->span(), "expected four digits"}});
    }
  }
  work.problem = prose(body.one(Kind::field_problem));
  work.cause = prose(body.one(Kind::field_cause));
  work.fix = prose(body.one(Kind::field_fix));
  work.establishes = prose(body.one(Kind::field_establishes));
  work.context = lower_context(body);
  return work;
}

}  // namespace fmx::dsl
