#include "src/commands/tried.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "dsl/suggest.hpp"
#include "engine/belief/tried.hpp"

namespace fmx::commands {
namespace {

/// "did you mean `lower_learning_rate`?", or nothing.
std::string meant(const Knowledge& knowledge, const std::string& name) {
  std::vector<std::string_view> names;
  for (const Fix& fix : knowledge.fixes) {
    names.push_back(fix.name);
    names.push_back(fix.id);
  }
  return dsl::did_you_mean(name, names);
}

/// An outcome that is none counts as no change: it is said.
void note_outcome(const engine::Tried& tried, std::vector<std::string>& notes) {
  static constexpr std::string_view outcomes[] = {"better", "no_change", "worse"};
  if (tried.outcome.empty() || std::ranges::find(outcomes, tried.outcome) != std::end(outcomes))
    return;
  notes.push_back(
      fmt::format("tried \"{}\": `{}` is no outcome (better, no_change, worse); taken as no_change",
                  tried.fix, tried.outcome));
}

}  // namespace

std::optional<Problem> settle_tried(const Knowledge& knowledge, const RunOptions& options,
                                    engine::Run& run) {
  for (std::size_t i = 0; i < run.tried.size(); ++i) {
    const std::string& name = run.tried[i].fix;
    note_outcome(run.tried[i], run.notes);
    if (engine::fix_named(knowledge, name)) continue;
    const std::string hint = meant(knowledge, name);
    // Those of the command line come last, see read_run().
    if (i + options.tried.size() >= run.tried.size()) {
      return Problem{"--tried " + name, fmt::format("no fix is called `{}`", name),
                     hint.empty() ? "name a fix by its id or title, as the steps of "
                                    "`fmx infer --format json` show them"
                                  : hint};
    }
    run.notes.push_back(
        fmt::format("tried \"{}\": the packs know no such fix, so it counts for "
                    "nothing{}{}",
                    name, hint.empty() ? "" : "; ", hint));
  }
  return std::nullopt;
}

}  // namespace fmx::commands
