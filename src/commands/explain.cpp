#include "src/commands/explain.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/suggest.hpp"
#include "engine/explain/explain.hpp"
#include "src/commands/output.hpp"
#include "src/commands/what_if.hpp"
#include "src/packs/load.hpp"
#include "src/reports/reason.hpp"

namespace fmx::commands {
namespace {

template <class T>
std::optional<Index> index_of(const std::vector<T>& entities, const std::string& id) {
  const T* found = find(entities, id);
  if (found == nullptr) return std::nullopt;
  return static_cast<Index>(found - entities.data());
}

/// What `id` names, explained; empty where it names nothing that can be.
std::optional<engine::Reason> reason(const Knowledge& knowledge, const Supposed& seen,
                                     const std::string& id) {
  const engine::Wording wording = reports::in_words({knowledge, seen.run, seen.diagnosis});
  if (const auto pattern = index_of(knowledge.patterns, id)) {
    return engine::explain_pattern(knowledge, seen.run, seen.diagnosis, *pattern, wording);
  }
  if (const auto finding = index_of(knowledge.findings, id)) {
    return engine::explain_finding(knowledge, seen.diagnosis, *finding, wording);
  }
  if (const auto fix = index_of(knowledge.fixes, id)) {
    return engine::explain_fix(knowledge, seen.run, seen.diagnosis, *fix, wording);
  }
  if (const auto check = index_of(knowledge.checks, id)) {
    return engine::explain_check(knowledge, seen.diagnosis, *check);
  }
  return std::nullopt;
}

Problem nothing_called(const Knowledge& knowledge, const std::string& id) {
  std::vector<std::string_view> names;
  const auto add = [&](const auto& entities) {
    for (const Entity& entity : entities) {
      names.push_back(entity.name);
      names.push_back(entity.id);
    }
  };
  add(knowledge.patterns);
  add(knowledge.findings);
  add(knowledge.fixes);
  add(knowledge.checks);
  const std::string meant = dsl::did_you_mean(id, names);
  return {"fmx explain",
          fmt::format("no pattern, finding, fix or check is called `{}`, or several are", id),
          meant.empty() ? "give a full id, as `fmx infer --format json` shows them" : meant};
}

/// Beside what is supposed: what there is without that.
void note_what_is(engine::Reason as_it_is, engine::Reason& supposed) {
  as_it_is.statement = "as the run is: " + as_it_is.statement;
  as_it_is.because.clear();
  supposed.because.insert(supposed.because.begin(), std::move(as_it_is));
}

}  // namespace

int explain(const ExplainOptions& options) {
  const Result<packs::Loaded, Problem> loaded = packs::load_with_defaults(options.packs);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);
  RunOptions asked = static_cast<const RunOptions&>(options);
  asked.inputs = {options.input};
  const Result<engine::Run, Problem> run = read_run(asked, loaded->knowledge);
  if (!run) return fail(run.error());

  const Knowledge& knowledge = loaded->knowledge;
  const Result<Supposed, Problem> seen = suppose(knowledge, *run, options.what_if);
  if (!seen) return fail(seen.error());
  std::optional<engine::Reason> told = reason(knowledge, *seen, options.id);
  if (!told) return fail(nothing_called(knowledge, options.id));
  if (!options.what_if.empty()) {
    const Supposed as_it_is{*run, engine::diagnose(knowledge, *run)};
    note_what_is(*reason(knowledge, as_it_is, options.id), *told);
  }
  const std::string text = options.format == "json" ? reports::json(*told, knowledge.sources)
                           : options.format == "md" ? reports::markdown(*told, knowledge.sources)
                                                    : reports::text(*told, knowledge.sources);
  if (const std::optional<Problem> problem = print(text)) return fail(*problem);
  return done;
}

}  // namespace fmx::commands
