// Patterns: failures, their signs, what makes them likely, what they resemble.

#include <fmt/format.h>

#include <algorithm>

#include "dsl/literal.hpp"
#include "dsl/values.hpp"

namespace fmx::dsl {
namespace {

constexpr std::array<std::pair<std::string_view, Impact>, 5> impact_words{
    {{"critical", Impact::critical},
     {"high", Impact::high},
     {"medium", Impact::medium},
     {"low", Impact::low},
     {"none", Impact::none}}};

constexpr double never_leaves = 0.01;  ///< of the odds, where `never` gives no share

/// A link as it was read, before amends replace earlier ones.
struct Read {
  Link link;
  const std::string* pack = nullptr;
  const LocalLets* body = nullptr;  ///< tells bodies apart
};

/// Adds `link`; one to a finding that is linked already replaces it if it comes from an amend, and
/// is a mistake in the same body.
void add_link(std::vector<Read>& links, const Read& link, Part path, Context& context) {
  for (Read& earlier : links) {
    if (earlier.link.finding != link.link.finding) continue;
    if (earlier.body != link.body) {
      earlier = link;
      return;
    }
    context.problems.add({.code = "named-twice",
                          .message = fmt::format("`{}` is linked twice", path.text()),
                          .primary = {path.span(), "linked again"},
                          .secondary = {{earlier.link.span, "first linked here"}},
                          .hint = "keep one of the two probabilities"});
    return;
  }
  links.push_back(link);
}

std::vector<Link> links_of(const std::vector<Read>& read) {
  std::vector<Link> links;
  for (const Read& one : read) links.push_back(one.link);
  return links;
}

/// `path quantity`, the children of a field or of a member.
void read_shows(Part pair, const Field& field, int group, std::vector<Read>& links,
                Context& context) {
  const auto path = pair.child(Kind::path), quantity = pair.child(Kind::quantity);
  if (!path || !quantity) return;
  const auto finding = referred(*path, field, Kind::finding, context);
  const auto p = share(*quantity, Share::open, "P(finding | pattern)", context);
  if (!finding || !p) return;
  add_link(links, {{*finding, *p, group, path->span()}, field.pack, field.lets}, *path, context);
}

std::vector<Link> lower_shows(const Body& body, Context& context) {
  std::vector<Read> links;
  int groups = 0;
  for (const Field& field : body.all(Kind::field_shows)) {
    const auto group = field.part.child(Kind::group);
    if (!group) {
      read_shows(field.part, field, -1, links, context);
      continue;
    }
    if (group->count() < 2) {
      context.problems.add(
          {.code = "lone-member",
           .message = "`one of` with one member says nothing more than the member",
           .primary = {group->span(), "only one"},
           .hint = "write `shows ...` without `one of`, or add what it goes with"});
    }
    for (const Part member : *group) read_shows(member, field, groups, links, context);
    ++groups;
  }
  return links_of(links);
}

std::vector<Link> lower_never(const Body& body, Context& context) {
  std::vector<Read> links;
  for (const Field& field : body.all(Kind::field_never)) {
    const auto path = field.part.child(Kind::path), quantity = field.part.child(Kind::quantity);
    if (!path) continue;
    const auto finding = referred(*path, field, Kind::finding, context);
    const auto left =
        quantity ? share(*quantity, Share::below_one, "what a finding leaves of the odds", context)
                 : std::optional(never_leaves);
    if (!finding || !left) continue;
    add_link(links, {{*finding, *left, -1, path->span()}, field.pack, field.lets}, *path, context);
  }
  return links_of(links);
}

std::vector<Risk> lower_risks(const Body& body, Context& context) {
  std::vector<Risk> risks;
  for (const Field& field : body.all(Kind::field_risk)) {
    const auto condition = field.part.at(0), factor = field.part.at(1);
    if (!condition || !factor) continue;
    auto when = context.expressions.condition(*condition, environment(field));
    const auto times = quantity_of(*factor);
    if (times && times->unit != Unit::factor && times->unit != Unit::none) {
      context.problems.add(
          {.code = "wrong-unit",
           .message = fmt::format("a risk is a factor, not {}", name_of(times->unit)),
           .primary = {factor->span(), "wrong unit"},
           .hint = "write how many times likelier it becomes: `4x`"});
      continue;
    }
    if (times && times->value <= 0) {
      context.problems.add({.code = "out-of-range",
                            .message = "a factor on odds is above 0",
                            .primary = {factor->span(), "must be above 0"},
                            .hint = "what rules a pattern out is `needs` or `never`"});
      continue;
    }
    if (when && times) risks.push_back({std::move(*when), times->value, field.part.span()});
  }
  return risks;
}

std::vector<Leads> lower_leads(const Declaration& declaration, const Body& body, Context& context) {
  std::vector<Leads> all;
  for (const Field& field : body.all(Kind::field_leads)) {
    const auto path = field.part.child(Kind::path), quantity = field.part.child(Kind::quantity);
    if (!path || !quantity) continue;
    const auto pattern = referred(*path, field, Kind::pattern, context);
    const auto p = share(*quantity, Share::above_zero, "P(consequence | pattern)", context);
    if (!pattern || !p) continue;
    if (*pattern == declaration.index) {
      context.problems.add({.code = "refers-to-itself",
                            .message = fmt::format("`{}` cannot lead to itself", declaration.name),
                            .primary = {path->span(), "the pattern itself"}});
      continue;
    }
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const Leads& l) { return l.pattern == *pattern; });
    if (same != all.end()) {
      same->probability = *p;
    } else {
      all.push_back({*pattern, *p});
    }
  }
  return all;
}

std::vector<Resembles> lower_resembles(const Declaration& declaration, const Body& body,
                                       Context& context) {
  std::vector<Resembles> all;
  for (const Field& field : body.all(Kind::field_resembles)) {
    const auto path = field.part.at(0);
    if (!path) continue;
    Resembles resembles;
    resembles.how = prose(field.part);
    std::size_t paths = 0;
    for (const Part child : field.part) {
      if (!child.is(Kind::path) || paths++ == 0) continue;
      resembles.check = referred(child, field, Kind::check, context);
    }
    const auto pattern = referred(*path, field, Kind::pattern, context);
    if (!pattern) continue;
    if (*pattern == declaration.index) {
      context.problems.add({.code = "refers-to-itself",
                            .message = fmt::format("`{}` resembles itself", declaration.name),
                            .primary = {path->span(), "the pattern itself"}});
      continue;
    }
    resembles.pattern = *pattern;
    all.push_back(std::move(resembles));
  }
  return all;
}

std::vector<RootCause> lower_causes(const Body& body, Context& context) {
  std::vector<RootCause> causes;
  double sum = 0;
  for (const Field& field : body.all(Kind::field_cause)) {
    const auto quantity = field.part.child(Kind::quantity);
    if (!quantity) {
      context.problems.add({.code = "field-incomplete",
                            .message = "a root cause needs the share of cases it stands behind",
                            .primary = {field.part.span(), "how often?"},
                            .hint = "write it behind the text: `cause \"...\" 30%`"});
      continue;
    }
    const auto p = share(*quantity, Share::above_zero, "a root cause's share", context);
    if (!p) continue;
    sum += *p;
    if (sum > 1 + 1e-9) {
      context.problems.add({.code = "out-of-range",
                            .message = "the shares of the root causes sum to more than 100%",
                            .primary = {quantity->span(), "with this one"}});
    }
    causes.push_back({prose(field.part), *p});
  }
  std::stable_sort(causes.begin(), causes.end(), [](const RootCause& a, const RootCause& b) {
    return a.likelihood > b.likelihood;
  });
  return causes;
}

std::vector<Dispute> lower_disputes(const Body& body) {
  std::vector<Dispute> disputes;
  for (const Field& field : body.all(Kind::field_disputed)) {
    auto said = texts(field.part);
    said.resize(3);
    disputes.push_back({said[0], said[1], said[2]});
  }
  return disputes;
}

std::vector<Index> referred_in(const Body& body, Kind field_kind, Kind kind, Context& context) {
  std::vector<Index> all;
  for (const Field& field : body.all(field_kind)) {
    for (const Index index : all_referred(field, kind, context)) all.push_back(index);
  }
  return all;
}

std::vector<std::string> texts_in(const Body& body, Kind field_kind) {
  std::vector<std::string> all;
  for (const Field& field : body.all(field_kind)) all.push_back(prose(field.part));
  return all;
}

}  // namespace

Pattern lower_pattern(const Declaration& declaration, const Body& body, Context& context) {
  Pattern pattern;
  lower_common(declaration, body, context, pattern);
  if (const auto area = body.one(Kind::field_area)) {
    if (const auto path = area->part.child(Kind::path)) pattern.area = path->text();
  }
  if (const auto severity = body.one(Kind::field_severity)) {
    if (const auto word = severity->part.child(Kind::word)) {
      pattern.impact = choice(*word, impact_words, context).value_or(Impact::medium);
    }
    pattern.impact_because = prose(severity->part);
  }
  if (const auto prior = body.one(Kind::field_prior); prior && prior->part.at(0)) {
    pattern.prior =
        share(*prior->part.at(0), Share::open, "a prior", context).value_or(pattern.prior);
  }
  pattern.mechanism = prose(body.one(Kind::field_mechanism));
  for (const Field& field : body.all(Kind::field_needs)) {
    const auto part = field.part.at(0);
    if (!part) continue;
    auto need = context.expressions.condition(*part, environment(field));
    if (need) pattern.needs.push_back(std::move(*need));
  }
  pattern.risks = lower_risks(body, context);
  pattern.shows = lower_shows(body, context);
  pattern.never = lower_never(body, context);
  pattern.leads_to = lower_leads(declaration, body, context);
  pattern.instance_of = referred_in(body, Kind::field_instance, Kind::phenomenon, context);
  pattern.kind_of = referred_in(body, Kind::field_kind_of, Kind::pattern, context);
  pattern.resembles = lower_resembles(declaration, body, context);
  pattern.causes = lower_causes(body, context);
  pattern.typical = texts_in(body, Kind::field_typical);
  pattern.refuted = texts_in(body, Kind::field_refuted);
  pattern.disputed = lower_disputes(body);
  return pattern;
}

}  // namespace fmx::dsl
