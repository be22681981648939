#include "dsl/values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/literal.hpp"

namespace fmx::dsl {
namespace {

std::string_view lies(Share range) {
  switch (range) {
    case Share::open: return "lies above 0% and below 100%";
    case Share::above_zero: return "lies above 0% and is at most 100%";
    case Share::below_one: return "is at least 0% and lies below 100%";
    case Share::closed: return "lies between 0% and 100%";
  }
  return "";
}

}  // namespace

void lower_common(const Declaration& declaration, const Body& body, Context& context,
                  Entity& entity) {
  entity.id = declaration.id;
  entity.name = declaration.name;
  entity.pack = declaration.pack;
  entity.span = declaration.span;
  entity.declaration = declaration.part.span();
  entity.amended = body.amended();
  if (const auto title = declaration.part.child(Kind::string)) entity.title = text_of(*title);
  if (const auto title = body.one(Kind::field_title)) entity.title = prose(title);
  entity.about = prose(body.one(Kind::field_about));
  for (const Field& field : body.all(Kind::field_cites)) {
    for (const Index source : all_referred(field, Kind::source, context)) {
      const auto& cites = entity.cites;
      if (std::find(cites.begin(), cites.end(), source) == cites.end())
        entity.cites.push_back(source);
    }
  }
}

std::string prose(Part field) {
  for (const Part child : field) {
    if (child.is(Kind::string) || child.is(Kind::text)) return text_of(child);
  }
  return {};
}

std::string prose(const std::optional<Field>& field) {
  return field ? prose(field->part) : std::string();
}

std::vector<std::string> texts(Part field) {
  std::vector<std::string> all;
  for (const Part child : field) {
    if (child.is(Kind::string) || child.is(Kind::text)) all.push_back(text_of(child));
  }
  return all;
}

std::optional<double> share(Part quantity, Share range, std::string_view what, Context& context) {
  const auto read = quantity_of(quantity);
  if (!read) return {};
  if (read->unit != Unit::fraction && read->unit != Unit::none) {
    context.problems.add(
        {.code = "wrong-unit",
         .message = fmt::format("{} is a share, not {}", what, name_of(read->unit)),
         .primary = {quantity.span(), "wrong unit"},
         .hint = "write a share: `5%` or `0.05`"});
    return {};
  }
  const double p = read->value;
  const bool above = range == Share::open || range == Share::above_zero ? p > 0 : p >= 0;
  const bool below = range == Share::open || range == Share::below_one ? p < 1 : p <= 1;
  if (above && below) return p;
  // Near one it may as well be a share that is too large.
  const bool forgot_percent = read->unit == Unit::none && p >= 2 && p < 100;
  std::string hint;
  if (forgot_percent) hint = fmt::format("did you mean `{}%`?", quantity.text());
  if (p == 1 && range == Share::open) {
    hint = "nothing is that certain: at 99% other findings can still speak";
  }
  if (p == 0) hint = "write a small share, such as 0.1%";
  Diagnostic diagnostic{.code = "out-of-range",
                        .message = fmt::format("{} {}", what, lies(range)),
                        .primary = {quantity.span(), "outside of that"},
                        .hint = hint};
  if (forgot_percent) diagnostic.edit = Edit{quantity.span(), fmt::format("{}%", quantity.text())};
  context.problems.add(std::move(diagnostic));
  return {};
}

std::optional<double> minutes(Part quantity, Context& context) {
  const auto read = quantity_of(quantity);
  if (!read) return {};
  if (read->unit != Unit::seconds) {
    context.problems.add(
        {.code = "wrong-unit",
         .message = fmt::format("effort is a time, not {}", name_of(read->unit)),
         .primary = {quantity.span(), "wrong unit"},
         .hint = read->unit == Unit::none
                     ? fmt::format("say of what: `{0} min`, `{0} h` or `{0} d`", quantity.text())
                     : "write `10 min`, `2 h` or `1 d`"});
    return {};
  }
  if (read->value <= 0) {
    context.problems.add({.code = "out-of-range",
                          .message = "nothing is done in no time",
                          .primary = {quantity.span(), "must be above 0"}});
    return {};
  }
  return read->value / 60;
}

std::optional<Index> referred(Part path, const Field& field, Kind kind, Context& context) {
  const Declaration* found = context.names.find(path, *field.pack, {kind});
  return found != nullptr ? std::optional(found->index) : std::nullopt;
}

std::vector<Index> all_referred(const Field& field, Kind kind, Context& context) {
  std::vector<Index> all;
  for (const Part path : field.part) {
    if (!path.is(Kind::path)) continue;
    const auto index = referred(path, field, kind, context);
    if (!index) continue;
    if (std::find(all.begin(), all.end(), *index) != all.end()) {
      context.problems.add({.code = "named-twice",
                            .message = fmt::format("`{}` stands twice in one list", path.text()),
                            .primary = {path.span(), "named again"},
                            .hint = "once is enough"});
      continue;
    }
    all.push_back(*index);
  }
  return all;
}

Environment environment(const Field& field) {
  Environment env;
  env.pack = field.pack;
  env.lets = field.lets;
  if (field.of != nullptr) {
    env.arguments = field.of->arguments;
    env.instance = field.of->used_at;
  }
  return env;
}

void report_unknown_word(Part word, std::span<const std::string_view> known, Context& context) {
  std::string all;
  for (const std::string_view one : known)
    all += fmt::format("{}`{}`", all.empty() ? "" : ", ", one);
  const std::string meant = did_you_mean(word.text(), known);
  const std::string_view only = only_near(word.text(), known);
  context.problems.add(
      {.code = "unknown-word",
       .message = fmt::format("`{}` is not one of the words that can stand here", word.text()),
       .primary = {word.span(), "not known"},
       .hint = meant.empty() ? fmt::format("write one of {}", all) : meant,
       .edit = only.empty() ? std::nullopt : std::optional(Edit{word.span(), std::string(only)})});
}

std::vector<Advice> advice_of(const Body& body, Context& context) {
  std::vector<Advice> all;
  std::vector<Span> places;
  for (const Field& field : body.all(Kind::field_how)) {
    const auto framework = field.part.child(Kind::name);
    Advice advice{framework ? std::string(framework->text()) : std::string(), prose(field.part)};
    const auto same = std::find_if(
        all.begin(), all.end(), [&](const Advice& a) { return a.framework == advice.framework; });
    if (same != all.end()) {
      context.problems.add(
          {.code = "field-twice",
           .message = advice.framework.empty()
                          ? "`how` stands twice"
                          : fmt::format("`how for {}` stands twice", advice.framework),
           .primary = {field.part.span(), "given again"},
           .secondary = {{places[static_cast<std::size_t>(same - all.begin())],
                          "first given here"}},
           .hint = "put both into one text, or say `how for framework`"});
      continue;
    }
    all.push_back(std::move(advice));
    places.push_back(field.part.span());
  }
  return all;
}

}  // namespace fmx::dsl
