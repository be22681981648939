#include "src/commands/explain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/suggest.hpp"
#include "engine/explain/explain.hpp"
#include "engine/match/words.hpp"
#include "src/commands/output.hpp"
#include "src/commands/what_if.hpp"
#include "src/packs/load.hpp"
#include "src/reports/reason.hpp"

namespace fmx::commands {
namespace {

/// What can be explained.
struct Thing {
  enum class Kind { pattern, finding, fix, check };
  Kind kind = Kind::pattern;
  Index index = 0;
  const Entity* entity = nullptr;
};

/// The things that fit, of the first kind that has any.
template <class Fits>
std::vector<Thing> things(const Knowledge& knowledge, const Fits& fits) {
  std::vector<Thing> found;
  const auto look_at = [&](const auto& entities, Thing::Kind kind) {
    if (!found.empty()) return;
    for (Index i = 0; i < entities.size(); ++i) {
      if (fits(entities[i])) found.push_back({kind, i, &entities[i]});
    }
  };
  look_at(knowledge.patterns, Thing::Kind::pattern);
  look_at(knowledge.findings, Thing::Kind::finding);
  look_at(knowledge.fixes, Thing::Kind::fix);
  look_at(knowledge.checks, Thing::Kind::check);
  return found;
}

/// What `text` names: by its id, else its name, its title, or the beginning of its title.
std::vector<Thing> named(const Knowledge& knowledge, const std::string& text) {
  const std::vector<std::string> said = engine::words(text);
  const auto has_id = [&](const Entity& entity) { return entity.id == text; };
  const auto has_name = [&](const Entity& entity) { return entity.name == text; };
  const auto has_title = [&](const Entity& entity) { return engine::words(entity.title) == said; };
  const auto begins = [&](const Entity& entity) {
    const std::vector<std::string> title = engine::words(entity.title);
    return title.size() > said.size() && std::equal(said.begin(), said.end(), title.begin());
  };
  std::vector<Thing> found = things(knowledge, has_id);
  if (found.empty()) found = things(knowledge, has_name);
  if (said.empty()) return found;
  if (found.empty()) found = things(knowledge, has_title);
  if (found.empty()) found = things(knowledge, begins);
  return found;
}

engine::Reason reason(const Knowledge& knowledge, const Supposed& seen, const Thing& thing) {
  const engine::Wording wording = reports::in_words({knowledge, seen.run, seen.diagnosis});
  switch (thing.kind) {
    case Thing::Kind::pattern:
      return engine::explain_pattern(knowledge, seen.run, seen.diagnosis, thing.index, wording);
    case Thing::Kind::finding:
      return engine::explain_finding(knowledge, seen.diagnosis, thing.index, wording);
    case Thing::Kind::fix:
      return engine::explain_fix(knowledge, seen.run, seen.diagnosis, thing.index, wording);
    case Thing::Kind::check: return engine::explain_check(knowledge, seen.diagnosis, thing.index);
  }
  return {};
}

Problem several_called(const std::vector<Thing>& found, const std::string& text) {
  constexpr std::size_t most = 8;
  std::vector<std::string> ids;
  for (const Thing& thing : found) {
    if (ids.size() < most) ids.push_back(thing.entity->id);
  }
  return {"fmx explain", fmt::format("{} things are called `{}`", found.size(), text),
          fmt::format("name one of them: {}{}", fmt::join(ids, ", "),
                      found.size() > most ? ", ..." : "")};
}

Problem nothing_called(const Knowledge& knowledge, const std::string& text) {
  std::vector<std::string_view> names;
  things(knowledge, [&](const Entity& entity) {
    for (const std::string* name : {&entity.name, &entity.id, &entity.title}) {
      names.push_back(*name);
    }
    return false;
  });
  const std::string meant = dsl::did_you_mean(text, names);
  return {"fmx explain", fmt::format("no pattern, finding, fix or check is called `{}`", text),
          meant.empty() ? "give a title, or an id as `fmx infer --format json` shows them" : meant};
}

Supposed diagnosed(const Knowledge& knowledge, engine::Run run) {
  engine::Diagnosis diagnosis = engine::diagnose(knowledge, run);
  return {std::move(run), std::move(diagnosis)};
}

/// Beside what is supposed: what there is without that.
void note_what_is(engine::Reason as_it_is, engine::Reason& supposed) {
  as_it_is.statement = "as the run is: " + as_it_is.statement;
  as_it_is.because.clear();
  supposed.because.insert(supposed.because.begin(), std::move(as_it_is));
}

}  // namespace

int explain(const ExplainOptions& options) {
  Result<packs::Loaded, Problem> from_packs = packs::load_with_defaults(options.packs);
  if (!from_packs) return fail(from_packs.error());
  const packs::Loaded& loaded = packs::kept(*std::move(from_packs));
  if (has_errors(loaded.diagnostics)) return fail(loaded);
  const Knowledge& knowledge = loaded.knowledge;
  RunOptions asked = static_cast<const RunOptions&>(options);
  asked.inputs = {options.input};
  Result<engine::Run, Problem> run = read_run(asked, knowledge);
  if (!run) return fail(run.error());
  const std::vector<Thing> found = named(knowledge, options.id);
  if (found.empty()) return fail(nothing_called(knowledge, options.id));
  if (found.size() > 1) return fail(several_called(found, options.id));

  engine::Reason told;
  if (options.what_if.empty()) {
    told = reason(knowledge, diagnosed(knowledge, *std::move(run)), found.front());
  } else {
    const Result<Supposed, Problem> seen = suppose(knowledge, *run, options.what_if);
    if (!seen) return fail(seen.error());
    told = reason(knowledge, *seen, found.front());
    note_what_is(reason(knowledge, diagnosed(knowledge, *std::move(run)), found.front()), told);
  }
  const std::string text = options.format == "json" ? reports::json(told, knowledge.sources)
                           : options.format == "md"
                               ? reports::markdown(told, knowledge.sources)
                               : reports::text(told, knowledge.sources, screen().width);
  if (const std::optional<Problem> problem = print(text)) return fail(*problem);
  return done;
}

}  // namespace fmx::commands
