#include "src/commands/check.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "src/commands/output.hpp"
#include "src/packs/load.hpp"

namespace fmx::commands {
namespace {

using Json = nlohmann::ordered_json;

const char* word(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "";
}

Json place_json(const Label& label, const Sources& sources) {
  const Place place = sources.place(label.span);
  return {{"path", sources.at(label.span.source).path},
          {"line", place.line},
          {"column", place.column},
          {"begin", label.span.begin},
          {"end", label.span.end},
          {"label", label.text}};
}

Json diagnostic_json(const Diagnostic& diagnostic, const Sources& sources) {
  Json secondary = Json::array();
  for (const Label& label : diagnostic.secondary) secondary.push_back(place_json(label, sources));
  return {
      {"severity", word(diagnostic.severity)}, {"code", diagnostic.code},
      {"message", diagnostic.message},         {"place", place_json(diagnostic.primary, sources)},
      {"secondary", std::move(secondary)},     {"hint", diagnostic.hint}};
}

std::string as_json(const packs::Loaded& loaded) {
  Json list = Json::array();
  for (const Diagnostic& d : loaded.diagnostics)
    list.push_back(diagnostic_json(d, loaded.knowledge.sources));
  const Json document = {{"schema", "fmx-check/1"}, {"diagnostics", std::move(list)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string counted(std::size_t n, const char* what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

std::string as_text(const packs::Loaded& loaded) {
  const Knowledge& knowledge = loaded.knowledge;
  if (loaded.diagnostics.empty()) {
    return fmt::format("no mistakes in {} ({}, {}, {})\n", counted(knowledge.packs.size(), "pack"),
                       counted(knowledge.patterns.size(), "pattern"),
                       counted(knowledge.findings.size(), "finding"),
                       counted(knowledge.tests.size(), "test"));
  }
  std::size_t errors = 0;
  for (const Diagnostic& d : loaded.diagnostics) errors += d.severity == Severity::error ? 1 : 0;
  return packs::render(loaded.diagnostics, knowledge.sources) +
         fmt::format("\n{}, {}\n", counted(errors, "error"),
                     counted(loaded.diagnostics.size() - errors, "warning"));
}

}  // namespace

int check(const CheckOptions& options) {
  const Result<packs::Loaded, Problem> loaded = packs::load_for_authors(options.paths);
  if (!loaded) return fail(loaded.error());
  const std::string text = options.format == "json" ? as_json(*loaded) : as_text(*loaded);
  if (const std::optional<Problem> problem = print(text)) return fail(*problem);
  return has_errors(loaded->diagnostics) ? failed : done;
}

}  // namespace fmx::commands
